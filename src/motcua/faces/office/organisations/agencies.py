"""The tree of agencies as of a day, and one agency with its whole story."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.faces.design import formatting
from motcua.faces.office.fields import DayField
from motcua.faces.office.organisations.forms import ContactForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.types import (
    AgencyCard,
    AgencyKind,
    AgencyStory,
    Directory,
    IdentifierScheme,
    Kin,
    ReorganisationState,
)

HERE = "office:organisations"
FOUND_AT_MOST = 100
_OPEN_AT_START = 12


@act("organisations.see")
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Show the agencies of a day as a tree, or those that fit a search."""
    at = clock.now()
    today = civil_day(at)
    on, bad_day = _day(request.GET.get("on", ""), today)
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    listing = organisations.directory(on=on)
    cards = list(listing.agencies.values())
    kinds = Counter(card.kind for card in cards)
    searching = bool(text or kind in AgencyKind.values)
    rows = _found(listing, text, kind) if searching else []
    context = {
        "on": on,
        "is_today": on == today,
        "bad_day": bad_day,
        "text": text,
        "kind": kind,
        "kinds": [(value, label, kinds[value]) for value, label in AgencyKind.choices if kinds[value]],
        "total": len(cards),
        "roots": [] if searching else _branches(listing),
        "searching": searching,
        "rows": rows[:FOUND_AT_MOST],
        "found": len(rows),
        "days": _days(today, on),
        "may_reorganise": can(request.actor, "organisations.reorganise"),  # type: ignore[attr-defined]
    }
    return page(request, "office/organisations/tree.html", context, here=HERE, at=at)


def _day(said: str, today: date) -> tuple[date, bool]:
    """Return the day asked for, and whether it could not be read."""
    if not said:
        return today, False
    try:
        day = DayField(required=False).clean(said)
    except Exception:  # noqa: BLE001 - whatever was typed, the page of today is the answer
        return today, True
    return (day, False) if day and 1900 < day.year < 2100 else (today, True)


def _branches(listing: Directory) -> list[dict[str, Any]]:
    """Return the roots with everything below them, in the directory's order."""
    children: dict[int | None, list[AgencyCard]] = defaultdict(list)
    for card in listing.agencies.values():
        children[card.parent_id if card.parent_id in listing.agencies else None].append(card)

    def branch(card: AgencyCard) -> dict[str, Any]:
        below = [branch(item) for item in _sorted(children[card.id])]
        return {
            "card": card,
            "label": AgencyKind(card.kind).label,
            "below": below,
            "count": len(listing.below[card.id]) - 1,
        }

    return [branch(card) for card in _sorted(children[None])]


_ORDER = {kind: place for place, kind in enumerate(AgencyKind.values)}


def _sorted(cards: list[AgencyCard]) -> list[AgencyCard]:
    """Departments first, communes later; the order of names stays within a kind."""
    return sorted(cards, key=lambda card: _ORDER[card.kind])


def _found(listing: Directory, text: str, kind: str) -> list[dict[str, Any]]:
    wanted = fold(text)
    named = organisations.agency_with_identifier(text.upper(), on=listing.on) if text else None
    return [
        {"card": card, "label": AgencyKind(card.kind).label, "path": _path(listing, card)}
        for card in listing.agencies.values()
        if (not kind or card.kind == kind)
        and (
            not wanted
            or card.id == named
            or wanted in fold(card.name)
            or wanted in fold(card.short_name)
            or wanted in card.code.lower()
        )
    ]


def _path(listing: Directory, card: AgencyCard) -> str:
    names: list[str] = []
    above = listing.agencies.get(card.parent_id or 0)
    while above is not None and len(names) < 10:
        names.append(above.short_name)
        above = listing.agencies.get(above.parent_id or 0)
    return " › ".join(reversed(names))


def _days(today: date, on: date) -> list[dict[str, Any]]:
    """Return days worth looking at: today, and the eve of each reorganisation carried out."""
    states = [ReorganisationState.CARRIED_OUT, ReorganisationState.UNDER_WAY]
    done = {card.on for card in organisations.reorganisations(states=states)}
    found = [{"label": _("Today"), "url": reverse(HERE), "current": on == today, "count": None}]
    for day in sorted(done, reverse=True)[:4]:
        eve = day - timedelta(days=1)
        label = _("Before %(day)s") % {"day": formatting.day(day, "plain")}
        found.append({"label": label, "url": f"{reverse(HERE)}?on={eve}", "current": on == eve, "count": None})
    return found


@act("organisations.see")
@require_GET
def agency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one agency: names over time, who it took over from, identifiers, houses, whom it serves."""
    at = clock.now()
    today = civil_day(at)
    story = organisations.story_of(public_id)
    listing = organisations.directory(on=today)
    card = listing.find(story.id)
    units = [item for item in listing.agencies.values() if item.parent_id == story.id]
    context = {
        "story": story,
        "card": card,
        "name": story.moments[0].name if story.moments else story.code,
        "name_en": story.moments[0].name_en if get_language() == "en" and story.moments else "",
        "is_here": story.id in listing.agencies,
        "ended": story.moments[0].until if story.moments and story.id not in listing.agencies else None,
        "kind": AgencyKind(story.kind).label,
        "parent": listing.find(card.parent_id) if card else None,
        "predecessors": _by_act(story.predecessors),
        "successors": _by_act(story.successors),
        "units": [{"card": item, "label": AgencyKind(item.kind).label} for item in _sorted(units)],
        "houses": _houses(story, today),
        "identifiers": [{"line": line, "order": IdentifierScheme(line.scheme).label} for line in story.identifiers],
        "calendar_url": f"{reverse('office:calendars')}?agency={story.id}",
        "may_see_posts": can(request.actor, "staff.posts", story.id),  # type: ignore[attr-defined]
        "may_name": can(request.actor, "organisations.name"),  # type: ignore[attr-defined]
    }
    return page(request, "office/organisations/agency.html", context, here=HERE, at=at)


def _by_act(kin: tuple[Kin, ...]) -> list[dict[str, Any]]:
    """Return kin by the act that made them so, the latest first."""
    groups: dict[tuple[date, str], list[Kin]] = defaultdict(list)
    for item in kin:
        groups[item.on, item.legal_basis].append(item)
    ordered = sorted(groups.items(), key=lambda group: group[0], reverse=True)
    return [{"on": on, "basis": basis, "kin": found} for (on, basis), found in ordered]


def _houses(story: AgencyStory, today: date) -> list[dict[str, Any]]:
    return [
        {"house": house, "desks": [desk for desk in house.desks.all() if today in desk.valid]}
        for house in organisations.premises_of(story.id, on=today)
    ]


@act("organisations.name")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change how an agency is reached, and record a new official identifier."""
    at = clock.now()
    today = civil_day(at)
    story = organisations.story_of(public_id)
    card = organisations.agency(story.id, on=today)
    kept = {name: getattr(card, name) for name in ("address", "phone", "email", "website")}
    form, status = ContactForm(request.POST or None, initial=kept), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(form, story.id, today)
                messages.success(request, _("Saved."))
                return redirect("office:agency", public_id)
            except Refusal as refusal:
                form.add_error("identifier", str(refusal))
                status = refusal.http_status
    context = {"form": form, "story": story, "name": card.name, "back_url": reverse("office:agency", args=[public_id])}
    return page(request, "office/organisations/edit.html", context, here=HERE, status=status, at=at)


def _save(form: ContactForm, agency_id: int, today: date) -> None:
    entered = form.cleaned_data
    if entered["identifier"]:
        services.record_identifier(
            agency_id=agency_id, value=entered["identifier"].strip().upper(), since=entered["identifier_since"]
        )
    contact = {name: entered[name].strip() for name in ("address", "phone", "email", "website")}
    services.change_contact(agency_id=agency_id, on=today, **contact)
