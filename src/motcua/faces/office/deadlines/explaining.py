"""The ledger of a dossier for any instant, as a page and as JSON."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierLedger
from motcua.faces.design.arithmetic import ledger_words
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.deadlines.forms import InstantForm
from motcua.faces.office.fields import instant_of
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotFound


@act("dossiers.see")
@reads("dossier", quiet=ONE_READING)
@require_GET
def ledger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what counted and why, who held it, how the date moved, as of now or of the instant asked for."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    form = InstantForm(request.GET if "on" in request.GET else None, initial={"on": now.date(), "hour": now.time()})
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=now)
    wanted = _asked(form, now)
    found = _read(view.id, wanted) if wanted else None
    context = {"now": now, "view": view, "form": form, "ledger": found, "asked": wanted} | ledger_words(found)
    status = 422 if form.is_bound and wanted is None else 200
    return page(request, "office/deadlines/ledger.html", context, here="office:register", status=status, at=now)


def _asked(form: InstantForm, now: datetime) -> datetime | None:
    """Return the instant, by default now; a day alone means its end; None when it was not understood."""
    if not form.is_bound:
        return now
    if not form.is_valid():
        return None
    hour = form.cleaned_data["hour"]
    return instant_of(form.cleaned_data["on"], hour or datetime.max.time().replace(microsecond=0))


def _read(dossier_id: int, at: datetime) -> DossierLedger | None:
    try:
        return dossiers.dossier_ledger(dossier_id=dossier_id, at=at)
    except NotFound:
        return None


@act("dossiers.see")
@reads("dossier", quiet=ONE_READING)
@require_GET
def ledger_json(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return the same as JSON; `at` is an instant in ISO 8601, by default now."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    dossier_id = dossiers.get_dossier_for(actor=actor, public_id=public_id)
    found = dossiers.dossier_ledger(dossier_id=dossier_id, at=instant_in(request.GET.get("at", "")) or now)
    return JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})


def instant_in(text: str) -> datetime | None:
    """Return an instant written as 2026-11-26T09:00, in Vietnam where no offset is given.

    Raises:
        Invalid: it is none.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid({"at": [_("Write the instant as 2026-11-26T09:00")]}) from None
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)
