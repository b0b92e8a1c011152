"""Doing the open step of an internal case; withdrawing a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.documents.types import Purpose
from motcua.casework.internal import selectors, services
from motcua.casework.internal.types import CaseStepInput
from motcua.casework.workflow.types import NobodyAsked
from motcua.faces.office.forming import keep_files, kept_by_owner, owner_key
from motcua.faces.office.internal.forms import StepForm, WithdrawForm
from motcua.faces.office.internal.views import HERE, shown
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotAllowed, NotFound, Refusal


@act("internal.work")
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: UUID, task_id: UUID) -> HttpResponse:
    """Show an open step with its outcomes as buttons, and do it."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    sheet = selectors.case_sheet(actor=actor, public_id=public_id, at=at)
    try:
        seen = selectors.step_view(actor=actor, public_id=public_id, task_id=task_id, at=at)
    except NotFound:
        if request.method == "POST":
            messages.warning(
                request, _("Somebody has finished this step meanwhile. Here is where the case stands now.")
            )
        return redirect("office:internal-case", public_id)
    if request.method == "POST" and not seen.posts:
        raise NotAllowed
    agencies = selectors.agencies_to_ask(at=at) if seen.asking else []
    is_sent = request.method == "POST"
    form = StepForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, seen=seen, agencies=agencies,
        initial={"lock": seen.lock},
    )  # fmt: skip
    form.offer_posts([(post.post_id, post.title, post.unit_name) for post in seen.posts])
    owner, status = owner_key(actor, f"internal:{task_id}"), 200
    if is_sent:
        status = _do(request, form, owner)
        if status == 302:
            return redirect("office:internal-case", public_id)
    english = get_language() == "en"
    context = {
        "sheet": sheet, "shown": shown(sheet.row), "seen": seen, "form": form, "buttons": form.buttons(),
        "step_name": seen.task.name_en if english and seen.task.name_en else seen.task.name,
        "files": kept_by_owner([owner]).get(owner, []), "last": [item for item in sheet.entries if item.note][-3:],
    }  # fmt: skip
    return page(request, "office/internal/step.html", context, here=HERE, at=at, status=status)


def _do(request: HttpRequest, form: StepForm, owner: str) -> int:
    """Do the step as entered; return 302 when it is done, else the status of the page with what is wrong."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    is_valid = form.is_valid()
    uploads = request.FILES.getlist("attachments")
    keep_files(form, "attachments", uploads, purpose=Purpose.OTHER, owner=owner, actor=actor, at=at)
    if not is_valid or form.errors:
        return 422
    entered = form.cleaned_data
    given = CaseStepInput(
        note=entered["note"], file_ids=tuple(card.id for card in kept_by_owner([owner]).get(owner, [])),
        asked=tuple(entered.get("asked") or ()), next_person_id=entered.get("next_person"),
        number=entered.get("number", ""), issued_on=entered.get("issued_on"),
    )  # fmt: skip
    outcome = request.POST.get("outcome", "")[:40]
    if outcome not in form.seen.asking:
        given = CaseStepInput(**{name: getattr(given, name) for name in _WITHOUT_ASKED})
    try:
        services.complete_case_step(
            case_id=form.seen.case_id, task_id=form.seen.task.public_id, outcome=outcome, actor=actor, at=at,
            given=given, post_id=form.post_id, expected_lock=entered.get("lock") if not form.seen.task.spec.several
            else None,
        )  # fmt: skip
    except NobodyAsked as refusal:
        return form.refuse(NobodyAsked({"asked": [str(refusal)]}))
    except Refusal as refusal:
        return form.refuse(refusal)
    messages.success(request, _("The step is done."))
    return 302


_WITHOUT_ASKED = ("note", "file_ids", "next_person_id", "number", "issued_on")


@act("internal.withdraw")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the reason and end a case before its end; this cannot be undone."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    sheet = selectors.case_sheet(actor=actor, public_id=public_id, at=at)
    if not sheet.may_withdraw:
        if request.method == "POST":
            messages.warning(request, _("This case can no longer be withdrawn, or not by you."))
        return redirect("office:internal-case", public_id)
    form, status = WithdrawForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.withdraw_case(case_id=public_id, reason=form.cleaned_data["reason"], actor=actor, at=at)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The case is withdrawn."))
                return redirect("office:internal-case", public_id)
    context = {"sheet": sheet, "shown": shown(sheet.row), "form": form}
    return page(request, "office/internal/withdraw.html", context, here=HERE, at=at, status=status)
