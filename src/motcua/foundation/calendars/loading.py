"""Rows to WorkingCalendar, kept in process per calendar and revision.

Which calendar an agency has, and in which revision, is asked anew after ten seconds.
"""

import threading
import time
from dataclasses import dataclass
from datetime import date

from motcua.foundation.calendars import packaged
from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.models import Calendar, DayException, OfficeHours
from motcua.foundation.calendars.types import (
    CalendarNotFound,
    DayKind,
    DayStatus,
    SpecialDays,
    WeekHours,
    WorkingCalendar,
)

RECHECK_SECONDS = 10.0
_MAX_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Entry:
    pk: int
    code: str
    agency_id: int | None
    revision: int
    since: date | None
    until: date | None

    def is_valid(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


_lock = threading.Lock()
_register: tuple[float, dict[int | None, list[_Entry]]] | None = None
_kept: dict[tuple[_Entry, ...], WorkingCalendar] = {}


def forget_calendars() -> None:
    """Drop what is kept: called after a change here, and by tests between databases."""
    global _register
    _register = None
    _kept.clear()


def _entries() -> dict[int | None, list[_Entry]]:
    """Return calendars by agency; one query at most every ten seconds."""
    global _register
    kept = _register
    if kept is not None and time.monotonic() - kept[0] < RECHECK_SECONDS:
        return kept[1]
    found: dict[int | None, list[_Entry]] = {}
    for pk, code, agency_id, revision, valid in Calendar.objects.values_list(
        "pk", "code", "agency_id", "revision", "valid"
    ):
        found.setdefault(agency_id, []).append(_Entry(pk, code, agency_id, revision, valid.lower, valid.upper))
    _register = (time.monotonic(), found)
    return found


def calendar_for(agency_id: int | None, *, on: date) -> WorkingCalendar:
    """Return the calendar of an agency on a day. See `selectors.calendar_for`."""
    entries = _entries()
    province = _valid(entries.get(None), on)
    own = _valid(entries.get(agency_id), on) if agency_id is not None else None
    return _calendar(province, own)


def calendar_by_code(code: str, *, on: date) -> WorkingCalendar:
    """Return a calendar by its code. See `selectors.calendar_by_code`."""
    entries = _entries()
    known = [entry for group in entries.values() for entry in group]
    wanted = next((entry for entry in known if entry.code == code), None)
    if wanted is None:
        raise CalendarNotFound(code=code, known=", ".join(sorted(entry.code for entry in known)) or "-")
    if wanted.agency_id is None:
        return _calendar(wanted, None)
    return _calendar(_valid(entries.get(None), on), wanted)


def _valid(group: list[_Entry] | None, on: date) -> _Entry | None:
    return next((entry for entry in group or () if entry.is_valid(on)), None)


def _calendar(province: _Entry | None, own: _Entry | None) -> WorkingCalendar:
    key = tuple(entry for entry in (province, own) if entry is not None)
    if not key:
        return packaged.packaged_calendar()
    kept = _kept.get(key)
    if kept is not None:
        return kept
    with _lock:
        if len(_kept) >= _MAX_KEPT:
            _kept.clear()
        _kept[key] = made = _make(key)
    return made


def _make(key: tuple[_Entry, ...]) -> WorkingCalendar:
    ids = [entry.pk for entry in key]
    hours = list(OfficeHours.objects.filter(calendar_id__in=ids).order_by("pk"))
    days = list(DayException.objects.filter(calendar_id__in=ids).order_by("pk"))
    week_layers = [[_week_hours(row) for row in hours if row.calendar_id == pk] for pk in ids]
    day_layers = [[_special_days(row) for row in days if row.calendar_id == pk] for pk in ids]
    if key[0].agency_id is not None:  # an agency's own calendar before the province's is loaded
        week_layers.insert(0, list(packaged.office_hours()))
        day_layers.insert(0, list(packaged.special_days()))
    return make_calendar(code=key[-1].code, revision=key[-1].revision, hours=week_layers, special_days=day_layers)


def _week_hours(row: OfficeHours) -> WeekHours:
    return WeekHours(
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        open_for_reception=row.open_for_reception,
        counts_for_deadlines=row.counts_for_deadlines,
        since=row.valid.lower,
        until=row.valid.upper,
    )


def _special_days(row: DayException) -> SpecialDays:
    return SpecialDays(
        kind=DayKind(row.kind),
        since=row.valid.lower,
        until=row.valid.upper,
        name=row.name,
        name_en=row.name_en,
        status=DayStatus(row.status),
        replaces_on=row.replaces_on,
    )
