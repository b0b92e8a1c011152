"""The ledger of one dossier for any instant: what counted and why not, who held it, and how much each used."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.casework.dossiers import clocks
from motcua.casework.dossiers.deadlines import ClockOf, Stop, due_instants, rules_of
from motcua.casework.dossiers.holding import Stretch, outside, stretches
from motcua.casework.dossiers.models import Dossier, DueDateChange
from motcua.casework.dossiers.selectors.access import find_by_code
from motcua.casework.dossiers.selectors.history import due_history
from motcua.casework.dossiers.types import (
    DossierLedger,
    DowntimeLine,
    DueChange,
    HeldBy,
    HolderTotal,
    LedgerLine,
    StopEffect,
)
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Task
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import (
    CalendarAsOf,
    Downtime,
    Holding,
    Interval,
    IntervalKind,
    Ledger,
    LimitUnit,
    WorkingCalendar,
)
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound

RETURNED, EXTENDED = "returned", "extended"
_WORKED = frozenset({IntervalKind.WORK, IntervalKind.OVERDUE, RETURNED, EXTENDED})


def plain_ledger(
    dossier: Dossier, open_tasks: Sequence[Task], stops: tuple[Stop, ...], *, at: datetime
) -> Ledger | None:
    """Return the rows that explain the present due instant; None before acceptance or without a limit.

    After a return as not eligible they begin with the complete dossier. One query for the closed tasks.
    """
    since = dossier.counts_from
    if since is None or dossier.limit_unit == LimitUnit.NONE:
        return None
    clock = clocks.made(dossier, stops=stops, put_off=None)
    until = max(dossier.finished_at or dossier.closed_at or at, since)
    tasks = (*workflow.history(dossier.run_id), *open_tasks) if dossier.run_id else ()
    held = stretches(tasks, stops, since=since, until=until, on=civil_day(at))
    labels = [Holding(part.starts_at, part.ends_at, _names(part.holders)) for part in held if part.holders]
    return _calendar_ledger(clock, clocks.calendar_of(clock), labels, until=until)


def _names(holders: tuple[HeldBy, ...]) -> str:
    return "; ".join(holder.name for holder in holders)


def _calendar_ledger(
    clock: ClockOf,
    calendar: WorkingCalendar,
    held: Sequence[Holding],
    *,
    until: datetime,
    since: datetime | None = None,
) -> Ledger:
    begins = since or clock.counts_from
    stops = [stop.as_pause(holder=outside(stop.holder).name) for stop in clock.stops if stop.starts_at >= begins]
    return calendars.ledger(
        calendar=calendar,
        received_at=begins,
        limit=clock.limit,
        pauses=stops,
        until=until,
        holders=held,
        rules=rules_of(clock.rules, since=begins) if clock.rules else None,
        downtimes=clock.downtimes,
    )


def dossier_ledger(*, dossier_id: int, at: datetime) -> DossierLedger:
    """Return the time of a dossier as of `at`, past, present or to come; the caller may see the dossier.

    Only what had happened by `at` is told, by the working calendar as it was known then; where that cannot be told,
    by that of now (`is_calendar_of_then`).

    Raises:
        NotFound: no such dossier, no limit of the law, or not accepted by then.
    """
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    if dossier is None or dossier.accepted_at is None or dossier.accepted_at > at:
        raise NotFound
    if dossier.limit_unit == LimitUnit.NONE or dossier.run_id is None:
        raise NotFound
    clock, known = _clock_at(dossier, at)
    ends = [moment for moment in (dossier.finished_at, dossier.closed_at) if moment is not None and moment <= at]
    until = min(ends, default=at)
    changes = due_history(dossier_id=dossier.pk, until=at)
    return _Drawing(dossier, clock, known, at=at, until=until, changes=changes).ledger()


def ledger_by_code(*, code: str, at: datetime) -> DossierLedger:
    """Return the same of the dossier with a code or intake number, for commands of the machine's owner.

    Raises:
        NotFound: no such code, or as for `dossier_ledger`.
    """
    dossier = find_by_code(code)
    if dossier is None:
        raise NotFound
    return dossier_ledger(dossier_id=dossier.pk, at=at)


def _clock_at(dossier: Dossier, at: datetime) -> tuple[ClockOf, CalendarAsOf]:
    """Return the clock as it was at `at`: later stops, returns, extensions, days off were unknown."""
    stops = tuple(
        replace(stop, ends_at=stop.ends_at if stop.ends_at and stop.ends_at <= at else None)
        for stop in clocks.stops_of([dossier.pk]).get(dossier.pk, ())
        if stop.starts_at <= at
    )
    put_off = clocks.put_offs_of([dossier.pk]).get(dossier.pk)
    if dossier.restarted_at is not None and dossier.restarted_at > at:
        dossier.restarted_at = None  # a picture of then; nothing is saved here
    clock = clocks.made(
        dossier,
        stops=stops,
        put_off=put_off if put_off and put_off.granted_at <= at else None,
        downtimes=clocks.given_back(tuple(dossier.deadline_rules), since=dossier.accepted_at or at),
    )
    known = calendars.calendar_as_of(clock.competent_id, on=civil_day(clock.counts_from), at=at)
    return clock, known


class _Drawing:
    """One dossier's ledger in the making."""

    def __init__(
        self,
        dossier: Dossier,
        clock: ClockOf,
        known: CalendarAsOf,
        *,
        at: datetime,
        until: datetime,
        changes: tuple[DueChange, ...],
    ) -> None:
        assert dossier.accepted_at is not None  # noqa: S101 - the caller looked
        self.dossier, self.clock, self.known = dossier, clock, known
        self.calendar = calendar = known.calendar
        self.at, self.until, self.changes = at, until, changes
        self.accepted_at = dossier.accepted_at
        self.is_returned = any(stop.ends_at is None and stop.effect == StopEffect.RESTART for stop in clock.stops)
        self.due_at, self.statutory_at = due_instants(replace(clock, stops=self._closed_stops()), calendar)
        self.put_off = clock.put_off if clock.put_off and clock.put_off.granted_at >= clock.counts_from else None
        self.downtimes = self._downtimes()
        self.parts = self._stretches()

    def _closed_stops(self) -> tuple[Stop, ...]:
        """An open stop is taken as ending at the instant asked for."""
        return tuple(replace(stop, ends_at=stop.ends_at or self.until) for stop in self.clock.stops)

    def _downtimes(self) -> tuple[Downtime, ...]:
        rules = rules_of(self.clock.rules, since=self.accepted_at) if self.clock.rules else None
        return tuple(calendars.downtimes(self.accepted_at, self.until, rules=rules))

    def _stretches(self) -> tuple[Stretch, ...]:
        run_id = self.dossier.run_id or 0
        tasks = (*workflow.history(run_id), *workflow.open_tasks(run_id))
        cuts = {self.clock.counts_from} | ({self.put_off.to} if self.put_off else set())
        return stretches(
            tasks, self.clock.stops, since=self.accepted_at, until=self.until, on=civil_day(self.at), cuts=cuts
        )

    def ledger(self) -> DossierLedger:
        """Return the whole picture."""
        main = self._rows(self.clock.counts_from, self.until)
        lines = [*self._before_restart(), *(self._line(row) for row in main)]
        total = 0 if self.is_returned else main.total_seconds
        return DossierLedger(
            code=self.dossier.shown_code,
            at=self.at,
            limit=self.clock.limit,
            statutory_limit=self.clock.statutory,
            accepted_at=self.accepted_at,
            counts_from=self.clock.counts_from,
            until=self.until,
            due_at=None if self.is_returned else self.due_at,
            statutory_due_at=None if self.is_returned else self.statutory_at or self.due_at,
            told_due_at=self._told(),
            is_calendar_of_then=self.known.is_exact,
            calendar_changes_since=self.known.changes_since,
            is_stopped=any(stop.ends_at is None for stop in self.clock.stops) and self.until == self.at,
            lines=tuple(lines),
            limit_seconds=main.limit_seconds,
            total_seconds=total,
            total_days=0 if self.is_returned else main.total_days,
            paused_seconds=sum(line.span_seconds for line in lines if line.kind == IntervalKind.PAUSE),
            overdue_seconds=sum(line.span_seconds for line in lines if line.kind == IntervalKind.OVERDUE),
            total="0:00" if self.is_returned else main.total,
            holders=_totals(self.calendar, lines, self.parts),
            downtimes=tuple(
                DowntimeLine(str(item.whose), item.starts_at, item.ends_at, item.counts, item.note)
                for item in self.downtimes
            ),
            changes=self.changes,
        )

    def _told(self) -> datetime | None:
        if self.changes:
            return self.changes[-1].new
        later = DueDateChange.objects.filter(dossier_id=self.dossier.pk).order_by("pk").first()
        return later.old_due_at if later else self.dossier.due_at

    def _rows(self, since: datetime, until: datetime) -> Ledger:
        held = [Holding(part.starts_at, part.ends_at, str(number)) for number, part in enumerate(self.parts)]
        return _calendar_ledger(self.clock, self.calendar, held, until=until, since=since)

    def _before_restart(self) -> Iterator[LedgerLine]:
        """Yield the rows before the limit started from zero: shown, and counted no more."""
        if self.clock.counts_from > self.accepted_at:
            for row in self._rows(self.accepted_at, self.clock.counts_from):
                yield self._uncounted(self._line(row))

    def _uncounted(self, line: LedgerLine) -> LedgerLine:
        if line.kind not in _WORKED:
            return line
        ground = str(rules_of(self.clock.rules, since=self.accepted_at).laws.get("return_restarts", ""))
        note = _("The dossier went back as not eligible; the limit starts from zero with the complete one.")
        return replace(line, kind=RETURNED, counted=False, seconds=0, days=0, note=note, ground=ground)

    def _line(self, row: Interval) -> LedgerLine:
        line = LedgerLine(
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            from_on=row.from_on,
            to_on=row.to_on,
            kind=str(row.reason_code),
            counted=row.counted,
            seconds=row.seconds,
            days=row.days,
            span_seconds=row.span_seconds,
            text=str(row.reason),
            note=str(row.note),
            ground=str(row.ground),
            holders=_holders_in(self.parts, row.starts_at, row.ends_at),
            downtimes=_touched(self.downtimes, row.starts_at, row.ends_at),
        )
        if self.is_returned:
            return self._uncounted(line)
        return self._put_off(line)

    def _put_off(self, line: LedgerLine) -> LedgerLine:
        """Past the limit but within the date that the apology appointed is no lateness."""
        if line.kind != IntervalKind.OVERDUE or self.put_off is None or line.ends_at > (self.due_at or line.ends_at):
            return line
        ground = str(rules_of(self.clock.rules, since=self.accepted_at).laws.get("extensions_at_most", ""))
        return replace(line, kind=EXTENDED, text=_("Put off with an apology (form 04)"), ground=ground)


def _holders_in(parts: Sequence[Stretch], starts_at: datetime, ends_at: datetime) -> tuple[HeldBy, ...]:
    found = [who for part in parts if part.starts_at < ends_at and part.ends_at > starts_at for who in part.holders]
    return tuple(dict.fromkeys(found))


def _touched(downtimes: Sequence[Downtime], starts_at: datetime, ends_at: datetime) -> tuple[str, ...]:
    return tuple(
        item.note or str(item.whose)
        for item in downtimes
        if item.starts_at < ends_at and (item.ends_at is None or item.ends_at > starts_at)
    )


def _totals(
    calendar: WorkingCalendar, lines: Sequence[LedgerLine], parts: Sequence[Stretch]
) -> tuple[HolderTotal, ...]:
    """Return the working time of each holder, most first. Side by side each is charged, and the time marked shared."""
    sums: dict[HeldBy, list[int]] = {}
    for line in lines:
        for part in parts:
            starts, ends = max(line.starts_at, part.starts_at), min(line.ends_at, part.ends_at)
            seconds = calendars.working_seconds(calendar, starts, ends) if starts < ends else 0
            for holder in part.holders if seconds else ():
                counts = sums.setdefault(holder, [0, 0, 0, 0])
                counts[0] += seconds
                counts[1] += seconds if line.counted and line.kind != IntervalKind.OVERDUE else 0
                counts[2] += seconds if len(part.holders) > 1 else 0
                counts[3] += seconds if line.kind == IntervalKind.OVERDUE else 0
    found = [HolderTotal(holder, *counts) for holder, counts in sums.items()]
    return tuple(sorted(found, key=lambda total: -total.seconds))
