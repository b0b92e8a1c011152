"""Re-opening a closed dossier, and correcting a wrong result: one form, for leaders of the competent agency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierView, State
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.deadlines.forms import ReopeningForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import Role


@act("dossiers.reopen")
@reads("dossier", quiet=ONE_READING)
@require_http_methods(["GET", "POST"])
def reopening(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Re-open a closed dossier or correct its result, and show how it was re-opened before."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    leads = any(post.role == Role.LEADER and post.agency_id == view.competent_id for post in actor.posts)
    kinds = _kinds(view)
    steps = dossiers.reopening_steps(dossier_id=view.id, is_correction=False) if kinds else ()
    dates = dossiers.reopening_dates(dossier_id=view.id, at=at)
    form, status = ReopeningForm(request.POST or None, kinds=kinds, steps=steps, dates=dates), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.given() | {"dossier_id": view.id, "actor": actor, "at": at}
            try:
                if form.cleaned_data["kind"] == "correction":
                    dossier_services.correct_result(**given, **form.fault_given())
                else:
                    dossier_services.reopen(**given)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The dossier is open again. The applicant is told."))
                return redirect("office:dossier", view.public_id)
    context = {
        "now": at,
        "view": view,
        "form": form,
        "leads": leads,
        "can": bool(kinds and steps),
        "earlier": dossiers.reopenings_of(dossier_id=view.id),
    }
    return page(request, "office/deadlines/reopening.html", context, here="office:register", status=status, at=at)


def _kinds(view: DossierView) -> list[tuple[str, str]]:
    """Return what can be done to the dossier: the services decide again."""
    found = []
    if view.state in {State.FINISHED, State.RETURNED} and view.result and view.result.issued_at:
        found.append(("correction", _("The result is wrong: correct it")))
    if view.state in {State.RETURNED, State.WITHDRAWN, State.STOPPED} and view.accepted_at:
        found.append(("reopen", _("It was refused, withdrawn or closed by mistake: go on with it")))
    return found
