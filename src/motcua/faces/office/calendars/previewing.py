"""What a change of working time would do, shown before anybody says yes: at once, or by a job with its progress."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import Moved, TimePreviewView
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import CalendarChange, Proposal
from motcua.foundation.core.clock import civil_day

SHOWN = 20
GIVEN_UP = timedelta(minutes=10)
_LEFT_OUT = {"csrfmiddlewaretoken", "seen", "confirm", "list"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: days touched, and open dossiers whose date or hour moves."""

    first_on: date
    last_on: date | None
    moved: Moved
    seen: str

    @property
    def rows(self) -> tuple[Any, ...]:
        """The first dossiers that would move."""
        return self.moved.rows[:SHOWN]


def agencies_of(change: Proposal) -> set[int] | None:
    """Return the agencies that a change is about; None: all."""
    return {change.agency_id} if isinstance(change, CalendarChange) and change.agency_id is not None else None


def is_big(change: Proposal, *, at: datetime) -> bool:
    """Say whether there are too many open dossiers to compute the preview in the request."""
    most: int = settings.MOTCUA_PREVIEW_AT_ONCE
    agency_ids = agencies_of(change)
    return dossiers.open_dossiers_counted(agency_ids=agency_ids, at=at, at_most=most + 1) > most


def at_once(change: Proposal, *, at: datetime, rows: int = SHOWN) -> Moved:
    """Compute what would move, now."""
    return dossiers.due_dates_moved(
        agency_ids=agencies_of(change),
        calendars=calendars.proposed_calendars(change, on=civil_day(at)),
        at=at,
        limit=rows,
    )


def start(request: HttpRequest, change: Proposal, seen: str, *, at: datetime) -> UUID:
    """Leave the preview to a job; the form comes back with it."""
    entered = {name: str(value) for name, value in request.POST.items() if name not in _LEFT_OUT}
    person_id = request.actor.person_id  # type: ignore[attr-defined]
    return dossier_services.start_preview(proposal=change, entered=entered, seen=seen, person_id=person_id, at=at)


def asked(request: HttpRequest) -> TimePreviewView | None:
    """Return the preview that the address names, None without one, or when it is gone or another person's."""
    try:
        public_id = UUID(request.GET.get("preview", ""))
    except ValueError:
        return None
    return dossiers.time_preview(public_id, person_id=request.actor.person_id)  # type: ignore[attr-defined]


def entered_in(kept: TimePreviewView) -> QueryDict:
    """Return the form as it was sent when the preview was asked for."""
    data = QueryDict(mutable=True)
    data.update(kept.entered)
    return data


def progress(kept: TimePreviewView, *, at: datetime) -> dict[str, Any]:
    """Return how far a running preview is, and whether to wait for it any longer."""
    share = min(99, 100 * kept.looked_at // kept.of_total) if kept.of_total else 0
    return {"kept": kept, "percent": share, "is_given_up": at - kept.started_at > GIVEN_UP}
