"""Starting an internal case: its procedure chosen, its form filled in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.documents.types import Purpose
from motcua.casework.internal import selectors, services
from motcua.casework.internal.types import CaseStart, NotStartable
from motcua.casework.procedures import selectors as forms_read
from motcua.casework.procedures import services as eforms
from motcua.faces.office.forming import keep_files, kept_by_owner, owner_key
from motcua.faces.office.internal.forms import StartForm
from motcua.faces.office.internal.views import HERE
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.ids import uuid7
from motcua.foundation.core.types import Invalid, NotFound, Refusal


@act("internal.start")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show which internal procedures may be started."""
    return page(request, "office/internal/choose.html", {"procedures": selectors.procedures()}, here=HERE)


@act("internal.start")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Fill in the form of a procedure and start a case."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    chosen = next((item for item in selectors.procedures() if item.code == code), None)
    try:
        schema = selectors.form_schema(code, on=civil_day(at))
    except NotStartable:
        raise NotFound from None
    if chosen is None:
        raise NotFound
    leads = selectors.leading_agencies(actor=actor)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, request.FILES or None, leads=leads, initial={"lead": leads[0][0] if leads else None})
    key = request.POST.get("key", "") or str(uuid7())
    owner = owner_key(actor, f"internal:{key}")
    judged = data is not None and "start" in data
    sections, answers = _sections(schema, data, at, judged=judged)
    status = 200
    if data is not None and not judged:  # a row was added to a table of the form
        form.is_bound = True
        form.full_clean()
        form.errors.clear()
    elif data is not None:
        is_valid = form.is_valid()
        uploads = request.FILES.getlist("attachments")
        keep_files(form, "attachments", uploads, purpose=Purpose.OTHER, owner=owner, actor=actor, at=at)
        is_valid = is_valid and not form.errors
        if all([is_valid, *(section.is_valid() for section in sections)]):
            files = kept_by_owner([owner]).get(owner, [])
            given = CaseStart(
                procedure=code, title=form.cleaned_data["title"], lead_agency_id=form.cleaned_data["lead"],
                answers=answers, due_on=form.cleaned_data["due_on"], file_ids=tuple(card.id for card in files),
            )  # fmt: skip
            try:
                made = services.start_case(start=given, actor=actor, at=at)
            except Refusal as refusal:
                status = _refuse(form, sections, refusal)
            else:
                messages.success(request, _("Case %(code)s is started.") % {"code": made.code})
                return redirect("office:internal-case", made.public_id)
        else:
            status = 422
    context = {
        "chosen": chosen, "form": form, "sections": sections, "key": key,
        "files": kept_by_owner([owner]).get(owner, []), "back": reverse("office:internal-choose"),
    }  # fmt: skip
    return page(request, "office/internal/start.html", context, here=HERE, at=at, status=status)


def _sections(
    schema: dict[str, Any], data: QueryDict | None, at: Any, *, judged: bool
) -> tuple[list[Any], dict[str, Any]]:
    """Return the sections that are asked, each knowing the answers before it, and the answers."""
    on = civil_day(at)
    changed = forms_read.with_rows(schema, data) if data is not None else None
    found: list[Any] = []
    answers: dict[str, Any] = {}
    for section in schema["x-sections"]:
        drawn = eforms.eform_form(
            schema, changed or data, section["code"], stored=answers, on=on, quiet=not judged or changed is not None
        )
        if data is not None:
            answers |= forms_read.entered_answers(schema, drawn)
        if drawn.section.fields:
            found.append(drawn)
    return found, answers


def _refuse(form: StartForm, sections: list[Any], refusal: Refusal) -> int:
    """Put a refusal at the field that it speaks of, in the case's own form or in its electronic one."""
    if isinstance(refusal, Invalid):
        for name, words in refusal.fields.items():
            home = next((item for item in sections if name in item.fields), form)
            for sentence in words:
                home.add_error(name if name in home.fields else None, str(sentence))
        if refusal.fields:
            return refusal.http_status
    return form.refuse(refusal)
