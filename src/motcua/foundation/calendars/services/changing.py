"""Changing a calendar: one act, one entry of the history, one event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import history, loading, proposing
from motcua.foundation.calendars.models import Calendar, CalendarEdit, DayException, OfficeHours
from motcua.foundation.calendars.services import packaging
from motcua.foundation.calendars.types import (
    CalendarChange,
    CalendarNotFound,
    EditKind,
    ReasonNeeded,
    SpecialDays,
    WeekHours,
)
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal


def change_calendar(*, change: CalendarChange, reason: str, by: int | None, at: datetime) -> int:
    """Carry out a change of a calendar; return the id of its entry in the history.

    The open dossiers that it reaches are computed anew by those who listen to `CalendarChanged`.

    Args:
        by: person id; None for the system.

    Raises:
        NothingToChange, SpecialDaysNotFound, DaysWrong, DaysOverlap, HoursWrong: what was entered cannot be.
        CalendarWithoutHours: no time would count any more.
        ReasonNeeded: days that are not in the future are touched without a reason.
    """
    try:
        with transaction.atomic():
            return _carry_out(change, reason=reason, by=by, at=at)
    except Refusal:
        loading.forget_calendars()  # what was read inside the transaction may never have been
        raise


def _carry_out(change: CalendarChange, *, reason: str, by: int | None, at: datetime) -> int:
    on = civil_day(at)
    calendar, is_new = _locked(change, at=at)
    loading.forget_calendars()
    proposing.proposed_calendar(change.agency_id, change, on=on)
    days = list(DayException.objects.filter(calendar=calendar).order_by("pk"))
    _kept, added = proposing.checked_days(change, [(row.pk, loading.special_days(row)) for row in days])
    removed = [loading.special_days(row) for row in days if row.pk in change.remove]
    first_on, last_on = proposing.span_between([*removed, *added], change, on=on)
    if first_on <= on and not reason.strip():
        raise ReasonNeeded(
            {"reason": [str(ReasonNeeded.message) % {"day": f"{first_on:%d/%m/%Y}"}]}, day=f"{first_on:%d/%m/%Y}"
        )
    state = history.state_of(calendar)
    hours = _change_hours(calendar, change, on=on)
    DayException.objects.filter(calendar=calendar, pk__in=change.remove).delete()
    DayException.objects.bulk_create(packaging.day_row(calendar, row, is_packaged=False) for row in added)
    edit = CalendarEdit.objects.create(
        calendar=calendar,
        kind=_kind(change, is_new=is_new),
        reason=reason.strip(),
        before=_plain(removed, hours[0]),
        after=_plain(added, hours[1]),
        first_on=first_on,
        last_on=last_on,
        person_id=by,
        changed_at=at,
        state_before=state,
    )
    packaging.announce(edit, at=at)
    packaging.finish(calendar, 1, at=at)
    return edit.pk


def _locked(change: CalendarChange, *, at: datetime) -> tuple[Calendar, bool]:
    """Return the calendar to change, locked; made first for an agency, or a province, that has none."""
    mine = Calendar.objects.select_for_update().filter(agency_id=change.agency_id, valid__contains=civil_day(at))
    calendar = mine.first()
    if calendar is None and change.agency_id is None:
        packaging.load_packaged_calendar(at=at)
        calendar = mine.first()
    if calendar is not None:
        return calendar, False
    if change.agency_id is None:
        raise CalendarNotFound(code=packaging.PROVINCE, known="-")
    return Calendar.objects.create(
        code=f"agency-{change.agency_id}",
        agency_id=change.agency_id,
        name=change.name or f"Lịch làm việc của cơ quan {change.agency_id}",
        changed_at=at,
        valid=DateRange(None, None),
    ), True


def _change_hours(calendar: Calendar, change: CalendarChange, *, on: date) -> tuple[list[WeekHours], list[WeekHours]]:
    """Put the new week in force; return what held from its first day on, and what does now."""
    if change.hours is None:
        return [], []
    since = change.since or on
    rows = list(OfficeHours.objects.filter(calendar=calendar).order_by("weekday", "starts"))
    present = [loading.week_hours(row) for row in rows]
    wanted = proposing.new_weeks(change, present, on=on)
    OfficeHours.objects.filter(calendar=calendar).delete()
    packaging.add_hours(calendar, wanted)
    before = [row for row in present if row.until is None or row.until > since]
    return before, [row for row in wanted if row.since == since and row.until is None]


def _kind(change: CalendarChange, *, is_new: bool) -> EditKind:
    if change.hours is not None:
        return EditKind.OWN if is_new else EditKind.HOURS
    if change.add and change.remove:
        return EditKind.DAYS_CHANGED
    return EditKind.DAYS_ADDED if change.add else EditKind.DAYS_REMOVED


def _plain(days: Sequence[SpecialDays], hours: Sequence[WeekHours]) -> dict[str, Any]:
    """Return days and hours as plain values for the history."""
    return {
        "days": [
            {
                "kind": str(row.kind),
                "since": row.since.isoformat(),
                "until": row.until.isoformat(),
                "name": row.name,
                "status": str(row.status),
                "source": row.source,
            }
            for row in days
        ],
        "hours": [
            {
                "weekday": row.weekday,
                "starts": f"{row.starts:%H:%M}",
                "ends": f"{row.ends:%H:%M}",
                "reception": row.open_for_reception,
                "counts": row.counts_for_deadlines,
            }
            for row in sorted(hours, key=lambda row: (row.weekday, row.starts))
        ],
    }


def record_special_days(
    *, calendar_code: str, days: SpecialDays, at: datetime, reason: str = "", by: int | None = None
) -> None:
    """Enter a holiday, closure or make-up day by hand; packaged rows of the same days give way.

    Raises:
        CalendarNotFound: no calendar has the code.
    """
    calendar = Calendar.objects.filter(code=calendar_code).first()
    if calendar is None:
        known = Calendar.objects.order_by("code").values_list("code", flat=True)
        raise CalendarNotFound(code=calendar_code, known=", ".join(known) or "-")
    covered = DayException.objects.filter(
        calendar=calendar, is_packaged=True, valid__contained_by=DateRange(days.since, days.until)
    )
    change = CalendarChange(calendar.agency_id, add=(days,), remove=tuple(covered.values_list("pk", flat=True)))
    change_calendar(change=change, reason=reason or days.source or days.name, by=by, at=at)


def record_recomputation(
    *, change_id: int, looked_at: int, moved: int, acceptances: int = 0, finished: bool, at: datetime
) -> None:
    """Say how far the recomputation after a change is: totals so far. The same report twice changes nothing."""
    CalendarEdit.objects.filter(pk=change_id).update(
        looked_at=looked_at, moved=moved, acceptances=acceptances, recomputed_at=at if finished else None
    )
