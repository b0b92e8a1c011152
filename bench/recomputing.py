"""How long all open dossiers take to be counted anew after a holiday is added; the day is taken out again afterwards.

The aim is for 100,000 open dossiers: `python -m bench --dossiers 100000 --all-open` measures the whole of it.
"""

import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.casework.dossiers import services as dossiers
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services as calendar_services
from motcua.foundation.calendars.models import DayException
from motcua.foundation.calendars.types import CalendarChange, DayKind, SpecialDays
from motcua.foundation.core.clock import civil_day

AIM = 60.0  # seconds
OPEN = 100_000


@dataclass(frozen=True, slots=True)
class Anew:
    """Seconds by the clock for `looked_at` open dossiers, of which `moved` got another due date, and `tasks`."""

    seconds: float
    looked_at: int
    moved: int
    tasks: int

    @property
    def for_aim(self) -> float:
        """Seconds for 100,000 at the same pace."""
        return self.seconds / self.looked_at * OPEN if self.looked_at else 0.0


def measured(at: datetime) -> Anew:
    """Make the next working day a holiday of the province and count all open dossiers anew."""
    day = civil_day(calendars.next_working_instant(calendars.calendar_for(None, on=civil_day(at)), _tomorrow(at)))
    holiday = SpecialDays(kind=DayKind.HOLIDAY, since=day, until=day + timedelta(days=1), name="Nghỉ thử")
    found = _changed(CalendarChange(None, add=(holiday,)), at)
    added = DayException.objects.order_by("-pk").values_list("pk", flat=True)[0]
    _changed(CalendarChange(None, remove=(added,)), at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_outbox_event SET delivered_at = now() WHERE delivered_at IS NULL")
    return found


def _tomorrow(at: datetime) -> datetime:
    return (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _changed(change: CalendarChange, at: datetime) -> Anew:
    calendar_services.change_calendar(change=change, reason="bench", by=None, at=at)
    started = time.perf_counter()
    done = dossiers.recompute_due_dates(agency_ids=None, reason="bench", actor_id=None, at=at)
    return Anew(time.perf_counter() - started, done.looked_at, done.moved, done.tasks)


def as_json(found: Anew) -> dict[str, Any]:
    """Return the result for the file of results."""
    return asdict(found) | {"seconds_for_100000": found.for_aim, "aim": AIM}


def table(found: Anew) -> str:
    """Return the result as text."""
    return (
        f"a holiday more: {found.looked_at:,} open dossiers in {found.seconds:.1f} s, {found.moved:,} moved with "
        f"{found.tasks:,} tasks; {found.for_aim:.0f} s for {OPEN:,} at this pace (aim {AIM:.0f})"
    )
