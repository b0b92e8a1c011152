"""The ledger: the pieces of a dossier's time, equal neighbours joined into rows, with totals."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.foundation.calendars import clockwork, ledger_texts, positions
from motcua.foundation.calendars.ledger_pieces import Frame, Moment, Piece, pieces, same_holders
from motcua.foundation.calendars.types import (
    DayCount,
    DayKind,
    DeadlineRules,
    Downtime,
    Holding,
    Interval,
    IntervalKind,
    Ledger,
    Limit,
    LimitUnit,
    Pause,
    WorkingCalendar,
)

_IN_DAYS = {LimitUnit.DAY, LimitUnit.MONTH}


def ledger(
    *,
    calendar: WorkingCalendar,
    received_at: datetime,
    limit: Limit,
    pauses: Sequence[Pause],
    until: datetime,
    holders: Sequence[Holding],
    rules: DeadlineRules | None,
    downtimes: Sequence[Downtime] = (),
) -> Ledger:
    """See `selectors.ledger`."""
    index, second = positions.place(calendar, received_at)
    rules = rules or calendar.rulebook.on(calendar.origin + index)
    due_at = clockwork.due_at(
        limit=limit,
        received_at=received_at,
        calendar=calendar,
        rules=rules,
        pauses=pauses,
        until=until,
        downtimes=downtimes,
    )
    touching = tuple(down for down in downtimes if down.starts_at < until and _after(down.ends_at, received_at))
    frame = _frame(calendar, limit, rules, received_at, due_at, until, pauses, holders, touching)
    rows = tuple(_rows(frame)) if until > received_at else ()
    is_timed = limit.unit not in {*_IN_DAYS, LimitUnit.NONE}
    start, wanted = clockwork.span(calendar, limit, index, second, rules) if is_timed else (0, 0)
    return Ledger(
        rows=rows,
        limit=limit,
        received_at=received_at,
        until=until,
        due_at=due_at,
        due_without_pauses_at=clockwork.due_at(limit=limit, received_at=received_at, calendar=calendar, rules=rules),
        limit_seconds=wanted - start,
        total_seconds=sum(row.seconds for row in rows),
        total_days=sum(row.days for row in rows if row.counted),
        paused_seconds=_spent(rows, IntervalKind.PAUSE),
        overdue_seconds=_spent(rows, IntervalKind.OVERDUE),
        downtimes=touching,
    )


def _after(ends_at: datetime | None, at: datetime) -> bool:
    return ends_at is None or ends_at > at


def _spent(rows: Sequence[Interval], kind: IntervalKind) -> int:
    return sum(row.span_seconds for row in rows if row.reason_code == kind)


def _frame(
    calendar: WorkingCalendar,
    limit: Limit,
    rules: DeadlineRules,
    received_at: datetime,
    due_at: datetime | None,
    until: datetime,
    pauses: Sequence[Pause],
    holders: Sequence[Holding],
    downtimes: Sequence[Downtime],
) -> Frame:
    received, last = positions.place(calendar, received_at), positions.place(calendar, until)

    def moment(at: datetime | None) -> Moment:
        return last if at is None else max(received, min(last, positions.place(calendar, at)))

    counts_from = _counts_from(calendar, limit, rules, received)
    return Frame(
        calendar=calendar,
        limit=limit,
        rules=rules,
        received=received,
        counts_from=counts_from,
        due=positions.place(calendar, due_at) if due_at else None,
        until=last,
        day_count=clockwork.plain_end(calendar, limit, counts_from[0] - 1) - counts_from[0] + 1
        if limit.unit in _IN_DAYS
        else 0,
        pauses=tuple((moment(pause.starts_at), moment(pause.ends_at), pause) for pause in pauses),
        holders=tuple((moment(held.starts_at), moment(held.ends_at), held.holder) for held in holders),
        downtimes=tuple((moment(down.starts_at), moment(down.ends_at), down) for down in downtimes),
    )


def _counts_from(calendar: WorkingCalendar, limit: Limit, rules: DeadlineRules, received: Moment) -> Moment:
    """Return the moment from which time counts: after the first day, or the next day when received late."""
    index, second = received
    if limit.unit == LimitUnit.WORKING_DAY and rules.day_count == DayCount.HOURS:
        day = clockwork.first_day(calendar, index, second, rules)
        return received if day == index else (day, 0)
    if limit.unit == LimitUnit.WORKING_DAY or limit.unit in _IN_DAYS:
        day = clockwork.first_day(calendar, index, second, rules)
        return day + (0 if rules.first_day_counts else 1), 0
    if limit.unit == LimitUnit.SAME_DAY and rules.late_moves_same_day and clockwork.is_late(rules, second):
        return index + 1, 0
    return received


def _rows(frame: Frame) -> Iterator[Interval]:
    run: list[Piece] = []
    for piece in pieces(frame):
        if run and not _joins(frame, run[-1], piece):
            yield ledger_texts.interval(frame, run)
            run = []
        run.append(piece)
    if run:
        yield ledger_texts.interval(frame, run)


def _joins(frame: Frame, one: Piece, other: Piece) -> bool:
    """Say whether two neighbours are one row: equal full days, or the same rest, pause or wait."""
    if one.kind != other.kind or one.pause is not other.pause or one.downtime is not other.downtime:
        return False
    if not same_holders(one.holders, other.holders):
        return False
    if one.kind in {IntervalKind.WORK, IntervalKind.OVERDUE}:
        return one.is_full_day and other.is_full_day and (frame.in_calendar_days or one.span == other.span)
    return _is_swapped(one) == _is_swapped(other)


def _is_swapped(piece: Piece) -> bool:
    return piece.special is not None and piece.special.kind == DayKind.SWAPPED_OFF
