"""From a form to a change of a calendar, and what it would do to open dossiers before anybody says yes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import Moved
from motcua.faces.office.calendars import forms, previewing
from motcua.faces.office.calendars.choosing import Chosen
from motcua.faces.office.calendars.previewing import Preview
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import (
    CalendarChange,
    DayEntry,
    DayKind,
    SpecialDaysNotFound,
    WeekHours,
)
from motcua.foundation.core.clock import civil_day


@dataclass(frozen=True, slots=True)
class What:
    """One kind of change: its form, title, and whether it is about an entry that is there already."""

    form: type[forms.ChangeForm]
    title: str | Promise
    of_entry: bool = False


WHATS: Mapping[str, What] = {
    "closure": What(forms.ClosureForm, _("Close offices")),
    "day-off": What(forms.DayOffForm, _("Add a day off")),
    "swap": What(forms.SwapForm, _("Swap a working day")),
    "hours": What(forms.HoursForm, _("Change office hours")),
    "edit": What(forms.DayOffForm, _("Change an entry"), of_entry=True),
    "remove": What(forms.RemovalForm, _("Remove an entry"), of_entry=True),
}


def entry_of(chosen: Chosen, text: str, *, on: date) -> DayEntry:
    """Return the entry of this very calendar with that id.

    Raises:
        SpecialDaysNotFound: it is gone, inherited from the province, or another calendar's.
    """
    every = calendars.day_entries(chosen.agency_id, since=date(2000, 1, 1), until=date(2100, 1, 1), on=on)
    found = next((row for row in every if str(row.id) == text and not row.is_inherited), None)
    if found is None or found.id == 0:
        raise SpecialDaysNotFound
    return found


def form_of(what: str, chosen: Chosen, entry: DayEntry | None, data: Any, *, at: datetime) -> forms.ChangeForm:
    """Return the form, filled with what holds now."""
    on = civil_day(at)
    if what == "hours":
        initial = _week_now(calendars.week_in_force(chosen.agency_id, on=on)) | {"since": on + timedelta(days=1)}
        return forms.HoursForm(data, own=chosen.agency_id is not None, initial=initial)
    initial = {}
    if entry is not None:
        days = entry.days
        initial = {
            "kind": days.kind,
            "since": days.since,
            "until": days.until - timedelta(days=1),
            "name": days.name,
            "status": days.status,
            "source": days.source,
        }
    form = WHATS[what].form(data, initial=initial)
    if entry is not None and entry.days.kind == DayKind.MAKEUP and "kind" in form.fields:
        form.fields["kind"].choices = [(DayKind.MAKEUP.value, DayKind.MAKEUP.label)]  # type: ignore[attr-defined]
    return form


def _week_now(rows: Iterable[WeekHours]) -> dict[str, Any]:
    """Return the week in force as initial values: the first two stretches of each weekday."""
    initial: dict[str, Any] = {}
    for weekday, group in groupby(rows, key=lambda row: row.weekday):
        stretches = list(group)
        for part, row in zip(forms.PARTS, stretches, strict=False):
            initial[f"{part}_starts_{weekday}"] = row.starts
            initial[f"{part}_ends_{weekday}"] = row.ends
        first = stretches[0]
        only = "deadlines" if first.counts_for_deadlines else "reception"
        both = first.counts_for_deadlines and first.open_for_reception
        initial[f"purpose_{weekday}"] = "both" if both else only
    return initial


def change_of(form: forms.ChangeForm, chosen: Chosen, entry: DayEntry | None) -> CalendarChange:
    """Return the change that a valid form asks for."""
    return CalendarChange(
        agency_id=chosen.agency_id,
        add=form.days(),
        remove=(entry.id,) if entry else (),
        hours=form.hours(),
        since=form.since_day,
        name=f"Lịch làm việc: {chosen.name}"[:200] if chosen.agency_id else "",
    )


def check(change: CalendarChange, *, at: datetime) -> str:
    """Refuse what cannot be; return the digest that ties a preview to the change.

    Raises:
        Refusal: those of `calendars.services.change_calendar`.
    """
    on = civil_day(at)
    calendars.proposed_calendar(change.agency_id, change, on=on)
    return digest(change, on=on)


def preview(change: CalendarChange, *, at: datetime, moved: Moved | None = None) -> Preview:
    """Return what the change would do, `moved` where a job has computed it before.

    Raises:
        Refusal: those of `calendars.services.change_calendar`.
    """
    seen = check(change, at=at)
    first_on, last_on = calendars.span_of(change, on=civil_day(at))
    return Preview(first_on, last_on, moved or previewing.at_once(change, at=at), seen)


def digest(change: CalendarChange, *, on: date) -> str:
    """Return what ties a preview to the entries and to the state of the calendar that it was computed on."""
    kept = calendars.calendar_for(change.agency_id, on=on)
    return hashlib.sha256(repr((change, kept.code, kept.revision)).encode()).hexdigest()[:24]
