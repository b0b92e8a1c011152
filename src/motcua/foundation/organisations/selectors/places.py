"""Provinces and communes of a day to choose an address from: the country's list, one's own communes as registered."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from motcua.foundation.core.folding import fold
from motcua.foundation.organisations.selectors.directory import directory
from motcua.foundation.organisations.types import AgencyKind


@dataclass(frozen=True, slots=True)
class Place:
    """A province (`province` is '') or a commune of one, by the code of the statistics office."""

    code: str
    province: str
    name: str
    name_en: str


@cache
def _rows() -> tuple[tuple[Place, date, date | None], ...]:
    text = resources.files("motcua.foundation.organisations.data").joinpath("places.csv").read_text("utf-8")
    return tuple(
        (
            Place(row["code"], row["province"], row["name"], row["name_en"]),
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=8)
def _listed(on: date) -> dict[str, Place]:
    first = min(since for _place, since, _until in _rows())
    day = max(on, first)
    return {place.code: place for place, since, until in _rows() if since <= day and (until is None or day < until)}


def provinces(*, on: date) -> tuple[Place, ...]:
    """Return the provinces of a day by name."""
    found = (place for place in _listed(on).values() if not place.province)
    return tuple(sorted(found, key=lambda place: fold(place.name.split(" ", 1)[-1])))


def communes(province: str, *, on: date) -> tuple[Place, ...]:
    """Return the communes of a province on a day by name; of one's own province those that the directory knows."""
    listed = _listed(on)
    if province == own_province(on=on):
        found = [
            Place(card.ward_code, province, card.short_name, card.name_en)
            if card.ward_code not in listed
            else listed[card.ward_code]
            for card in directory(on=on).agencies.values()
            if card.kind == AgencyKind.COMMUNE and card.ward_code
        ]
    else:
        found = [place for place in listed.values() if place.province == province]
    return tuple(sorted(found, key=lambda place: fold(place.name.split(" ", 1)[-1])))


def own_province(*, on: date) -> str:
    """Return the province that the communes of the directory lie in, '' where none is known."""
    listed = _listed(on)
    for card in directory(on=on).agencies.values():
        if card.kind == AgencyKind.COMMUNE and card.ward_code in listed:
            return listed[card.ward_code].province
    return ""
