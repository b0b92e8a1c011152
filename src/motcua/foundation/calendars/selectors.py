"""Calendars of agencies, and the arithmetic of limits. Only `calendar_for` and `calendar_by_code` ask the database."""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.foundation.calendars import clockwork, ledgers, loading, opening, positions
from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.limit_words import parse_limit
from motcua.foundation.calendars.opening import day_in_words
from motcua.foundation.calendars.packaged import packaged_calendar
from motcua.foundation.calendars.rules import rules_on
from motcua.foundation.calendars.types import (
    DayOffNotice,
    Holding,
    Ledger,
    Limit,
    OpeningNote,
    Pause,
    Rules,
    WorkingCalendar,
)

__all__ = [
    "add_working_seconds",
    "calendar_by_code",
    "calendar_for",
    "day_in_words",
    "due_at",
    "forget_calendars",
    "handover_at",
    "is_open",
    "ledger",
    "make_calendar",
    "next_days_off",
    "next_working_instant",
    "opening_note",
    "packaged_calendar",
    "parse_limit",
    "rules_on",
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


def forget_calendars() -> None:
    """Drop the calendars kept in process; tests call this between databases."""
    loading.forget_calendars()


def due_at(
    *,
    limit: Limit,
    received_at: datetime,
    calendar: WorkingCalendar,
    rules: Rules | None = None,
    pauses: Sequence[Pause] = (),
    until: datetime | None = None,
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

    `rules` default to those in force on the day of receipt.

    Law: Law 91/2015/QH13, art. 147(2).
    Law: Law 91/2015/QH13, art. 148(5).
    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    return clockwork.due_at(
        limit=limit, received_at=received_at, calendar=calendar, rules=rules, pauses=pauses, until=until
    )


def working_seconds(calendar: WorkingCalendar, a: datetime, b: datetime) -> int:
    """Return the counted seconds from `a` to `b`; negative when `b` is earlier."""
    return positions.working_seconds(calendar, a, b)


def add_working_seconds(calendar: WorkingCalendar, at: datetime, seconds: int) -> datetime:
    """Return the instant `seconds` of counted time after `at`, or before it when negative.

    Of several such instants the nearest: 17:00 rather than 07:00 of the next day. Adding 0 returns `at`.
    """
    return positions.add_working_seconds(calendar, at, seconds)


def handover_at(calendar: WorkingCalendar, received_at: datetime, rules: Rules | None = None) -> datetime:
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
    rules: Rules | None = None,
) -> Ledger:
    """Return the rows that explain the clock of one dossier from its receipt until an instant, past or to come.

    Equal full days in a row are one row; a run breaks where the holder changes. Pass the due instant as `until` to
    explain a promise: the total is then exactly the limit.
    """
    return ledgers.ledger(
        calendar=calendar,
        received_at=received_at,
        limit=limit,
        pauses=pauses,
        until=until,
        holders=holders,
        rules=rules,
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
