"""Examples beside a draft, publishing it from a day, throwing it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import FormDraft
from motcua.faces.office.fields import DayField
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:eforms"


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def examples(request: HttpRequest, code: str) -> HttpResponse:
    """Run the examples and show what came; take one out."""
    at = clock.now()
    draft = procedures.form_version(code)
    gone = request.POST.get("remove", "")
    if request.method == "POST" and gone.isdecimal() and int(gone) < len(draft.examples):
        kept = [each for number, each in enumerate(draft.examples) if number != int(gone)]
        try:
            services.save_form_examples(
                code=code, examples=kept, revision=draft.revision,
                actor=request.actor, at=at,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("office:eform-examples", code=code)
    context = {"draft": draft, "outcomes": _outcomes(draft, on=civil_day(at))}
    return page(request, "office/eforms/examples.html", context, here=HERE, at=at)


def _outcomes(draft: FormDraft, *, on: Any) -> list[dict[str, Any]]:
    found = []
    for outcome in procedures.example_outcomes(draft.schema, draft.examples, on=on):
        names = [*outcome.expected, *(name for name in outcome.said if name not in outcome.expected)]
        found.append(
            {
                "name": outcome.name,
                "is_met": outcome.is_met,
                "lines": [
                    (_label(draft.schema, name), outcome.expected.get(name), outcome.said.get(name)) for name in names
                ],
            }
        )
    return found


def _label(schema: dict[str, Any], name: str) -> str:
    prop = schema["properties"].get(name.split("-")[0], {})
    parts = name.split("-")
    words = str(prop.get("title", name))
    if len(parts) > 1:
        inner = procedures.inner_of(prop).get(parts[-1], {})
        row = f" {int(parts[1]) + 1}" if parts[1].isdecimal() else ""
        words = f"{words}{row} › {inner.get('title', parts[-1])}"
    return words


class PublishForm(ActingForm):
    """From which day a draft is in force."""

    valid_from = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Dossiers begun before that day keep the version they were begun with once handed in"),
        error_messages={"required": gettext_lazy("Enter the day from which citizens fill in this version")},
    )


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show what publishing would change and the examples' outcome; publish when confirmed."""
    at = clock.now()
    on = civil_day(at)
    draft, sheet = procedures.form_version(code), procedures.form_sheet(code, on=on)
    form = PublishForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": on, "lock": draft.revision}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            day, lock = form.cleaned_data["valid_from"], form.cleaned_data["lock"]
            if day < on:
                form.add_error(
                    "valid_from", _("The day cannot lie in the past: dossiers were handed in under the old form")
                )
            else:
                try:
                    services.publish_form(
                        code=code, valid_from=day, revision=draft.revision if lock is None else lock,
                        actor=request.actor, at=at,  # type: ignore[attr-defined]
                    )  # fmt: skip
                    messages.success(request, _("The form is published."))
                    return redirect("office:eform", code=code)
                except Refusal as refusal:
                    status = form.refuse(refusal)
    before = next((card for card in sheet.versions if card.state == "published"), None)
    old = procedures.form_version(code, before.number).schema if before else None
    outcomes = _outcomes(draft, on=on)
    context = {
        "draft": draft, "form": form, "before": before, "uses": len(sheet.uses),
        "changes": procedures.form_difference(old, draft.schema) if old else [],
        "outcomes": outcomes, "failing": sum(not each["is_met"] for each in outcomes),
    }  # fmt: skip
    return page(request, "office/eforms/publish.html", context, here=HERE, status=status, at=at)


@act("eforms.edit")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once more, then throw the draft away."""
    draft = procedures.form_version(code)
    if request.method == "POST":
        sheet = procedures.form_sheet(code, on=civil_day(clock.now()))
        try:
            services.discard_form_draft(code=code, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
            messages.success(request, _("The draft is thrown away."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("office:eform", code=code) if len(sheet.versions) > 1 else redirect(HERE)
    return page(request, "office/eforms/discard.html", {"draft": draft}, here=HERE)
