"""Handing a result over at a desk that sees nothing behind it: the code, the name, who takes it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import Purpose, StepInput
from motcua.faces.office.access.purposes import ONE_READING
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.shell import page
from motcua.faces.office.tasks.presenters import label_of
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:results"


class HandOverForm(ActingForm):
    """Who takes the result, after their paper was looked at."""

    recipient = forms.CharField(
        label=gettext_lazy("Who takes it"),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter the name on the paper shown")},
    )
    checked = forms.BooleanField(
        label=gettext_lazy("I have compared the receipt and the identity paper with the name"),
        error_messages={"required": gettext_lazy("Compare the papers first, then tick this")},
    )


@act("dossiers.hand_over")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what is handed over, and write down to whom."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    lying = dossiers.desk_dossier(actor=actor, public_id=public_id, at=at)
    if lying.task_id is None:
        raise NotFound
    initial = {"recipient": lying.row.applicant_name}
    form = HandOverForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        outcome = request.POST.get("outcome", "") or lying.outcomes[0].code
        if form.is_valid():
            try:
                dossier_services.complete_step(
                    dossier_id=lying.id, task_id=lying.task_id, outcome=outcome, actor=actor, at=at,
                    given=StepInput(recipient_name=form.cleaned_data["recipient"]), post_id=form.post_id,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("%(code)s is handed over.") % {"code": lying.row.code})
                return redirect(HERE)
    dossier_services.log_reading(
        dossier_id=lying.id, actor=actor, what="task", at=at, purpose=Purpose.DESK, quiet=ONE_READING
    )
    buttons = [(outcome.code, label_of(outcome)) for outcome in lying.outcomes]
    context = {"now": at, "lying": lying, "row": lying.row, "form": form, "buttons": buttons}
    return page(request, "office/access/hand_over.html", context, here=HERE, status=status, at=at)
