"""Calendars of agencies, the rules of counting, and the arithmetic of limits, which asks the database for nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from motcua.foundation.calendars import (
    clockwork,
    history,
    ledgers,
    loading,
    opening,
    plain,
    positions,
    proposing,
    registers,
    rulebooks,
)
from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.limit_words import parse_limit
from motcua.foundation.calendars.opening import day_in_words
from motcua.foundation.calendars.packaged import packaged_calendar
from motcua.foundation.calendars.rules import value_of
from motcua.foundation.calendars.types import (
    CalendarAsOf,
    CalendarCard,
    CalendarChange,
    DayEntry,
    DayOffNotice,
    DeadlineRules,
    Downtime,
    EditCard,
    Holding,
    Ledger,
    Limit,
    OpeningNote,
    Pause,
    Proposal,
    RuleCard,
    RuleEditCard,
    TurnCard,
    WeekHours,
    WorkingCalendar,
)
from motcua.foundation.core.clock import civil_day

__all__ = [
    "add_working_seconds",
    "appointment_at",
    "calendar_as_of",
    "calendar_by_code",
    "calendar_for",
    "day_entries",
    "day_in_words",
    "desk_turns",
    "downtimes",
    "due_at",
    "edit",
    "edits",
    "forget_calendars",
    "handover_at",
    "is_open",
    "known_rules",
    "ledger",
    "make_calendar",
    "next_days_off",
    "next_working_instant",
    "opening_note",
    "own_calendars",
    "packaged_calendar",
    "parse_limit",
    "plain_of",
    "proposal_of",
    "proposed_calendar",
    "proposed_calendars",
    "recorded_downtimes",
    "rule_edits",
    "rule_value",
    "rule_value_text",
    "rules_for",
    "span_of",
    "week_in_force",
    "working_days_between",
    "working_seconds",
]


def calendar_for(agency_id: int | None, *, on: date) -> WorkingCalendar:
    """Return the calendar that holds for an agency on a day: its own over the province's, else the province's.

    Hours come from the agency if it has any, days off from both. Before a province's calendar is loaded the packaged
    national one holds. Kept in process; another process's change is seen within ten seconds.
    """
    return loading.calendar_for(agency_id, on=on)


def calendar_by_code(code: str, *, on: date) -> WorkingCalendar:
    """Return a calendar by its own code, laid over the province's of that day.

    Raises:
        CalendarNotFound: no calendar has the code.
    """
    return loading.calendar_by_code(code, on=on)


def week_in_force(agency_id: int | None, *, on: date) -> list[WeekHours]:
    """Return the office hours in force on a day, the agency's own or the province's; desk turns are not among them."""
    return registers.week_in_force(agency_id, on=on)


def proposed_calendar(agency_id: int | None, change: CalendarChange, *, on: date) -> WorkingCalendar:
    """Return the calendar of an agency on a day as it would be after a change that is not saved yet.

    An agency that the change does not reach keeps its calendar: the very same object.

    Raises:
        CalendarWithoutHours, DaysOverlap and the other refusals of `services.change_calendar`.
    """
    return proposing.proposed_calendar(agency_id, change, on=on)


def proposed_calendars(change: Proposal, *, on: date) -> Callable[[int | None, date], WorkingCalendar]:
    """Return the function from an agency and a day to the calendar after a change that is not saved yet.

    The day is the one since which time counts: a calendar that held only earlier stays as it was. Each is made once.
    For counting due dates: desk turns, which never count, are left out.

    Raises:
        RuleWrong: the change of a rule cannot be.
    """
    return proposing.proposed_calendars(change, on=on)


def span_of(change: CalendarChange, *, on: date) -> tuple[date, date | None]:
    """Return the first and last day whose working time the change touches; None: from then on."""
    return proposing.span_of(change, on=on)


def plain_of(change: Proposal) -> dict[str, Any]:
    """Return a change as plain values, for a job; `proposal_of` reads them."""
    return plain.plain_of(change)


def proposal_of(values: Mapping[str, Any]) -> Proposal:
    """Return the change that `plain_of` wrote."""
    return plain.proposal_of(values)


def calendar_as_of(agency_id: int | None, *, on: date, at: datetime) -> CalendarAsOf:
    """Return the calendar of an agency for a day as it was known at an instant: without the changes made since.

    Changes older than this record was kept cannot be told; then the calendar of now is given, and said so. One query
    where nothing changed since.
    """
    return history.calendar_as_of(agency_id, on=on, at=at)


def rule_edits(*, limit: int, before_id: int | None = None) -> list[RuleEditCard]:
    """Return the changes of the rules of counting, newest first."""
    return registers.rule_edits(limit=limit, before_id=before_id)


def rule_value(setting: str, plain: Any) -> Any:
    """Return the value of a setting from how it is stored."""
    return value_of(setting, plain)


def rule_value_text(value: Any) -> str:
    """Return the value of a rule in words."""
    return rulebooks.value_text(value)


def rules_for(*, codes: Sequence[str] = (), on: date) -> DeadlineRules:
    """Return the rules of counting in force on a day: the defaults, then those a procedure chose over them.

    Kept in process; before the province's rules are loaded the packaged ones hold.

    Raises:
        RuleUnknown: a code that no rule ever had.
    """
    return rulebooks.rules_for(codes=codes, on=on)


def known_rules(*, on: date) -> list[RuleCard]:
    """Return all rules with their sources and dates, those in force on a day marked."""
    return rulebooks.known_rules(on=on)


def downtimes(a: datetime, b: datetime, *, rules: DeadlineRules | None = None) -> list[Downtime]:
    """Return the downtimes that touch the time from `a` to `b`, oldest first; one query.

    Whether each counts is what its decision says, else the rule (of `rules`, else in force on the day it began).
    """
    return registers.downtimes(a, b, rules=rules)


def appointment_at(*, due_at: datetime, agency_id: int | None) -> datetime:
    """Return when the result can be fetched: the first instant at or after the due instant at which the desk receives.

    Desk turns at lunch and on Saturdays count as reception; the closing hour itself is still inside. The due instant
    never changes by it.

    Raises:
        OutsideCalendar: the desk never receives again in the days covered.
    """
    return opening.appointment_at(calendar_for(agency_id, on=civil_day(due_at)), due_at)


def recorded_downtimes(*, limit: int, before: datetime | None = None) -> list[Downtime]:
    """Return the newest downtimes, those that began before an instant when one is given; newest first."""
    return registers.recorded_downtimes(limit=limit, before=before)


def desk_turns(agency_ids: Sequence[int], *, since: date, until: date) -> list[TurnCard]:
    """Return the desk turns of agencies in force in the days from `since` up to but not including `until`."""
    return registers.desk_turns(agency_ids, since=since, until=until)


def own_calendars(*, on: date) -> dict[int | None, CalendarCard]:
    """Return the calendars that hold on a day by agency; None is the province's. One query."""
    return registers.own_calendars(on=on)


def day_entries(agency_id: int | None, *, since: date, until: date, on: date) -> list[DayEntry]:
    """Return the special days of an agency's calendar as entered, inherited ones marked, in order."""
    return registers.day_entries(agency_id, since=since, until=until, on=on)


def edits(*, agency_id: int | None, limit: int, before_id: int | None = None) -> list[EditCard]:
    """Return the history of one calendar, newest first."""
    return registers.edits(agency_id=agency_id, limit=limit, before_id=before_id)


def edit(edit_id: int) -> EditCard | None:
    """Return one entry of the history, with how far the recomputation of due dates is; None when unknown."""
    return registers.edit(edit_id)


def forget_calendars() -> None:
    """Drop the calendars kept in process: before a job that must count by what holds now, and in tests."""
    loading.forget_calendars()


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
    """Return when the limit ends; None for the unit `none`.

    - working_day: the day of receipt is not counted, whatever its hour; the end of office hours of the last day.
    - working_hour: counted from the next working instant.
    - same_day: the end of office hours that day; received after 15:00 or on a day of rest, of the next working day.
    - day, month: calendar days or months after the day of receipt; an end on a day of rest moves to the next working
      day; the end of its office hours.
    - A pause gives back the counted time that passed in it (working_hour, working_day, same_day), so a dossier paused
      for three hours is due three hours of work later; for day and month, the civil days from its start to its end
      (started and ended the same day: none). Time paused before counting begins gives nothing, and a pause that
      starts at or after the due instant does not move it. Overlapping pauses count once.
    - An open pause is taken as ending at `until`; without `until` it is left out, so the last fixed date stands.
    - Of `downtimes` those that do not count are pauses too.

    `rules` default to those of the calendar's province in force on the day of receipt; a procedure that chose others
    passes `rules_for(codes=..., on=...)`.

    Law: Law 91/2015/QH13, art. 147(2).
    Law: Law 91/2015/QH13, art. 148(5).
    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    return clockwork.due_at(
        limit=limit,
        received_at=received_at,
        calendar=calendar,
        rules=rules,
        pauses=pauses,
        until=until,
        downtimes=downtimes,
    )


def working_seconds(calendar: WorkingCalendar, a: datetime, b: datetime) -> int:
    """Return the counted seconds from `a` to `b`; negative when `b` is earlier."""
    return positions.working_seconds(calendar, a, b)


def add_working_seconds(calendar: WorkingCalendar, at: datetime, seconds: int) -> datetime:
    """Return the instant `seconds` of counted time after `at`, or before it when negative.

    Of several such instants the nearest: 17:00 rather than 07:00 of the next day. Adding 0 returns `at`.
    """
    return positions.add_working_seconds(calendar, at, seconds)


def handover_at(calendar: WorkingCalendar, received_at: datetime, rules: DeadlineRules | None = None) -> datetime:
    """Return when a receipt passes to the handling unit: at once in working time, else at the next working instant;
    received after 15:00, in the first hour of the next working day.

    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    return clockwork.handover_at(calendar, received_at, rules)


def next_working_instant(calendar: WorkingCalendar, at: datetime) -> datetime:
    """Return `at` if it is counted time, else the first counted instant after it."""
    return positions.next_working_instant(calendar, at)


def working_days_between(calendar: WorkingCalendar, a: date, b: date) -> int:
    """Return the working days after day `a` up to and including day `b`; negative when `b` is earlier."""
    before = calendar.working_days_before
    return before[calendar.index_of(b) + 1] - before[calendar.index_of(a) + 1]


def ledger(
    *,
    calendar: WorkingCalendar,
    received_at: datetime,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    until: datetime,
    holders: Sequence[Holding] = (),
    rules: DeadlineRules | None = None,
    downtimes: Sequence[Downtime] = (),
) -> Ledger:
    """Return the rows that explain the clock of one dossier from its receipt until an instant, past or to come.

    Equal full days in a row are one row; a run breaks where the holder changes or a system stood still. Several may
    hold at once: each is charged with the time in `Ledger.holders`. Pass the due instant as `until` to explain a
    promise: the total is then exactly the limit.
    """
    return ledgers.ledger(
        calendar=calendar,
        received_at=received_at,
        limit=limit,
        pauses=pauses,
        until=until,
        holders=holders,
        rules=rules,
        downtimes=downtimes,
    )


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """Say whether the desk receives people at `at`."""
    return opening.is_open(calendar, at)


def opening_note(calendar: WorkingCalendar, at: datetime) -> OpeningNote:
    """Return whether the desk is open, until when or when it opens next, with a sentence for the page."""
    return opening.opening_note(calendar, at)


def next_days_off(calendar: WorkingCalendar, since: date, days: int) -> list[DayOffNotice]:
    """Return runs of days off and of make-up days among `days` days from `since`, in order; no plain weekends."""
    return opening.next_days_off(calendar, since, days)
