"""The structure on the eve of a reorganisation, as plain values that deriving and checking work on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from motcua.foundation.organisations.models import Agency, AgencyPeriod
from motcua.foundation.organisations.types import Change, ItemAct


@dataclass(frozen=True, slots=True)
class Unit:
    """One agency on the eve. `is_open`: its period has no end, and none follows."""

    id: int
    code: str
    kind: str
    division_kind: str
    parent: str
    name: str
    is_open: bool = True


@dataclass(frozen=True)
class Structure:
    """All agencies of the eve by code, their children, every code ever given, and what is there on the day already."""

    units: Mapping[str, Unit]
    taken: frozenset[str]
    children: Mapping[str, list[str]] = field(default_factory=dict)
    present: frozenset[str] = frozenset()


def structure_before(on: date) -> Structure:
    """Return the structure of the day before `on`. Four queries, whatever the number of agencies."""
    codes = dict(Agency.objects.values_list("pk", "code"))
    eve = on - timedelta(days=1)
    later = set(AgencyPeriod.objects.filter(valid__startswith__gte=on).values_list("agency_id", flat=True))
    rows = AgencyPeriod.objects.filter(valid__contains=eve).values_list(
        "agency_id", "agency__kind", "division_kind", "parent_id", "name", "valid"
    )
    units = {
        codes[agency_id]: Unit(
            id=agency_id,
            code=codes[agency_id],
            kind=kind,
            division_kind=division_kind,
            parent=codes.get(parent_id, ""),
            name=name,
            is_open=valid.upper is None and agency_id not in later,
        )
        for agency_id, kind, division_kind, parent_id, name, valid in rows.order_by("sort_key", "pk")
    }
    present = AgencyPeriod.objects.filter(valid__contains=on).values_list("agency_id", flat=True)
    return made_of(units, taken=frozenset(codes.values()), present=frozenset(codes[agency_id] for agency_id in present))


def made_of(
    units: Mapping[str, Unit], *, taken: frozenset[str] = frozenset(), present: frozenset[str] = frozenset()
) -> Structure:
    """Return the structure of these units."""
    children: dict[str, list[str]] = defaultdict(list)
    for unit in units.values():
        if unit.parent:
            children[unit.parent].append(unit.code)
    return Structure(units, taken | units.keys(), children, present | units.keys())


def heirs_of(changes: Iterable[Change]) -> dict[str, str]:
    """Return the main heir's code of every agency that ends, '' for one without."""
    heirs: dict[str, str] = {}
    for change in changes:
        if not change.ends:
            continue
        if change.act != ItemAct.SPLIT or change.is_default or change.agency_code not in heirs:
            heirs[change.agency_code] = change.target_code
    return heirs
