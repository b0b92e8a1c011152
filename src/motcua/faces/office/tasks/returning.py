"""Returning a dossier to a step done before, where the process draws no arrow."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.faces.office.shell import page
from motcua.faces.office.tasks.forms import ReturnForm
from motcua.faces.office.tasks.presenters import step_name
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotAllowed, Refusal


@act("dossiers.work")
@require_http_methods(["GET", "POST"])
def return_to_step(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """List the steps done before; with a reason the dossier goes back to the one chosen."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    seen = dossiers.task_view(actor=actor, task_id=task_id, at=at)
    if not seen.posts:
        raise NotAllowed
    ways = dossiers.steps_back(actor=actor, task_id=task_id, at=at)
    form = ReturnForm(request.POST if request.method == "POST" else None, ways=ways)
    form.offer_posts(seen.posts, preferred=request.session.get("post"))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                step = dossier_services.return_to_step(
                    dossier_id=seen.dossier.id, task_id=task_id, step=form.cleaned_data["step"], actor=actor, at=at,
                    reason=form.cleaned_data["reason"], post_id=form.post_id,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                words = {"code": seen.dossier.shown_code, "step": step_name(step.opened[0])}
                messages.success(request, _("%(code)s was returned to “%(step)s”.") % words)
                return redirect("office:home")
    context = {
        "now": at,
        "seen": seen,
        "view": seen.dossier,
        "form": form,
        "ways": ways,
        "step_name": step_name(seen.task),
    }
    return page(request, "office/tasks/return.html", context, here="office:home", status=status, at=at)
