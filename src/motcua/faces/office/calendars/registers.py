"""The register of downtimes, and the rosters of lunch and Saturday desks."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.faces.office.calendars.choosing import Chosen, chosen, must
from motcua.faces.office.calendars.drawing import WEEKDAYS
from motcua.faces.office.calendars.forms import DowntimeForm, EndForm, TurnForm
from motcua.faces.office.calendars.telling import span_words
from motcua.faces.office.calendars.views import HERE, tabs
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import act, can, check
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services
from motcua.foundation.calendars.types import TurnKind, Whose
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role

ROWS = 25
AT_DESKS = (Role.RECEPTIONIST, Role.OFFICER)


@act("calendars.see")
@require_http_methods(["GET", "POST"])
def downtimes(request: HttpRequest) -> HttpResponse:
    """List downtimes, newest first, and record another."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    whose = chosen(request, on=civil_day(at))
    may_record = can(actor, "calendars.downtime")
    form, status = DowntimeForm(request.POST or None), 200
    if request.method == "POST":
        check("calendars.downtime", actor)
        status = _recorded(request, form, at=at)
        if status == 302:
            return redirect("office:downtimes")
    before = _instant(request.GET.get("before", ""))
    found = calendars.recorded_downtimes(limit=ROWS + 1, before=before)
    last = found[ROWS - 1].starts_at.isoformat() if len(found) > ROWS else ""
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, "office:downtimes"),
        "rows": [{"down": down, "whose": Whose(down.whose).label, "end": EndForm()} for down in found[:ROWS]],
        "form": form if may_record else None,
        "older_url": whose.url("office:downtimes", before=last) if last else "",
        "newer_url": whose.url("office:downtimes") if before else "",
    }
    return page(request, "office/calendars/downtimes.html", context, here=HERE, status=status, at=at)


def _recorded(request: HttpRequest, form: DowntimeForm, *, at: datetime) -> int:
    """Record what was entered; return 302, or the status of the page that shows what is wrong."""
    if not form.is_valid():
        return 422
    starts_at, ends_at = form.instants()
    try:
        services.record_downtime(
            whose=form.cleaned_data["whose"],
            starts_at=starts_at,
            ends_at=ends_at,
            note=form.cleaned_data["note"],
            counts=form.counts,
            decision=form.cleaned_data["decision"] if form.counts is not None else "",
            by=request.actor.person_id,  # type: ignore[attr-defined]
            at=at,
        )
    except Refusal as refusal:
        return form.refuse(refusal)
    messages.success(request, _("The downtime is recorded; it shows in the ledger of every dossier it touched."))
    return 302


@act("calendars.downtime")
@require_POST
def withdraw_downtime(request: HttpRequest, downtime_id: int) -> HttpResponse:
    """Take back a downtime recorded by mistake, with the reason."""
    at = clock.now()
    try:
        services.withdraw_downtime(
            downtime_id=downtime_id,
            reason=request.POST.get("reason", "")[:300],
            by=request.actor.person_id,  # type: ignore[attr-defined]
            at=at,
        )
    except Refusal as refusal:
        messages.error(request, _said(refusal))
    else:
        messages.success(request, _("The downtime is withdrawn; due dates are counted without it."))
    return redirect("office:downtimes")


def _said(refusal: Refusal) -> str:
    sentences = [str(sentence) for part in getattr(refusal, "fields", {}).values() for sentence in part]
    return " ".join(sentences) or str(refusal)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


@act("calendars.downtime")
@require_POST
def end_downtime(request: HttpRequest, downtime_id: int) -> HttpResponse:
    """Say when a system came back."""
    at = clock.now()
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write day and hour of the end, as in 24/11/2026 and 14:05."))
        return redirect("office:downtimes")
    try:
        services.end_downtime(
            downtime_id=downtime_id,
            ends_at=form.instant(),
            by=request.actor.person_id,  # type: ignore[attr-defined]
            at=at,
        )
    except Refusal as refusal:
        messages.error(request, _said(refusal))
    else:
        messages.success(request, _("The end is recorded."))
    return redirect("office:downtimes")


@act("calendars.rosters")
@require_http_methods(["GET", "POST"])
def rosters(request: HttpRequest) -> HttpResponse:
    """Show who sits at the desk at lunch and on Saturdays, and enter turns."""
    at = clock.now()
    today = civil_day(at)
    whose = chosen(request, on=today, own_first=True)
    if whose.agency_id is not None:
        must(request, "calendars.rosters", whose.ref)
    form, status = TurnForm(request.POST or None, people=_people(whose, on=today)), 200
    if request.method == "POST":
        must(request, "calendars.roster", whose.ref)
        status = _entered(request, form, whose, at=at)
        if status == 302:
            return redirect(whose.url("office:rosters"))
    turns = calendars.desk_turns([whose.agency_id], since=today, until=date.max) if whose.agency_id else []
    names = accounts.person_names({turn.person_id for turn in turns if turn.person_id})
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, "office:rosters"),
        "rows": [_row(turn, names) for turn in turns],
        "days": _next_days(turns, names, whose, since=today),
        "form": form if whose.may_roster else None,
    }
    return page(request, "office/calendars/rosters.html", context, here=HERE, status=status, at=at)


def _people(whose: Chosen, *, on: date) -> list[tuple[int, str]]:
    """Return who may sit at the desk: receptionists and officers of the agency and its units, by name."""
    if whose.agency_id is None:
        return []
    units = organisations.directory(on=on).below.get(whose.agency_id, frozenset({whose.agency_id}))
    found = {pair for unit in units for role in AT_DESKS for pair in accounts.holders(unit, role, on=on)}
    return sorted(found, key=lambda pair: pair[1])


def _entered(request: HttpRequest, form: TurnForm, whose: Chosen, *, at: datetime) -> int:
    if whose.agency_id is None or not form.is_valid():
        return 422
    try:
        services.enter_desk_turn(
            agency_id=whose.agency_id,
            by=request.actor.person_id,  # type: ignore[attr-defined]
            at=at,
            **form.given(),
        )
    except Refusal as refusal:
        return form.refuse(refusal)
    messages.success(request, _("The turn is entered. Citizens see the desk open at that time."))
    return 302


def _row(turn: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "turn": turn,
        "kind": TurnKind(turn.kind).label,
        "weekday": WEEKDAYS[turn.weekday - 1] if turn.weekday else _("every day"),
        "dates": span_words(turn.since, turn.until_on),
        "who": names.get(turn.person_id or 0, ""),
    }


def _next_days(turns: list[Any], names: dict[int, str], whose: Chosen, *, since: date) -> list[dict[str, Any]]:
    """Return the turns of the coming two weeks day by day; on days off only those entered for the very day."""
    days = []
    closed = calendars.calendar_for(whose.agency_id, on=since).days_off
    for day in (since + timedelta(days=offset) for offset in range(14)):
        on_day = [
            turn
            for turn in turns
            if turn.since <= day
            and (turn.until_on is None or day <= turn.until_on)
            and (turn.weekday is None or (turn.weekday == day.isoweekday() and day not in closed))
        ]
        if on_day:
            days.append({"day": day, "turns": [_row(turn, names) for turn in on_day]})
    return days


@act("calendars.roster")
@require_POST
def remove_turn(request: HttpRequest, turn_id: int) -> HttpResponse:
    """End a turn from today on."""
    at = clock.now()
    whose = chosen(request, on=civil_day(at), own_first=True)
    must(request, "calendars.roster", whose.ref)
    services.remove_desk_turn(turn_id=turn_id, agency_id=whose.agency_id or 0, on=civil_day(at))
    messages.success(request, _("The turn is ended."))
    return redirect(whose.url("office:rosters"))
