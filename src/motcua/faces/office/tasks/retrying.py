"""Trying once more to open another agency's part that a step calls for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import services as dossier_services
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock


@act("dossiers.work")
@require_POST
def retry(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Try again, and say on the task's page what came of it; twice opens one dossier."""
    actor = request.actor  # type: ignore[attr-defined]
    if dossier_services.retry_call(task_id=task_id, actor=actor, at=clock.now()):
        messages.success(request, _("The other agency's part is open now."))
    else:
        messages.warning(request, _("It could not be opened this time either."))
    return redirect("office:task", task_id)
