"""How long one due date takes: a limit of fifteen working days in a calendar of ten years, in this process.

Instants of receipt are spread over nine of the years; every answer is checked against counting days one by one.
"""

import random
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.packaged import office_hours
from motcua.foundation.calendars.types import DayKind, Limit, LimitUnit, SpecialDays, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM

AIM = 20.0  # microseconds
DAYS = 15
FIRST, LAST = 2020, 2029
_OFF = ((1, 1, 1), (2, 10, 7), (4, 30, 2), (9, 2, 2))  # month, day, days off from then on


@dataclass(frozen=True, slots=True)
class Counted:
    """Microseconds of CPU one due date takes: the best and the median of the rounds."""

    best: float
    median: float


def measured(*, count: int = 2_000, rounds: int = 9) -> Counted:
    """Count `count` due dates in each round.

    Raises:
        AssertionError: a due date is not the one found by counting days one by one.
    """
    calendar = _ten_years()
    limit = Limit(DAYS, LimitUnit.WORKING_DAY)
    chosen = random.Random(5)  # noqa: S311 - load, not secrets
    first = datetime(FIRST, 1, 2, 8, tzinfo=VIETNAM)
    instants = [first + timedelta(minutes=chosen.randrange(9 * 365 * 24 * 60)) for _ in range(count)]
    for received in instants[:200]:
        found = calendars.due_at(limit=limit, received_at=received, calendar=calendar)
        assert found is not None and found.astimezone(VIETNAM).date() == _by_hand(received), received  # noqa: PT018, S101
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        for received in instants:
            calendars.due_at(limit=limit, received_at=received, calendar=calendar)
        seconds.append((time.process_time() - started) / count * 1e6)
    return Counted(min(seconds), sorted(seconds)[rounds // 2])


def as_json(found: Counted) -> dict[str, Any]:
    """Return the result for the file of results."""
    return asdict(found) | {"aim": AIM}


def table(found: Counted) -> str:
    """Return the result as text."""
    head = f"due date of {DAYS} working days in a calendar of {LAST - FIRST + 1} years"
    return f"{head}: {found.median:.1f} µs, best {found.best:.1f} (aim {AIM:.0f})"


def _days_off() -> list[date]:
    return [
        date(year, month, day) + timedelta(days=place)
        for year in range(FIRST, LAST + 1)
        for month, day, length in _OFF
        for place in range(length)
    ]


def _ten_years() -> WorkingCalendar:
    special = [
        SpecialDays(kind=DayKind.HOLIDAY, since=day, until=day + timedelta(days=1), name="Nghỉ") for day in _days_off()
    ]
    return make_calendar(
        code="bench", hours=[office_hours()], special_days=[special], first_on=date(FIRST, 1, 1),
        last_on=date(LAST, 12, 31),
    )  # fmt: skip


def _by_hand(received: datetime) -> date:
    off = set(_days_off())
    day, left = received.astimezone(VIETNAM).date(), DAYS
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() < 6 and day not in off
    return day
