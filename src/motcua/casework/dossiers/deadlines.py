"""When a dossier is due: pure arithmetic on what its row, stops and extension say. Nothing is read here."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from motcua.casework.dossiers.types import StopEffect
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import DeadlineRules, Downtime, Limit, Pause, Text, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM, civil_day


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as its row says; `holder` is a StopHolder code, `effect` a StopEffect."""

    starts_at: datetime
    ends_at: datetime | None
    holder: str
    reason_code: str
    effect: str = StopEffect.RESUME
    reason: str = ""
    ground: str = ""
    due_before: datetime | None = None

    def as_pause(self, *, holder: Text = "") -> Pause:
        """Return it for the arithmetic of time; `holder` is how it is shown."""
        return Pause(
            self.starts_at, self.ends_at, reason_code=self.reason_code, holder=holder, note=self.reason,
            ground=self.ground,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PutOff:
    """A new date granted with an apology: to when, and when it was granted."""

    to: datetime
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class ClockOf:
    """Everything that the due instants of one dossier follow from.

    Attributes:
        counts_from: acceptance, or the complete dossier after a return; rules: codes chosen by the procedure.
        stops: oldest first, those before `counts_from` too; downtimes: only those whose time is given back.
    """

    limit: Limit
    statutory: Limit
    counts_from: datetime
    competent_id: int
    rules: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    put_off: PutOff | None = None
    downtimes: tuple[Downtime, ...] = field(default_factory=tuple)


def rules_of(codes: tuple[str, ...], *, since: datetime) -> DeadlineRules:
    """Return the values of the rules that a dossier counts by: those of the day since which it counts."""
    return calendars.rules_for(codes=codes, on=civil_day(since))


def due_instants(clock: ClockOf, calendar: WorkingCalendar) -> tuple[datetime | None, datetime | None]:
    """Return (what is promised, the statutory end where it is another instant else None).

    A pause gives the rest of the limit on; a return as not eligible lets it start anew from `counts_from`. A date put
    off with an apology holds for what is promised, not for the law, and is moved by later stops alone.

    Law: Decree 61/2018/NĐ-CP, art. 19(4) and 19(9).
    """
    promised = _end(clock, clock.limit, calendar)
    if promised is None:
        return None, None
    statutory = promised if clock.statutory == clock.limit else _end(clock, clock.statutory, calendar)
    if clock.put_off is not None and clock.put_off.granted_at >= clock.counts_from:
        promised = _put_off(clock, clock.put_off, calendar)
    return promised, statutory if statutory != promised else None


def _end(clock: ClockOf, limit: Limit, calendar: WorkingCalendar) -> datetime | None:
    stops = tuple(stop.as_pause() for stop in clock.stops if stop.starts_at >= clock.counts_from)
    rules = calendar.rules_of(clock.counts_from, clock.rules) if clock.rules else None
    return calendars.due_at(
        limit=limit,
        received_at=clock.counts_from,
        calendar=calendar,
        rules=rules,
        pauses=stops,
        downtimes=clock.downtimes,
    )


def _put_off(clock: ClockOf, put_off: PutOff, calendar: WorkingCalendar) -> datetime:
    due = put_off.to
    for stop in clock.stops:
        if put_off.granted_at <= stop.starts_at < due and stop.ends_at is not None:
            passed = calendars.working_seconds(calendar, stop.starts_at, stop.ends_at)
            due = calendars.add_working_seconds(calendar, due, passed)
    day = civil_day(due)
    return due if calendar.is_working_day(day) else closing_on(calendar, day)


def closing_on(calendar: WorkingCalendar, day: date) -> datetime:
    """Return the end of office hours of a day, or of the next working day when nobody works on it."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    last = calendar.counted[calendar.index_of(day)][-1][1]
    return datetime.combine(day, time(), tzinfo=VIETNAM) + timedelta(seconds=last)
