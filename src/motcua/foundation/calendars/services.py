"""Changes of calendars."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import loading, packaged
from motcua.foundation.calendars.models import Calendar, DayException, OfficeHours
from motcua.foundation.calendars.types import CalendarNotFound, CalendarWithoutHours, SpecialDays, WeekHours

__all__ = ["create_calendar", "load_packaged_calendar", "record_special_days"]

PROVINCE = "province"


@transaction.atomic
def load_packaged_calendar(*, at: datetime, code: str = PROVINCE) -> int:
    """Bring the province's calendar up to the packaged one; return how many rows changed (0 the second time).

    Creates the calendar with the packaged week if there is none. Packaged days are added, changed or removed; days
    entered by hand stay, also where the package says otherwise. Office hours of an existing calendar stay.
    """
    calendar = Calendar.objects.select_for_update().filter(agency_id=None, code=code).first()
    changed = 0
    if calendar is None:
        calendar = Calendar.objects.create(
            code=code,
            name="Lịch làm việc của tỉnh",
            name_en="Calendar of the province",
            changed_at=at,
            valid=DateRange(None, None),
        )
        changed += _add_hours(calendar, packaged.office_hours())
    return _finish(calendar, changed + _bring_days_up(calendar), at=at)


def _bring_days_up(calendar: Calendar) -> int:
    rows = list(DayException.objects.filter(calendar=calendar).order_by("pk"))
    present = {row.valid.lower: row for row in rows if row.is_packaged}
    by_hand = [row.valid for row in rows if not row.is_packaged]
    wanted = {
        days.since: days
        for days in packaged.special_days()
        if not any(span.lower <= days.since < span.upper for span in by_hand)
    }
    changed = {since for since, days in wanted.items() if since not in present or not _same(present[since], days)}
    gone = present.keys() - wanted.keys()
    stale = [row.pk for since, row in present.items() if since in changed | gone]
    DayException.objects.filter(pk__in=stale).delete()
    DayException.objects.bulk_create(_day_row(calendar, wanted[since], is_packaged=True) for since in sorted(changed))
    return len(changed | gone)


def _same(row: DayException, days: SpecialDays) -> bool:
    return (row.kind, row.name, row.name_en, row.status, row.replaces_on, row.valid.upper) == (
        days.kind,
        days.name,
        days.name_en,
        days.status,
        days.replaces_on,
        days.until,
    )


def _day_row(calendar: Calendar, days: SpecialDays, *, is_packaged: bool) -> DayException:
    return DayException(
        calendar=calendar,
        kind=days.kind,
        name=days.name,
        name_en=days.name_en,
        status=days.status,
        replaces_on=days.replaces_on,
        is_packaged=is_packaged,
        valid=DateRange(days.since, days.until),
    )


def _add_hours(calendar: Calendar, hours: Sequence[WeekHours]) -> int:
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


def _finish(calendar: Calendar, changed: int, *, at: datetime) -> int:
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
    _add_hours(calendar, hours)
    _finish(calendar, 1, at=at)
    return calendar.pk


@transaction.atomic
def record_special_days(*, calendar_code: str, days: SpecialDays, at: datetime) -> None:
    """Enter a holiday, closure or make-up day by hand; packaged rows of the same days give way.

    Raises:
        CalendarNotFound: no calendar has the code.
    """
    calendar = Calendar.objects.select_for_update().filter(code=calendar_code).first()
    if calendar is None:
        known = Calendar.objects.order_by("code").values_list("code", flat=True)
        raise CalendarNotFound(code=calendar_code, known=", ".join(known) or "-")
    span = DateRange(days.since, days.until)
    DayException.objects.filter(calendar=calendar, is_packaged=True, valid__contained_by=span).delete()
    DayException.objects.bulk_create([_day_row(calendar, days, is_packaged=False)])
    _finish(calendar, 1, at=at)
