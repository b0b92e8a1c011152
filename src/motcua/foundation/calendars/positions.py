"""Positions: every instant of a calendar as the number of counted seconds before it.

Adding working time is adding positions; only the ends are turned back into instants. Instants are aware; Vietnam has no
summer time, so local wall seconds are exact. Fractions of a second are cut off.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime

from motcua.foundation.calendars.types import OutsideCalendar, Ranges, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM

DAY = 86_400


def outside(calendar: WorkingCalendar) -> OutsideCalendar:
    """Return the refusal that names the days covered."""
    return OutsideCalendar(first=f"{calendar.first_on:%d/%m/%Y}", last=f"{calendar.last_on:%d/%m/%Y}")


def place(calendar: WorkingCalendar, at: datetime) -> tuple[int, int]:
    """Return (index of the local day, seconds after its midnight)."""
    local = at.astimezone(VIETNAM)
    index = local.toordinal() - calendar.origin
    if not 0 <= index < len(calendar.counted):
        raise outside(calendar)
    return index, local.hour * 3600 + local.minute * 60 + local.second


def instant(calendar: WorkingCalendar, index: int, second: int) -> datetime:
    """Return the aware instant `second` seconds after local midnight of day `index`."""
    day = date.fromordinal(calendar.origin + index + second // DAY)
    second %= DAY
    return datetime(day.year, day.month, day.day, second // 3600, second % 3600 // 60, second % 60, tzinfo=VIETNAM)


def position(calendar: WorkingCalendar, at: datetime) -> int:
    """Return how many counted seconds lie before `at`."""
    return position_in_day(calendar, *place(calendar, at))


def position_in_day(calendar: WorkingCalendar, index: int, second: int) -> int:
    """Return how many counted seconds lie before `second` of day `index`."""
    total = calendar.seconds_before[index]
    for starts, ends in calendar.counted[index]:
        if second <= starts:
            break
        total += min(second, ends) - starts
    return total


def earliest_at(calendar: WorkingCalendar, wanted: int) -> datetime:
    """Return the first instant with position `wanted`: the end of office hours rather than the next morning."""
    index = bisect_left(calendar.seconds_before, wanted) - 1
    if not 0 <= index < len(calendar.counted):
        raise outside(calendar)
    rest = wanted - calendar.seconds_before[index]
    for starts, ends in calendar.counted[index]:
        if rest <= ends - starts:
            return instant(calendar, index, starts + rest)
        rest -= ends - starts
    raise outside(calendar)


def latest_at(calendar: WorkingCalendar, wanted: int) -> datetime:
    """Return the last instant with position `wanted`: the next morning rather than the end of office hours."""
    index = bisect_right(calendar.seconds_before, wanted) - 1
    if not 0 <= index < len(calendar.counted):
        raise outside(calendar)
    rest = wanted - calendar.seconds_before[index]
    for starts, ends in calendar.counted[index]:
        if rest < ends - starts:
            return instant(calendar, index, starts + rest)
        rest -= ends - starts
    raise outside(calendar)


def working_seconds(calendar: WorkingCalendar, a: datetime, b: datetime) -> int:
    """Return the counted seconds from `a` to `b`; negative when `b` is before `a`."""
    return position(calendar, b) - position(calendar, a)


def add_working_seconds(calendar: WorkingCalendar, at: datetime, seconds: int) -> datetime:
    """Return the nearest instant that is `seconds` of counted time after (or, negative, before) `at`; 0 is `at`."""
    if seconds == 0:
        return at
    wanted = position(calendar, at) + seconds
    return earliest_at(calendar, wanted) if seconds > 0 else latest_at(calendar, wanted)


def next_working_instant(calendar: WorkingCalendar, at: datetime) -> datetime:
    """Return `at` if it is in counted time, else the first instant after it that is."""
    index, second = place(calendar, at)
    for starts, ends in calendar.counted[index]:
        if second < starts:
            return instant(calendar, index, starts)
        if second < ends:
            return at
    return opening_of(calendar, next_working_day(calendar, index))


def next_working_day(calendar: WorkingCalendar, index: int) -> int:
    """Return the index of the first working day after day `index`."""
    return nth_working_day(calendar, index, 1)


def nth_working_day(calendar: WorkingCalendar, index: int, count: int) -> int:
    """Return the index of the `count`-th working day after day `index`."""
    ordinal = calendar.working_days_before[index + 1] + count - 1
    if ordinal >= len(calendar.working_days):
        raise outside(calendar)
    return calendar.working_days[ordinal]


def opening_of(calendar: WorkingCalendar, index: int) -> datetime:
    """Return the first counted instant of working day `index`."""
    return instant(calendar, index, calendar.counted[index][0][0])


def closing_of(calendar: WorkingCalendar, index: int) -> datetime:
    """Return the end of counted time of working day `index`."""
    return instant(calendar, index, calendar.counted[index][-1][1])


def in_ranges(ranges: Ranges, second: int) -> bool:
    """Say whether `second` lies in one of the half-open ranges."""
    return any(starts <= second < ends for starts, ends in ranges)
