"""What a calendar was known to be at an earlier instant: its days and hours before the changes made since."""

from datetime import date, datetime
from typing import Any

from motcua.foundation.calendars import loading
from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.loading import Entry
from motcua.foundation.calendars.models import Calendar, CalendarEdit, DayException, OfficeHours
from motcua.foundation.calendars.plain import days_of, days_plain, hours_of, hours_plain
from motcua.foundation.calendars.types import CalendarAsOf, SpecialDays, WeekHours

Layer = tuple[list[WeekHours], list[SpecialDays]]


def state_of(calendar: Calendar) -> dict[str, Any]:
    """Return all days and hours of a calendar as plain values."""
    hours = OfficeHours.objects.filter(calendar=calendar).order_by("pk")
    days = DayException.objects.filter(calendar=calendar).order_by("valid", "pk")
    return {
        "hours": [hours_plain(loading.week_hours(row)) for row in hours],
        "days": [days_plain(loading.special_days(row)) for row in days],
    }


def calendar_as_of(agency_id: int | None, *, on: date, at: datetime) -> CalendarAsOf:
    """See `selectors.calendar_as_of`."""
    now = loading.calendar_for(agency_id, on=on)
    entries = [entry for entry in loading.entries_for(agency_id, on=on) if entry is not None]
    since = CalendarEdit.objects.filter(calendar_id__in=[entry.pk for entry in entries], changed_at__gt=at)
    later = list(since.order_by("calendar_id", "changed_at", "pk").values_list("calendar_id", "state_before"))
    if not later:
        return CalendarAsOf(now, is_exact=True, changes_since=0)
    first: dict[int, dict[str, Any] | None] = {}
    for calendar_id, state in later:
        first.setdefault(calendar_id, state)
    if any(state is None for state in first.values()):
        return CalendarAsOf(now, is_exact=False, changes_since=len(later))
    return CalendarAsOf(_laid_out(entries, first, now.code), is_exact=True, changes_since=len(later))


def _laid_out(entries: list[Entry], states: dict[int, dict[str, Any] | None], code: str) -> Any:
    layers = [_layer(entry, states.get(entry.pk)) for entry in entries]
    return make_calendar(
        code=code,
        hours=[hours for hours, _days in layers],
        special_days=[days for _hours, days in layers],
        rulebook=loading.rulebooks.rulebook(),
    )


def _layer(entry: Entry, state: dict[str, Any] | None) -> Layer:
    if state is not None:
        return [hours_of(row) for row in state["hours"]], [days_of(row) for row in state["days"]]
    layers = loading.layers_of(entry, None)
    return layers.weeks[0], [days for _pk, days in layers.days[0]]
