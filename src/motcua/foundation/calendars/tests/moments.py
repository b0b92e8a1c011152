"""Short ways to write instants and calendars in tests."""

from collections.abc import Sequence
from datetime import date, datetime, time

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.types import SpecialDays, WeekHours, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM


def at(text: str) -> datetime:
    """Return the instant written "2026-04-23 09:10" on a clock in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def week(
    *hours: tuple[int, str, str], reception: bool = True, counts: bool = True, since: date | None = None
) -> tuple[WeekHours, ...]:
    """Return office hours from (weekday, start, end)."""
    return tuple(
        WeekHours(day, time.fromisoformat(starts), time.fromisoformat(ends), reception, counts, since=since)
        for day, starts, ends in hours
    )


ORDINARY = week(
    *((day, starts, ends) for day in range(1, 6) for starts, ends in (("07:00", "11:30"), ("13:30", "17:00")))
)


def calendar(
    hours: Sequence[WeekHours] = ORDINARY,
    special_days: Sequence[SpecialDays] = (),
    *,
    first_on: date = date(2026, 1, 1),
    last_on: date = date(2027, 12, 31),
) -> WorkingCalendar:
    """Return a calendar of one layer."""
    return selectors.make_calendar(
        code="test", hours=[hours], special_days=[special_days], first_on=first_on, last_on=last_on
    )
