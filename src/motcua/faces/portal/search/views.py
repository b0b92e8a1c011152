"""Search results with mended slips, filters that are plain links and selects, and help when nothing fits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import AudienceGroup, Channel, ProcedureLevel, SearchPage
from motcua.faces.design import formatting
from motcua.faces.portal.hits import cards
from motcua.faces.portal.search.finding import LAST_PAGE, LONGEST_TEXT, PAGE, clean, found
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations

FILTERS = ("audience", "channel", "level", "field", "life_event", "agency")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter with how many hits it has."""

    value: str
    words: str
    count: int | None
    is_chosen: bool


@require_safe
@act("portal.read", public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Show the procedures that fit words and filters; without either, all of them by name."""
    now, lang = clock.now(), formatting.language()
    text = clean(request.GET.get("q", ""))[:LONGEST_TEXT]
    chosen = {name: clean(request.GET.get(name, ""))[:60] for name in FILTERS}
    number = min(max(1, _whole(request.GET.get("page", "1"))), LAST_PAGE)
    agency_id = _agency(chosen["agency"], on=now.date())
    plain = {name: chosen[name] for name in FILTERS if name != "agency"}
    page = found(text, on=now.date(), lang=lang, number=number, agency_id=agency_id, **plain)
    fields = {card.code: card.name for card in procedures.fields(on=now.date(), lang=lang)}
    context = {
        "text": text,
        "page": page,
        "cards": cards(page.results, on=now.date()),
        "chips": _chips(chosen, fields, on=now.date()),
        "newer": number - 1 if number > 1 else 0,
        "older": number + 1 if page.total > PAGE * number and number < LAST_PAGE else 0,
        "first": PAGE * (number - 1) + 1,
        "last": PAGE * (number - 1) + len(page.results),
    }
    return render(request, "portal/search/results.html", context | _options(page, chosen, fields))


@require_safe
@act("portal.read", public=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box while somebody types: at most five names as options."""
    text = clean(request.GET.get("q", ""))[:100]
    lines = procedures.suggest(text, on=clock.now().date(), lang=formatting.language()) if len(text) > 1 else ()
    return render(request, "portal/search/options.html", {"suggestions": lines})


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _agency(public_id: str, *, on: Any) -> int | None:
    cards_by_id = organisations.directory(on=on).agencies.values()
    return next((card.id for card in cards_by_id if card.public_id == public_id), None) if public_id else None


def _options(page: SearchPage, chosen: dict[str, str], fields: dict[str, str]) -> dict[str, list[Option]]:
    """Return the values offered by each filter: those that have hits, and the one chosen."""
    words: dict[str, dict[str, Any]] = {
        "audience": dict(AudienceGroup.choices),
        "channel": dict(Channel.choices),
        "level": {ProcedureLevel.COMMUNE: _("Commune, ward, special zone"), ProcedureLevel.PROVINCE: _("Province")},
        "field": fields,
    }
    return {
        f"{name}_options": [
            Option(value, str(label), page.facets.get(name, {}).get(value), chosen[name] == value)
            for value, label in values.items()
            if page.facets.get(name, {}).get(value) or chosen[name] == value
        ]
        for name, values in words.items()
    }


def _chips(chosen: dict[str, str], fields: dict[str, str], *, on: Any) -> list[tuple[str, str]]:
    """Return the filters in force as (name, words), to be taken away one by one."""
    words: dict[str, Callable[[], dict[str, Any]]] = {
        "audience": lambda: dict(AudienceGroup.choices),
        "channel": lambda: dict(Channel.choices),
        "level": lambda: dict(ProcedureLevel.choices),
        "field": lambda: fields,
        "life_event": lambda: {c.code: c.name for c in procedures.life_events(on=on, lang=formatting.language())},
        "agency": lambda: {c.public_id: c.name for c in organisations.directory(on=on).agencies.values()},
    }
    asked = [(name, value, words[name]()) for name, value in chosen.items() if value]
    return [(name, str(known[value])) for name, value, known in asked if value in known]
