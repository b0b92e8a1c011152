"""Random calendars, instants and pauses, in whole minutes, inside a quarter of 2026."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from motcua.foundation.calendars.tests.moments import VIETNAM
from motcua.foundation.calendars.types import DayKind, Pause, SpecialDays, WeekHours

FIRST_ON, LAST_ON = date(2026, 1, 1), date(2028, 12, 31)
START = datetime(2026, 2, 1, tzinfo=VIETNAM)
CLOSED = [DayKind.HOLIDAY, DayKind.IN_LIEU, DayKind.SWAPPED_OFF, DayKind.CLOSURE]


@st.composite
def hours_of_weekday(draw: st.DrawFn, weekday: int) -> list[WeekHours]:
    """Draw up to two stretches on a grid of half hours, some only for reception."""
    marks = draw(st.lists(st.integers(10, 40), min_size=0, max_size=4, unique=True))
    pairs = zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    return [
        WeekHours(weekday, _time(starts), _time(ends), counts_for_deadlines=draw(st.integers(0, 9)) > 0)
        for starts, ends in pairs
    ]


def _time(half_hours: int) -> time:
    return time(half_hours // 2, half_hours % 2 * 30)


@st.composite
def weeks(draw: st.DrawFn) -> list[WeekHours]:
    """Draw a week in which at least Monday morning counts."""
    rows = [WeekHours(1, time(7), time(11, 30))]
    for weekday in range(2, 8):
        rows += draw(hours_of_weekday(weekday))
    return rows


@st.composite
def even_weeks(draw: st.DrawFn) -> list[WeekHours]:
    """Draw a week whose working days have the same hours."""
    weekdays = draw(st.sets(st.integers(1, 7), min_size=1))
    return [
        WeekHours(weekday, starts, ends)
        for weekday in sorted(weekdays)
        for starts, ends in ((time(7), time(11, 30)), (time(13, 30), time(17)))
    ]


@st.composite
def special_days(draw: st.DrawFn) -> list[SpecialDays]:
    """Draw single days that differ from their weekday, none twice."""
    days = draw(st.lists(st.integers(0, 120), max_size=12, unique=True))
    rows = []
    for offset in days:
        day = START.date() + timedelta(days=offset)
        kind = draw(st.sampled_from([*CLOSED, DayKind.MAKEUP]))
        replaced = day - timedelta(days=draw(st.integers(1, 7))) if kind == DayKind.MAKEUP else None
        rows.append(SpecialDays(kind, day, day + timedelta(days=1), str(kind), replaces_on=replaced))
    return rows


instants = st.integers(0, 90 * 1440).map(lambda minute: START + timedelta(minutes=minute))


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """Draw up to three pauses, which may overlap, touch or be empty."""
    found = []
    for _index in range(draw(st.integers(0, 3))):
        starts_at = draw(instants)
        found.append(Pause(starts_at, starts_at + timedelta(minutes=draw(st.integers(0, 6 * 1440)))))
    return found
