"""Reads of agencies. The directory of one day is kept in memory and made again after five minutes or a change."""

import threading
import time
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.models import Agency, AgencyPeriod, AgencySuccession, Desk, Post, Premises
from motcua.foundation.organisations.types import AgencyCard, AgencyKind, Directory

# Units of an agency that are no agencies of their own.
INNER_KINDS = frozenset({AgencyKind.DIVISION, AgencyKind.COMMUNE_CENTRE, AgencyKind.DISTRICT_OFFICE, AgencyKind.DESK})
_TTL_SECONDS = 300.0
_cache: dict[date, tuple[float, Directory]] = {}
_lock = threading.Lock()


def forget_directory() -> None:
    """Drop the kept directories; services call this after a change, tests between databases."""
    _cache.clear()


def directory(*, on: date) -> Directory:
    """Return all agencies as of `on`; one query at most every five minutes."""
    kept = _cache.get(on)
    if kept and time.monotonic() - kept[0] < _TTL_SECONDS:
        return kept[1]
    with _lock:
        made = _make(on)
        if len(_cache) > 8:
            _cache.clear()
        _cache[on] = (time.monotonic(), made)
    return made


def _make(on: date) -> Directory:
    begun = AgencyPeriod.objects.filter(Q(valid__startswith__lte=on) | Q(valid__startswith__isnull=True))
    periods = {}
    for period in begun.select_related("agency").order_by("valid", "pk"):  # the last one of an agency stays
        periods[period.agency_id] = period
    living = sorted((item for item in periods.values() if _holds(item, on)), key=lambda item: (item.sort_key, item.pk))
    cards = {period.agency_id: _card(period) for period in living}
    children: dict[int, list[int]] = defaultdict(list)
    for card in cards.values():
        if card.parent_id:
            children[card.parent_id].append(card.id)

    below: dict[int, frozenset[int]] = {}

    def collect(agency_id: int) -> frozenset[int]:
        if agency_id not in below:
            below[agency_id] = frozenset({agency_id}).union(*(collect(child) for child in children[agency_id]))
        return below[agency_id]

    for agency_id in cards:
        collect(agency_id)
    links = _links(on)
    former = {period.agency_id: _card(period) for period in periods.values() if period.agency_id not in cards}
    return Directory(
        on=on,
        agencies=cards,
        is_demonstration=any(period.agency.is_demonstration for period in living),
        below=below,
        by_code={card.code: card.id for card in cards.values()},
        former=former,
        heritage=_heritage(links, cards.keys()),
        changed_on=tuple(sorted({day for _ended, _heir, day in links}, reverse=True)),
    )


def _holds(period: AgencyPeriod, on: date) -> bool:
    return period.valid.upper is None or on < period.valid.upper


def _links(on: date) -> list[tuple[int, int, date]]:
    """Return (ended agency, main heir, day) of all reforms up to a day, the first one first."""
    rows = AgencySuccession.objects.filter(on__lte=on, is_default=True).order_by("on", "pk")
    return list(rows.values_list("predecessor_id", "successor_id", "on"))


def _heritage(links: list[tuple[int, int, date]], living: Collection[int]) -> dict[int, frozenset[int]]:
    """Return what each living agency took over as main heir, following the line over several reforms."""
    heirs = {ended: heir for ended, heir, _day in links}
    found: dict[int, set[int]] = defaultdict(set)
    for ended in heirs.keys() - set(living):
        place, seen = ended, {ended}
        while place not in living and place in heirs and heirs[place] not in seen:
            place = heirs[place]
            seen.add(place)
        if place in living:
            found[place].add(ended)
    return {agency_id: frozenset(ended) for agency_id, ended in found.items()}


def _card(period: AgencyPeriod) -> AgencyCard:
    agency = period.agency
    return AgencyCard(
        id=agency.pk,
        public_id=str(agency.public_id),
        code=agency.code,
        kind=agency.kind,
        level=period.level,
        name=period.name,
        short_name=period.short_name,
        name_en=period.name_en,
        parent_id=period.parent_id,
        division_kind=period.division_kind,
        place_kind=period.place_kind,
        ward_code=period.ward_code,
        address=period.address,
        phone=period.phone,
        email=period.email,
        website=period.website,
    )


def agency(agency_id: int, *, on: date) -> AgencyCard:
    """Return one agency as of `on`.

    Raises:
        NotFound: no such agency on that day.
    """
    card = directory(on=on).agencies.get(agency_id)
    if card is None:
        raise NotFound
    return card


def agency_ever(agency_id: int, *, on: date) -> AgencyCard:
    """Return an agency as of `on`, or as it was last when it had ended by then: for papers and histories.

    Raises:
        NotFound: it did not exist up to that day.
    """
    card = directory(on=on).find(agency_id)
    if card is None:
        raise NotFound
    return card


def agency_id_of(code: str) -> int | None:
    """Return the id of the agency with that code, whenever it existed."""
    return Agency.objects.filter(code=code).values_list("pk", flat=True).first()


def agency_of_unit(unit_id: int, *, on: date) -> int:
    """Return the id of the agency that `unit_id` belongs to: itself, or the first non-division above."""
    listing = directory(on=on)
    card = listing.find(unit_id)
    if card is None:
        raise NotFound
    while card.kind in INNER_KINDS and card.parent_id:
        above = listing.find(card.parent_id)
        if above is None:
            break
        card = above
    return card.id


def child_unit(agency_id: int, *, kind: str = "", division_kind: str = "", on: date) -> int | None:
    """Return the id of the unit of that kind directly below `agency_id`, if there is one.

    Without `kind` any unit that works on `division_kind` counts: a division of a commune, a department of the province.
    """
    for card in directory(on=on).agencies.values():
        if card.parent_id == agency_id and kind in {"", card.kind} and division_kind in {"", card.division_kind}:
            return card.id
    return None


def posts_of_unit(unit_id: int, *, on: date, role: str | None = None) -> list[Post]:
    """Return the posts of a unit valid on `on`, by title."""
    found = Post.objects.filter(unit_id=unit_id, valid__contains=on)
    if role:
        found = found.filter(role=role)
    return list(found.order_by("title", "pk"))


def premises_of(agency_id: int, *, on: date) -> list[Premises]:
    """Return the houses of a centre with their desks loaded, by name."""
    return list(
        Premises.objects.filter(agency_id=agency_id, valid__contains=on).prefetch_related("desks").order_by("name")
    )


def desks_of(agency_id: int, *, on: date) -> list[Desk]:
    """Return the desks of all premises of a centre, by number."""
    return list(
        Desk.objects.filter(premises__agency_id=agency_id, valid__contains=on)
        .select_related("premises")
        .order_by("premises__name", "number")
    )
