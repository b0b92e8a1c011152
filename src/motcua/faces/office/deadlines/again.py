"""A second supplement: an officer asks a leader, the leader approves or declines, with the reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import OPEN_STATES
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.deadlines.forms import AnswerForm, SecondSupplementForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations.types import Role

HERE = "office:second-supplements"


@act("dossiers.ask_again")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a leader for a second supplement, or as a leader of the competent agency approve it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    is_leader = any(post.role == Role.LEADER and post.agency_id == view.competent_id for post in actor.posts)
    form, status = SecondSupplementForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = dossier_services.ask_for_second_supplement(
                    dossier_id=view.id, reason=form.cleaned_data["reason"], actor=actor, at=at
                )
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                approved = _("Approved: the applicant can be asked once more.")
                messages.success(request, approved if done.state == "granted" else _("The leader is asked."))
                return redirect("office:dossier", view.public_id)
    context = {
        "now": at,
        "view": view,
        "form": form,
        "is_leader": is_leader,
        "is_open": view.state in OPEN_STATES,
        "is_needed": dossiers.needs_approval(dossier_id=view.id),
        "approval": dossiers.approval_of(dossier_id=view.id),
        "asked": [item for item in view.supplements if item.sent_at],
    }
    return page(
        request, "office/deadlines/second_supplement.html", context, here="office:register", status=status, at=at
    )


@act("dossiers.ask_again")
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """List the second supplements that wait for my decision, and what was decided lately."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    context = {
        "now": at,
        "waiting": dossiers.approvals_to_decide(actor=actor),
        "decided": dossiers.approvals_decided(actor=actor),
        "is_leader": actor.has_role(Role.LEADER),
    }
    return page(request, "office/deadlines/second_supplements.html", context, here=HERE, at=at)


@act("dossiers.ask_again")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Approve or decline a second supplement."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = next((item for item in dossiers.approvals_to_decide(actor=actor) if item.id == approval_id), None)
    if found is None:
        raise NotFound
    form, status = AnswerForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = dossier_services.decide_second_supplement(
                    approval_id=approval_id, is_granted=request.POST.get("decision") == "grant",
                    answer=form.cleaned_data["answer"], actor=actor, at=at,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                approved = _("Approved: the applicant can be asked once more.")
                declined = _("Declined. The officer sees why.")
                messages.success(request, approved if done.state == "granted" else declined)
                return redirect(HERE)
    context = {"now": at, "approval": found, "form": form}
    return page(request, "office/deadlines/second_supplement_decide.html", context, here=HERE, status=status, at=at)
