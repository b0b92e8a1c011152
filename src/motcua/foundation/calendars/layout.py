"""Lays weekly hours and special days out day by day, so that all later arithmetic is look-ups in arrays."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import accumulate, pairwise
from types import MappingProxyType

from motcua.foundation.calendars.rules import packaged_rulebook
from motcua.foundation.calendars.types import (
    CalendarWithoutHours,
    DayKind,
    Ranges,
    RuleBook,
    SpecialDays,
    Turn,
    WeekHours,
    WorkingCalendar,
)

FIRST_ON = date(2015, 1, 1)
LAST_ON = date(2040, 12, 31)
_Week = tuple[tuple[Ranges, Ranges], ...]  # per weekday from Monday: counted, reception
_CLOSED: tuple[Ranges, Ranges] = ((), ())


def make_calendar(
    *,
    code: str,
    hours: Sequence[Sequence[WeekHours]],
    special_days: Sequence[Sequence[SpecialDays]],
    revision: int = 0,
    first_on: date = FIRST_ON,
    last_on: date = LAST_ON,
    rulebook: RuleBook | None = None,
) -> WorkingCalendar:
    """Return the calendar of layers: the province's first, the agency's own last.

    On each day the last layer with any hours in force gives the whole week; of special days the last layer wins.
    `rulebook` defaults to the packaged rules of counting.

    Raises:
        CalendarWithoutHours: no time counts on any day.
    """
    origin, end = first_on.toordinal(), last_on.toordinal() + 1
    special = _special_by_ordinal(special_days, origin, end)
    days = [_CLOSED] * (end - origin)
    for since, until, week in _weeks(hours, origin, end):
        for ordinal in range(since, until):
            days[ordinal - origin] = _hours_of_day(ordinal, week, special.get(ordinal))
    counted = tuple(day[0] for day in days)
    if not any(counted):
        raise CalendarWithoutHours(code=code)
    return WorkingCalendar(
        code=code,
        revision=revision,
        first_on=first_on,
        last_on=last_on,
        counted=counted,
        reception=tuple(day[1] for day in days),
        seconds_before=array("q", accumulate((_length(ranges) for ranges in counted), initial=0)),
        working_days_before=array("i", accumulate((int(bool(ranges)) for ranges in counted), initial=0)),
        working_days=array("i", (index for index, ranges in enumerate(counted) if ranges)),
        days_off=_named(special, open_days=False),
        extra_days=_named(special, open_days=True),
        seconds_per_day=_ordinary_length(counted),
        origin=origin,
        rulebook=rulebook or packaged_rulebook(),
    )


def with_turns(calendar: WorkingCalendar, turns: Sequence[Turn]) -> WorkingCalendar:
    """Return the calendar with the desk open in the turns as well; what counts for limits stays.

    On days off a turn of a weekday falls out; one entered for that very day holds.
    """
    if not turns:
        return calendar
    closed = {day.toordinal() for day in calendar.days_off}
    reception = list(calendar.reception)
    for turn in turns:
        first = max(turn.since.toordinal(), calendar.origin)
        last = min(
            turn.until.toordinal() if turn.until else calendar.origin + len(reception), calendar.origin + len(reception)
        )
        for ordinal in range(first, last):
            if turn.is_on(ordinal) and (turn.weekday is None or ordinal not in closed):
                index = ordinal - calendar.origin
                reception[index] = _joined((*reception[index], (_seconds(turn.starts), _seconds(turn.ends))))
    return replace(calendar, reception=tuple(reception))


def _special_by_ordinal(layers: Sequence[Sequence[SpecialDays]], origin: int, end: int) -> dict[int, SpecialDays]:
    found: dict[int, SpecialDays] = {}
    for layer in layers:
        for special in layer:
            for ordinal in range(max(origin, special.since.toordinal()), min(end, special.until.toordinal())):
                found[ordinal] = special
    return found


def _weeks(layers: Sequence[Sequence[WeekHours]], origin: int, end: int) -> Iterator[tuple[int, int, _Week]]:
    """Yield (first day, day after the last, week) for each span of days in which the same rows are in force."""
    changes = {origin, end}
    for row in (row for layer in layers for row in layer):
        changes.update(day.toordinal() for day in (row.since, row.until) if day)
    for since, until in pairwise(sorted(change for change in changes if origin <= change <= end)):
        active = next((rows for layer in reversed(layers) if (rows := in_force(layer, date.fromordinal(since)))), [])
        yield since, until, _week(active)


def in_force(rows: Sequence[WeekHours], day: date) -> list[WeekHours]:
    """Return the hours in force on a day."""
    return [row for row in rows if (not row.since or row.since <= day) and (not row.until or day < row.until)]


def _week(rows: Sequence[WeekHours]) -> _Week:
    return tuple(
        (
            _ranges(row for row in rows if row.weekday == weekday and row.counts_for_deadlines),
            _ranges(row for row in rows if row.weekday == weekday and row.open_for_reception),
        )
        for weekday in range(1, 8)
    )


def _ranges(rows: Iterator[WeekHours]) -> Ranges:
    return _joined((_seconds(row.starts), _seconds(row.ends)) for row in rows)


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges in order, touching or overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for starts, ends in sorted(ranges):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return tuple(joined)


def _hours_of_day(ordinal: int, week: _Week, special: SpecialDays | None) -> tuple[Ranges, Ranges]:
    if special is None:
        return week[(ordinal - 1) % 7]
    if special.kind != DayKind.MAKEUP:
        return _CLOSED
    return week[special.replaces_on.weekday()] if special.replaces_on else week[0]


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _length(ranges: Ranges) -> int:
    return sum(ends - starts for starts, ends in ranges)


def _ordinary_length(counted: Sequence[Ranges]) -> int:
    """Return the most frequent length of a working day."""
    frequency: dict[int, int] = {}
    for ranges in counted:
        if ranges:
            frequency[_length(ranges)] = frequency.get(_length(ranges), 0) + 1
    return max(frequency, key=lambda length: (frequency[length], length))


def _named(special: dict[int, SpecialDays], *, open_days: bool) -> MappingProxyType[date, SpecialDays]:
    return MappingProxyType(
        {
            date.fromordinal(ordinal): row
            for ordinal, row in sorted(special.items())
            if (row.kind == DayKind.MAKEUP) is open_days
        }
    )
