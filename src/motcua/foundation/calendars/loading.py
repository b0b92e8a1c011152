"""Rows to WorkingCalendar, kept in process per calendar, revision, desk turns and rules.

Which calendar an agency has, and in which revision, is asked anew after ten seconds.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max

from motcua.foundation.calendars import packaged, rulebooks
from motcua.foundation.calendars.layout import make_calendar, with_turns
from motcua.foundation.calendars.models import Calendar, DayException, DeskTurn, OfficeHours
from motcua.foundation.calendars.types import (
    CalendarNotFound,
    DayKind,
    DayStatus,
    SpecialDays,
    Turn,
    WeekHours,
    WorkingCalendar,
)

RECHECK_SECONDS = 10.0
_MAX_KEPT = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """One calendar of the register: whose, in which revision, and when it holds."""

    pk: int
    code: str
    agency_id: int | None
    revision: int
    since: date | None
    until: date | None

    def is_valid(self, on: date) -> bool:
        """Say whether the calendar holds on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class _Register:
    asked_at: float
    calendars: dict[int | None, list[Entry]]
    turns: dict[int, Any] = field(default_factory=dict)  # agency -> what changes with its desk turns


@dataclass(slots=True)
class Layers:
    """The rows of a calendar, the province's layer first; special days with the ids of their rows."""

    weeks: list[list[WeekHours]]
    days: list[list[tuple[int, SpecialDays]]]


_lock = threading.Lock()
_register: _Register | None = None
_kept: dict[Any, WorkingCalendar] = {}


def forget_calendars() -> None:
    """Drop what is kept: called after a change here, and by tests between databases."""
    global _register
    _register = None
    _kept.clear()
    rulebooks.forget_rules()


def _entries() -> _Register:
    """Return the register; two queries at most every ten seconds."""
    global _register
    kept = _register
    if kept is not None and time.monotonic() - kept.asked_at < RECHECK_SECONDS:
        return kept
    found: dict[int | None, list[Entry]] = {}
    for pk, code, agency_id, revision, valid in Calendar.objects.values_list(
        "pk", "code", "agency_id", "revision", "valid"
    ):
        found.setdefault(agency_id, []).append(Entry(pk, code, agency_id, revision, valid.lower, valid.upper))
    turns = DeskTurn.objects.values("agency_id").annotate(newest=Max("pk"), changed=Max("entered_at"), many=Count("pk"))
    marks = {row["agency_id"]: (row["newest"], row["changed"], row["many"]) for row in turns.order_by("agency_id")}
    _register = _Register(time.monotonic(), found, marks)
    return _register


def calendar_for(agency_id: int | None, *, on: date) -> WorkingCalendar:
    """Return the calendar of an agency on a day. See `selectors.calendar_for`."""
    register = _entries()
    province, own = entries_for(agency_id, on=on)
    return _calendar(province, own, agency_id if agency_id in register.turns else None, register)


def entries_for(agency_id: int | None, *, on: date) -> tuple[Entry | None, Entry | None]:
    """Return the province's calendar of a day and the agency's own, None where there is none."""
    calendars = _entries().calendars
    own = _valid(calendars.get(agency_id), on) if agency_id is not None else None
    return _valid(calendars.get(None), on), own


def calendar_by_code(code: str, *, on: date) -> WorkingCalendar:
    """Return a calendar by its code. See `selectors.calendar_by_code`."""
    register = _entries()
    known = [entry for group in register.calendars.values() for entry in group]
    wanted = next((entry for entry in known if entry.code == code), None)
    if wanted is None:
        raise CalendarNotFound(code=code, known=", ".join(sorted(entry.code for entry in known)) or "-")
    if wanted.agency_id is None:
        return _calendar(wanted, None, None, register)
    at_desk = wanted.agency_id if wanted.agency_id in register.turns else None
    return _calendar(_valid(register.calendars.get(None), on), wanted, at_desk, register)


def _valid(group: list[Entry] | None, on: date) -> Entry | None:
    return next((entry for entry in group or () if entry.is_valid(on)), None)


def _calendar(province: Entry | None, own: Entry | None, at_desk: int | None, register: _Register) -> WorkingCalendar:
    """Return the calendar of the entries, with the desk turns of agency `at_desk` unless that is None."""
    book = rulebooks.rulebook()
    marks = register.turns.get(at_desk) if at_desk is not None else None
    if province is None and own is None and marks is None and book is packaged.packaged_calendar().rulebook:
        return packaged.packaged_calendar()
    key = (province, own, at_desk, marks, id(book))
    kept = _kept.get(key)
    if kept is not None and kept.rulebook is book:
        return kept
    base = _calendar(province, own, None, register) if at_desk is not None else None
    with _lock:
        if len(_kept) >= _MAX_KEPT:
            _kept.clear()
        _kept[key] = made = with_turns(base, turns_of(at_desk)) if base and at_desk else _make(province, own)
    return made


def _make(province: Entry | None, own: Entry | None) -> WorkingCalendar:
    return laid_out(layers_of(province, own), top=own or province)


def laid_out(layers: Layers, *, top: Entry | None) -> WorkingCalendar:
    """Return the calendar of layers under the province's rules; `top` gives its code and revision."""
    return make_calendar(
        code=top.code if top else packaged.CODE,
        revision=top.revision if top else 0,
        hours=layers.weeks,
        special_days=[[days for _pk, days in layer] for layer in layers.days],
        rulebook=rulebooks.rulebook(),
    )


def layers_of(province: Entry | None, own: Entry | None) -> Layers:
    """Return the rows of both layers; without a province's calendar the packaged one lies below."""
    ids = [entry.pk for entry in (province, own) if entry is not None]
    hours = list(OfficeHours.objects.filter(calendar_id__in=ids).order_by("pk")) if ids else []
    days = list(DayException.objects.filter(calendar_id__in=ids).order_by("pk")) if ids else []
    weeks = [[week_hours(row) for row in hours if row.calendar_id == pk] for pk in ids]
    special = [[(row.pk, special_days(row)) for row in days if row.calendar_id == pk] for pk in ids]
    if province is None:
        weeks.insert(0, list(packaged.office_hours()))
        special.insert(0, [(0, row) for row in packaged.special_days()])
    return Layers(weeks, special)


def turns_of(agency_id: int) -> Sequence[Turn]:
    """Return the desk turns of an agency."""
    return [
        Turn(row.starts, row.ends, row.valid.lower, row.valid.upper, row.weekday)
        for row in DeskTurn.objects.filter(agency_id=agency_id).order_by("pk")
    ]


def week_hours(row: OfficeHours) -> WeekHours:
    """Return the value of a row of office hours."""
    return WeekHours(
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        open_for_reception=row.open_for_reception,
        counts_for_deadlines=row.counts_for_deadlines,
        since=row.valid.lower,
        until=row.valid.upper,
    )


def special_days(row: DayException) -> SpecialDays:
    """Return the value of a row of special days."""
    return SpecialDays(
        kind=DayKind(row.kind),
        since=row.valid.lower,
        until=row.valid.upper,
        name=row.name,
        name_en=row.name_en,
        status=DayStatus(row.status),
        replaces_on=row.replaces_on,
        source=row.source,
    )
