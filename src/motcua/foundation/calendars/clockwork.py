"""The arithmetic of limits: pure, on positions. A pause moves the wanted position by its own counted length."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from motcua.foundation.calendars.positions import (
    DAY,
    closing_of,
    earliest_at,
    instant,
    next_working_day,
    next_working_instant,
    nth_working_day,
    opening_of,
    outside,
    place,
    position,
    position_in_day,
)
from motcua.foundation.calendars.types import (
    DayCount,
    DeadlineRules,
    Downtime,
    Limit,
    LimitUnit,
    Pause,
    PauseRule,
    WorkingCalendar,
)


def is_late(rules: DeadlineRules, second: int) -> bool:
    """Say whether a receipt at `second` of the day is after the late hour (15:00:00 itself is not)."""
    late = rules.late_after
    return second > late.hour * 3600 + late.minute * 60 + late.second


def handover_at(calendar: WorkingCalendar, received_at: datetime, rules: DeadlineRules | None = None) -> datetime:
    """Return when the receipt passes from the desk to the handling unit.

    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    index, second = place(calendar, received_at)
    rules = rules or calendar.rulebook.on(calendar.origin + index)
    if rules.late_moves_handover and is_late(rules, second):
        return opening_of(calendar, next_working_day(calendar, index))
    return next_working_instant(calendar, received_at)


def due_at(
    *,
    limit: Limit,
    received_at: datetime,
    calendar: WorkingCalendar,
    rules: DeadlineRules | None = None,
    pauses: Sequence[Pause] = (),
    until: datetime | None = None,
    downtimes: Sequence[Downtime] = (),
) -> datetime | None:
    """Return the due instant. See `selectors.due_at`."""
    if limit.unit == LimitUnit.NONE:
        return None
    index, second = place(calendar, received_at)
    rules = rules or calendar.rulebook.on(calendar.origin + index)
    if downtimes:
        pauses = (*pauses, *given_back(downtimes))
    stops = merged(pauses, until) if pauses else ()
    if limit.unit in {LimitUnit.DAY, LimitUnit.MONTH}:
        end = calendar_end(calendar, limit, first_day(calendar, index, second, rules), rules, stops)
        return closing_of(calendar, end) if calendar.counted[end] else instant(calendar, end, DAY)
    start, wanted = span(calendar, limit, index, second, rules)
    if not stops:
        return earliest_at(calendar, wanted)
    return earliest_at(calendar, _stretched(calendar, start, wanted, rules, limit, stops))


def first_day(calendar: WorkingCalendar, index: int, second: int, rules: DeadlineRules) -> int:
    """Return the day index that counts as the day of receipt for limits in days."""
    if rules.late_moves_day_limits and is_late(rules, second):
        return next_working_day(calendar, index)
    return index


def span(calendar: WorkingCalendar, limit: Limit, index: int, second: int, rules: DeadlineRules) -> tuple[int, int]:
    """Return (position where counting starts, position where the limit is used up), pauses aside."""
    before = calendar.seconds_before
    if limit.unit == LimitUnit.WORKING_DAY:
        if rules.day_count == DayCount.HOURS:
            start = _first_position(calendar, index, second, rules)
            return start, start + limit.value * calendar.seconds_per_day
        day = first_day(calendar, index, second, rules)
        if rules.first_day_counts and calendar.counted[day]:
            return position_in_day(calendar, index, second), before[nth_working_day(calendar, day - 1, limit.value) + 1]
        return before[day + 1], before[nth_working_day(calendar, day, limit.value) + 1]
    if limit.unit == LimitUnit.WORKING_HOUR:
        start = position_in_day(calendar, index, second)
        return start, start + limit.value * 3600
    ranges = calendar.counted[index]
    if not ranges or second >= ranges[-1][1] or (rules.late_moves_same_day and is_late(rules, second)):
        return before[index + 1], before[next_working_day(calendar, index) + 1]
    return position_in_day(calendar, index, second), before[index + 1]


def _first_position(calendar: WorkingCalendar, index: int, second: int, rules: DeadlineRules) -> int:
    """Return where counting by hours starts: at the receipt, or with the next working day when that was late."""
    day = first_day(calendar, index, second, rules)
    return calendar.seconds_before[day] if day != index else position_in_day(calendar, index, second)


def given_back(downtimes: Sequence[Downtime]) -> tuple[Pause, ...]:
    """Return the downtimes that are given back, as pauses."""
    return tuple(
        Pause(item.starts_at, item.ends_at, reason_code="downtime", note=item.note, ground=item.decision)
        for item in downtimes
        if not item.counts
    )


def _stretched(
    calendar: WorkingCalendar,
    start: int,
    wanted: int,
    rules: DeadlineRules,
    limit: Limit,
    stops: Sequence[tuple[datetime, datetime]],
) -> int:
    """Return the wanted position after each pause that began before it has given its time back."""
    whole_days = rules.pause == PauseRule.WHOLE_DAYS and limit.unit == LimitUnit.WORKING_DAY
    for starts_at, ends_at in stops:
        begins, ends = max(start, position(calendar, starts_at)), position(calendar, ends_at)
        if begins >= wanted:
            break
        if whole_days:
            days = days_between(calendar, starts_at, ends_at, not_before=start)
            last = bisect_left(calendar.seconds_before, wanted) - 1
            wanted = calendar.seconds_before[nth_working_day(calendar, last, days) + 1] if days else wanted
        else:
            wanted += max(0, ends - begins)
    return wanted


def days_between(calendar: WorkingCalendar, starts_at: datetime, ends_at: datetime, *, not_before: int) -> int:
    """Return the working days after the day of `starts_at` up to that of `ends_at`, from position `not_before` on."""
    first = bisect_right(calendar.seconds_before, not_before) - 1
    begins = max(place(calendar, starts_at)[0] + 1, first)
    ends = place(calendar, ends_at)[0] + 1
    return max(0, calendar.working_days_before[ends] - calendar.working_days_before[begins]) if ends > begins else 0


def calendar_end(
    calendar: WorkingCalendar,
    limit: Limit,
    index: int,
    rules: DeadlineRules,
    stops: Sequence[tuple[datetime, datetime]],
) -> int:
    """Return the day index on which a limit in calendar days or months ends.

    Law: Law 91/2015/QH13, art. 148(5).
    """
    end = plain_end(calendar, limit, index) - (1 if rules.first_day_counts else 0)
    for starts_at, ends_at in stops:
        begins, resumes = place(calendar, starts_at)[0], place(calendar, ends_at)[0]
        moved = _off_rest_day(calendar, end, rules)
        if max(begins, index) < end:
            end += max(0, resumes - max(begins, index))
        elif calendar.counted[moved] and starts_at < closing_of(calendar, moved):
            end = max(end, resumes)  # all days were used up; only the day of return is left
        else:
            break
    return _off_rest_day(calendar, end, rules)


def plain_end(calendar: WorkingCalendar, limit: Limit, index: int) -> int:
    """Return the day on which a limit in days or months from day `index` ends, rest days and pauses aside.

    Law: Law 91/2015/QH13, art. 148(3).
    """
    if limit.unit == LimitUnit.DAY:
        return index + limit.value
    day = date.fromordinal(calendar.origin + index)
    month = day.month - 1 + limit.value
    year, month = day.year + month // 12, month % 12 + 1
    if year > calendar.last_on.year:
        raise outside(calendar)
    length = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, length)).toordinal() - calendar.origin


def _off_rest_day(calendar: WorkingCalendar, index: int, rules: DeadlineRules) -> int:
    if not 0 <= index < len(calendar.counted):
        raise outside(calendar)
    if calendar.counted[index] or not rules.rest_day_moves_end:
        return index
    return next_working_day(calendar, index)


def merged(pauses: Sequence[Pause], until: datetime | None) -> list[tuple[datetime, datetime]]:
    """Return the pauses as ordered, disjoint spans; an open one ends at `until`, or is left out when that is None."""
    spans: list[tuple[datetime, datetime]] = []
    for starts_at, ends_at in sorted(_closed(pauses, until)):
        if spans and starts_at <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(ends_at, spans[-1][1]))
        else:
            spans.append((starts_at, ends_at))
    return spans


def _closed(pauses: Sequence[Pause], until: datetime | None) -> Iterator[tuple[datetime, datetime]]:
    for pause in pauses:
        ends_at = pause.ends_at if pause.ends_at is not None else until
        if ends_at is not None and ends_at > pause.starts_at:
            yield pause.starts_at, ends_at
