"""Cuts the time of one dossier into pieces: each inside one day, of one kind, one pause and one holder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.foundation.calendars.positions import DAY
from motcua.foundation.calendars.types import (
    DayKind,
    DeadlineRules,
    Downtime,
    IntervalKind,
    Limit,
    LimitUnit,
    Pause,
    SpecialDays,
    Text,
    WorkingCalendar,
)

Moment = tuple[int, int]  # day index, second of the day: compares like the instant
Cut = tuple[IntervalKind, Pause | None, Downtime | None, tuple[Text, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch inside one day; `span` is its working time, `is_full_day` that it holds all of the day's."""

    index: int
    starts: int
    ends: int
    kind: IntervalKind
    span: int = 0
    is_full_day: bool = False
    pause: Pause | None = None
    special: SpecialDays | None = None
    downtime: Downtime | None = None
    holders: tuple[Text, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether the time is used up."""
        if self.kind == IntervalKind.DOWNTIME:
            return self.downtime is not None and self.downtime.counts
        return self.kind in {IntervalKind.WORK, IntervalKind.OVERDUE}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pieces of one ledger share, as moments of its calendar.

    Attributes:
        counts_from: before it nothing counts (first day, late receipt).
        day_count: for limits in calendar days, how many days count.
    """

    calendar: WorkingCalendar
    limit: Limit
    rules: DeadlineRules
    received: Moment
    counts_from: Moment
    due: Moment | None
    until: Moment
    day_count: int
    pauses: tuple[tuple[Moment, Moment, Pause], ...]
    holders: tuple[tuple[Moment, Moment, Text], ...]
    downtimes: tuple[tuple[Moment, Moment, Downtime], ...] = ()

    @property
    def in_calendar_days(self) -> bool:
        """Whether days count whatever the office hours."""
        return self.limit.unit in {LimitUnit.DAY, LimitUnit.MONTH}

    def special(self, index: int) -> SpecialDays | None:
        """Return the closed day's entry, if it is more than a weekend."""
        return self.calendar.days_off.get(date.fromordinal(self.calendar.origin + index))

    def held_by(self, at: Moment) -> tuple[Text, ...]:
        """Return who held the dossier at a moment; several at once when it is interlinked."""
        return tuple(who for starts, ends, who in self.holders if starts <= at < ends)

    def pause(self, starts: Moment, ends: Moment) -> Pause | None:
        """Return the pause that covers the whole stretch."""
        return next((pause for begins, stops, pause in self.pauses if begins <= starts and ends <= stops), None)

    def downtime(self, starts: Moment, ends: Moment) -> Downtime | None:
        """Return the downtime that covers the whole stretch; one that is given back before one that counts."""
        found = [down for begins, stops, down in self.downtimes if begins <= starts and ends <= stops]
        return min(found, key=lambda down: down.counts, default=None)


def pieces(frame: Frame) -> Iterator[Piece]:
    """Yield pieces in order from receipt until the frame's end."""
    counted = 0
    for index in range(frame.received[0], frame.until[0] + 1):
        lo = frame.received[1] if index == frame.received[0] else 0
        hi = frame.until[1] if index == frame.until[0] else DAY
        if lo >= hi:
            continue
        if (index, DAY) <= frame.counts_from or (index + 1, 0) <= frame.counts_from:
            yield _before_counting(frame, index, lo, hi)
        elif frame.in_calendar_days:
            piece = _calendar_day(frame, index, lo, hi, counted)
            counted += piece.kind == IntervalKind.WORK
            if piece.kind != IntervalKind.AFTER_HOURS:
                yield piece
        elif not frame.calendar.counted[index]:
            yield _closed_day(frame, index, lo, hi)
        else:
            yield from _working_day(frame, index, lo, hi)


def _before_counting(frame: Frame, index: int, lo: int, hi: int) -> Piece:
    kind = IntervalKind.AFTER_HOURS if frame.limit.unit == LimitUnit.SAME_DAY else IntervalKind.FIRST_DAY
    return Piece(index, lo, hi, kind, span=_span(frame, index, lo, hi), holders=frame.held_by((index, lo)))


def _closed_day(frame: Frame, index: int, lo: int, hi: int) -> Piece:
    pause = frame.pause((index, lo), (index, hi))
    if pause is not None:
        return Piece(index, lo, hi, IntervalKind.PAUSE, pause=pause, holders=_waited_for(pause))
    special = frame.special(index)
    if special is None:
        return Piece(index, lo, hi, IntervalKind.WEEKEND)
    kind = IntervalKind.CLOSURE if special.kind == DayKind.CLOSURE else IntervalKind.HOLIDAY
    return Piece(index, lo, hi, kind, special=special)


def _calendar_day(frame: Frame, index: int, lo: int, hi: int, counted: int) -> Piece:
    """Return the piece of a day in a limit of calendar days; `after_hours` for the day that an end moved to."""
    pause = next((pause for starts, ends, pause in frame.pauses if starts[0] < index <= ends[0]), None)
    span, held_by = _span(frame, index, lo, hi), frame.held_by((index, lo))
    if pause is not None:
        return Piece(index, lo, hi, IntervalKind.PAUSE, span=span, pause=pause, holders=_waited_for(pause))
    down = next((d for starts, ends, d in frame.downtimes if not d.counts and starts[0] < index <= ends[0]), None)
    if down is not None:
        return Piece(index, lo, hi, IntervalKind.DOWNTIME, span=span, downtime=down, holders=held_by)
    if counted < frame.day_count:
        return Piece(index, lo, hi, IntervalKind.WORK, span=span, is_full_day=True, holders=held_by)
    if frame.due is not None and index > frame.due[0]:
        return Piece(index, lo, hi, IntervalKind.OVERDUE, span=span, is_full_day=True, holders=held_by)
    if frame.calendar.counted[index]:
        return Piece(index, lo, hi, IntervalKind.AFTER_HOURS)
    return _closed_day(frame, index, lo, hi)


def _working_day(frame: Frame, index: int, lo: int, hi: int) -> Iterator[Piece]:
    """Yield the day's counted time cut at pauses, holders and the due instant; the lunch break cuts nothing."""
    cuts = _cuts(frame, index)
    length = sum(ends - starts for starts, ends in frame.calendar.counted[index])
    open_cut: Cut | None = None
    begins = finishes = span = 0
    for starts, ends in _stretches(frame, index, lo, hi, cuts):
        cut = _cut(frame, index, starts, ends)
        if open_cut is not None and not _same(open_cut, cut):
            yield _worked(index, begins, finishes, span, length, open_cut)
            open_cut = None
        if open_cut is None:
            open_cut, begins, span = cut, starts, 0
        finishes, span = ends, span + ends - starts
    if open_cut is not None:
        yield _worked(index, begins, finishes, span, length, open_cut)
    elif index == frame.received[0]:
        yield Piece(index, lo, hi, IntervalKind.AFTER_HOURS, holders=frame.held_by((index, lo)))


def _cuts(frame: Frame, index: int) -> list[int]:
    moments = [
        moment for starts, ends, _what in (*frame.pauses, *frame.holders, *frame.downtimes) for moment in (starts, ends)
    ]
    if frame.due is not None:
        moments.append(frame.due)
    return sorted({second for day, second in moments if day == index})


def _stretches(frame: Frame, index: int, lo: int, hi: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for range_starts, range_ends in frame.calendar.counted[index]:
        begin, end = max(lo, range_starts), min(hi, range_ends)
        for cut in (*(cut for cut in cuts if begin < cut < end), end):
            if begin < cut:
                yield begin, cut
                begin = cut


def _cut(frame: Frame, index: int, starts: int, ends: int) -> Cut:
    pause = frame.pause((index, starts), (index, ends))
    if pause is not None:
        return IntervalKind.PAUSE, pause, None, _waited_for(pause)
    held_by, down = frame.held_by((index, starts)), frame.downtime((index, starts), (index, ends))
    if frame.due is not None and (index, starts) >= frame.due and (down is None or down.counts):
        return IntervalKind.OVERDUE, None, None, held_by
    return (IntervalKind.DOWNTIME if down else IntervalKind.WORK), None, down, held_by


def _waited_for(pause: Pause) -> tuple[Text, ...]:
    return (pause.holder,) if str(pause.holder) else ()


def same_holders(one: tuple[Text, ...], other: tuple[Text, ...]) -> bool:
    """Say whether the same people are named; lazy sentences are compared as shown."""
    return one is other or [str(who) for who in one] == [str(who) for who in other]


def _same(one: Cut, other: Cut) -> bool:
    return one[0] == other[0] and one[1] is other[1] and one[2] is other[2] and same_holders(one[3], other[3])


def _worked(index: int, starts: int, ends: int, span: int, length: int, cut: Cut) -> Piece:
    kind, pause, down, held_by = cut
    return Piece(
        index,
        starts,
        ends,
        kind,
        span=span,
        is_full_day=span == length and down is None,
        pause=pause,
        downtime=down,
        holders=held_by,
    )


def _span(frame: Frame, index: int, lo: int, hi: int) -> int:
    return sum(max(0, min(hi, ends) - max(lo, starts)) for starts, ends in frame.calendar.counted[index])
