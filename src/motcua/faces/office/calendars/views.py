"""Looking at calendars, changing them, their history and the rules of counting."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers.types import TimePreviewView
from motcua.faces.office.calendars import changing, drawing, previewing, telling
from motcua.faces.office.calendars.choosing import Chosen, chosen, must, ref_of
from motcua.faces.office.calendars.exports import answer, moved_list
from motcua.faces.office.exporting import MOST_ROWS
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:calendars"
HISTORY_ROWS = 25
FIRST_YEAR, LAST_YEAR = 2020, 2035


@act("calendars.see")
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year of a calendar, or one month of it day by day."""
    at = clock.now()
    today = civil_day(at)
    whose = chosen(request, on=today)
    year, month = _year(request, today), _number(request, "month", 1, 12)
    kept = calendars.calendar_for(whose.agency_id, on=today)
    entries = calendars.day_entries(
        whose.agency_id,
        since=date(year, month or 1, 1),
        until=date(year, month, 28) + timedelta(days=4) if month else date(year + 1, 1, 1),
        on=today,
    )
    own = calendars.own_calendars(on=today)
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, HERE),
        "year": year,
        "month": month,
        "months": [] if month else drawing.year_of(kept, year, today=today),
        "lines": drawing.month_lines(kept, year, month, today=today) if month else [],
        "week": drawing.week_lines(kept, on=today),
        "entries": telling.entries(entries, whose),
        "legend": drawing.legend(),
        "weekdays": drawing.WEEKDAYS,
        "own": own.get(whose.agency_id) if whose.agency_id else None,
        "own_agencies": telling.own_agencies(own, whose, on=today),
        "is_loaded": None in own,
        "total_days": calendars.working_days_between(kept, date(year - 1, 12, 31), date(year, 12, 31)),
        "urls": _urls(whose, year, month),
        "changes": _changes(whose) if whose.may_edit else [],
    }
    return page(request, "office/calendars/calendar.html", context, here=HERE, at=at)


def _year(request: HttpRequest, today: date) -> int:
    return _number(request, "year", FIRST_YEAR, LAST_YEAR) or today.year


def _number(request: HttpRequest, name: str, least: int, most: int) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 5 and least <= int(said) <= most else None


def _urls(whose: Chosen, year: int, month: int | None) -> dict[str, str]:
    """Return the neighbours of a year or month, '' beyond what calendars cover."""
    step = date(year, month or 1, 1)
    before = step - timedelta(days=1) if month else date(year - 1, 1, 1)
    after = (step + timedelta(days=31)).replace(day=1) if month else date(year + 1, 1, 1)
    urls = {"year": whose.url(HERE, year=year)}
    for name, day in (("before", before), ("after", after)):
        inside = FIRST_YEAR <= day.year <= LAST_YEAR
        urls[name] = whose.url(HERE, year=day.year, month=day.month if month else None) if inside else ""
        urls[f"{name}_label"] = f"{day.month:02d}/{day.year}" if month else str(day.year)
    for kind in ("csv", "ics"):
        urls[kind] = f"{reverse('office:calendar-export', args=[kind])}{whose.query(year=year)}"
    return urls


def _changes(whose: Chosen) -> list[dict[str, Any]]:
    icons = {"closure": "cloud-off", "day-off": "calendar-plus", "swap": "repeat", "hours": "clock"}
    return [
        {"label": what.title, "url": whose.url("office:calendar-change", what=name), "icon": icons[name]}
        for name, what in changing.WHATS.items()
        if not what.of_entry
    ]


def tabs(request: HttpRequest, whose: Chosen, here: str) -> list[dict[str, Any]]:
    """Return the pages about calendars, those the person may open."""
    actor = request.actor  # type: ignore[attr-defined]
    found = [
        (HERE, _("Calendar"), "calendars.see"),
        ("office:calendar-history", _("History"), "calendars.see"),
        ("office:rosters", _("Desk turns"), "calendars.rosters"),
        ("office:downtimes", _("Downtimes"), "calendars.see"),
        ("office:deadline-rules", _("Rules of counting"), "calendars.see"),
    ]
    return [
        {"label": label, "url": whose.url(name), "current": name == here, "count": None}
        for name, label, code in found
        if can(actor, code)
    ]


@act("calendars.edit")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Enter a change, see what it would do to open dossiers, then confirm it.

    Raises:
        NotAllowed: the calendar belongs to an agency out of sight.
    """
    at = clock.now()
    today = civil_day(at)
    whose, what = chosen(request, on=today), request.GET.get("what", "")
    must(request, "calendars.edit", whose.ref)
    if what not in changing.WHATS:
        raise Http404
    kind = changing.WHATS[what]
    entry = changing.entry_of(whose, request.GET.get("entry", ""), on=today) if kind.of_entry else None
    kept = previewing.asked(request)
    if kept is not None and kept.moved is not None and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})  # the progress is over: the whole page anew
    if kept is not None and kept.moved is None and request.method == "GET":
        return _running(request, whose, kind.title, kept, at=at)
    data = request.POST if request.method == "POST" else previewing.entered_in(kept) if kept else None
    form = changing.form_of(what, whose, entry, data, at=at)
    seen, status = None, 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                wanted = changing.change_of(form, whose, entry)
                told = changing.check(wanted, at=at)
                if request.POST.get("confirm") and form.cleaned_data["seen"] == told:
                    return _carry_out(request, wanted, form.cleaned_data["reason"], at=at)
                known = kept.moved if kept and kept.seen == told else None
                if request.POST.get("list"):
                    return moved_list(known or previewing.at_once(wanted, at=at, rows=MOST_ROWS))
                if known is None and previewing.is_big(wanted, at=at):
                    return _by_job(request, whose, wanted, told, at=at)
                seen = changing.preview(wanted, at=at, moved=known)
                form.remember(seen.seen)
                status = 200
            except Refusal as refusal:
                seen, status = None, form.refuse(refusal)
    context = {
        "whose": whose,
        "what": what,
        "title": kind.title,
        "entry": telling.entries([entry], whose)[0] if entry else None,
        "form": form,
        "preview": seen,
        "is_again": bool(seen and request.POST.get("confirm")),
        "back_url": whose.url(HERE),
    }
    return page(request, "office/calendars/change.html", context, here=HERE, status=status, at=at)


def _by_job(request: HttpRequest, whose: Chosen, wanted: Any, seen: str, *, at: datetime) -> HttpResponse:
    """Leave the preview to a job, and go where its progress is shown."""
    public_id = previewing.start(request, wanted, seen, at=at)
    words = {"what": request.GET.get("what"), "entry": request.GET.get("entry"), "preview": public_id}
    return redirect(whose.url("office:calendar-change", **words))


def _running(
    request: HttpRequest, whose: Chosen, title: Any, kept: TimePreviewView, *, at: datetime
) -> HttpResponse:  # fmt: skip
    """Show how far the job is that computes a preview."""
    words = {"what": request.GET.get("what"), "entry": request.GET.get("entry")}
    again = whose.url("office:calendar-change", **words)
    context = previewing.progress(kept, at=at) | {"title": title, "name": whose.name, "back_url": again}
    return page(request, "office/calendars/previewing.html", context, here=HERE, at=at)


def _carry_out(request: HttpRequest, wanted: Any, reason: str, *, at: datetime) -> HttpResponse:
    person_id = request.actor.person_id  # type: ignore[attr-defined]
    change_id = services.change_calendar(change=wanted, reason=reason, by=person_id, at=at)
    messages.success(request, _("The calendar is changed. Due dates are computed anew now."))
    return redirect("office:calendar-done", change_id)


@act("calendars.see")
@require_GET
def done(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show one change with how far the recomputation of due dates is."""
    at = clock.now()
    told = calendars.edit(change_id)
    if told is None:
        raise Http404
    today = civil_day(at)
    ref = ref_of(told.agency_id, on=today)
    context = {
        "edit": telling.edits([told])[0],
        "name": telling.calendar_name(ref.agency_id, on=today),
        "is_running": told.recomputed_at is None and at - told.changed_at < timedelta(hours=1),
        "back_url": f"{reverse(HERE)}?agency={told.agency_id}" if told.agency_id else reverse(HERE),
        "now": at,
    }
    return page(request, "office/calendars/done.html", context, here=HERE, at=at)


@act("calendars.see")
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """List the changes of a calendar, newest first."""
    at = clock.now()
    whose = chosen(request, on=civil_day(at))
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 18 else None
    found = calendars.edits(agency_id=whose.agency_id, limit=HISTORY_ROWS + 1, before_id=before_id)
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, "office:calendar-history"),
        "edits": telling.edits(found[:HISTORY_ROWS]),
        "older_url": whose.url("office:calendar-history", before=found[HISTORY_ROWS - 1].id)
        if len(found) > HISTORY_ROWS
        else "",
        "newer_url": whose.url("office:calendar-history") if before_id else "",
    }
    return page(request, "office/calendars/history.html", context, here=HERE, at=at)


@act("calendars.see")
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """Return a year of a calendar as CSV, or its special days for a calendar program."""
    at = clock.now()
    today = civil_day(at)
    whose = chosen(request, on=today)
    kept = calendars.calendar_for(whose.agency_id, on=today)
    return answer(kind, kept, _year(request, today), name=whose.name, at=at)
