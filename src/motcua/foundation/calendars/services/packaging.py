"""The packaged calendar brought into the database, and calendars made for agencies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import history, loading, packaged
from motcua.foundation.calendars.events import CalendarChanged
from motcua.foundation.calendars.models import Calendar, CalendarEdit, DayException, OfficeHours
from motcua.foundation.calendars.services.ruling import load_packaged_rules
from motcua.foundation.calendars.types import CalendarWithoutHours, EditKind, SpecialDays, WeekHours
from motcua.foundation.core import outbox

PROVINCE = "province"


@transaction.atomic
def load_packaged_calendar(*, at: datetime, code: str = PROVINCE) -> int:
    """Bring the province's calendar up to the packaged one; return how many rows changed (0 the second time).

    Creates the calendar with the packaged week if there is none. Packaged days are added, changed or removed; what was
    entered, changed or taken out by hand stays so, also where the package says otherwise. Office hours of an existing
    calendar stay. The packaged rules of counting come along.
    """
    load_packaged_rules(at=at)
    calendar = Calendar.objects.select_for_update().filter(agency_id=None, code=code).first()
    changed, is_new = 0, calendar is None
    if calendar is None:
        calendar = Calendar.objects.create(
            code=code,
            name="Lịch làm việc của tỉnh",
            name_en="Calendar of the province",
            changed_at=at,
            valid=DateRange(None, None),
        )
        changed += add_hours(calendar, packaged.office_hours())
    state = history.state_of(calendar)
    days = _bring_days_up(calendar)
    if days and not is_new:
        _note_loading(calendar, days, state, at=at)
    return finish(calendar, changed + len(days), at=at)


def _note_loading(calendar: Calendar, days: list[date], state: dict[str, Any], *, at: datetime) -> None:
    """Put what the package changed into the history, and tell those who count time."""
    edit = CalendarEdit.objects.create(
        calendar=calendar,
        kind=EditKind.LOADED,
        after={"dates": [day.isoformat() for day in days]},
        first_on=days[0],
        last_on=days[-1],
        changed_at=at,
        state_before=state,
    )
    announce(edit, at=at)


def announce(edit: CalendarEdit, *, at: datetime) -> None:
    """Write the event of an entry of the history into the outbox."""
    outbox.publish(
        CalendarChanged(
            change_id=edit.pk,
            calendar_id=edit.calendar_id,
            agency_id=edit.calendar.agency_id,
            first_day=edit.first_on,
            last_day=edit.last_on,
            reason=edit.reason,
            by=edit.person_id,
        ),
        at=at,
    )


def _bring_days_up(calendar: Calendar) -> list[date]:
    """Add, change and remove packaged days; return the days changed, in order."""
    rows = list(DayException.objects.filter(calendar=calendar).order_by("pk"))
    present = {row.valid.lower: row for row in rows if row.is_packaged}
    by_hand = [row.valid for row in rows if not row.is_packaged]
    taken_out = _taken_out(calendar)
    wanted = {
        days.since: days
        for days in packaged.special_days()
        if days.since.isoformat() not in taken_out
        and not any(span.lower <= days.since < span.upper for span in by_hand)
    }
    changed = {since for since, days in wanted.items() if since not in present or not _same(present[since], days)}
    gone = present.keys() - wanted.keys()
    stale = [row.pk for since, row in present.items() if since in changed | gone]
    DayException.objects.filter(pk__in=stale).delete()
    DayException.objects.bulk_create(day_row(calendar, wanted[since], is_packaged=True) for since in sorted(changed))
    return sorted(changed | gone)


def _taken_out(calendar: Calendar) -> set[str]:
    """Return the first days of the entries that people took out or replaced: the package does not bring them back."""
    kinds = (EditKind.DAYS_REMOVED, EditKind.DAYS_CHANGED)
    edits = CalendarEdit.objects.filter(calendar=calendar, kind__in=kinds).values_list("before", flat=True)
    return {days["since"] for before in edits for days in before.get("days", ())}


def _same(row: DayException, days: SpecialDays) -> bool:
    return (row.kind, row.name, row.name_en, row.status, row.replaces_on, row.source, row.valid.upper) == (
        days.kind,
        days.name,
        days.name_en,
        days.status,
        days.replaces_on,
        days.source,
        days.until,
    )


def day_row(calendar: Calendar, days: SpecialDays, *, is_packaged: bool) -> DayException:
    """Return an unsaved row of special days."""
    return DayException(
        calendar=calendar,
        kind=days.kind,
        name=days.name,
        name_en=days.name_en,
        status=days.status,
        replaces_on=days.replaces_on,
        source=days.source,
        is_packaged=is_packaged,
        valid=DateRange(days.since, days.until),
    )


def add_hours(calendar: Calendar, hours: Sequence[WeekHours]) -> int:
    """Save office hours; return how many."""
    rows = [
        OfficeHours(
            calendar=calendar,
            weekday=row.weekday,
            starts=row.starts,
            ends=row.ends,
            open_for_reception=row.open_for_reception,
            counts_for_deadlines=row.counts_for_deadlines,
            valid=DateRange(row.since, row.until),
        )
        for row in hours
    ]
    return len(OfficeHours.objects.bulk_create(rows))


def finish(calendar: Calendar, changed: int, *, at: datetime) -> int:
    """Give a changed calendar its next revision, so that no process keeps the old one; return `changed`."""
    if changed:
        calendar.revision += 1
        calendar.changed_at = at
        calendar.save(update_fields=["revision", "changed_at"])
        loading.forget_calendars()
        transaction.on_commit(loading.forget_calendars)
    return changed


@transaction.atomic
def create_calendar(
    *,
    code: str,
    agency_id: int,
    name: str,
    name_en: str = "",
    hours: Sequence[WeekHours] = (),
    since: date | None = None,
    until: date | None = None,
    at: datetime,
) -> int:
    """Give an agency a calendar of its own from `since` up to but not including `until`; return its id.

    Without `hours` it keeps the province's week and may differ in special days only.

    Raises:
        CalendarWithoutHours: hours are given, but none counts for deadlines.
    """
    if hours and not any(row.counts_for_deadlines for row in hours):
        raise CalendarWithoutHours(code=code)
    calendar = Calendar.objects.create(
        code=code, agency_id=agency_id, name=name, name_en=name_en, changed_at=at, valid=DateRange(since, until)
    )
    add_hours(calendar, hours)
    finish(calendar, 1, at=at)
    return calendar.pk
