"""The story of one agency: its names over time, its kin, its identifiers, whom it serves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.models import Agency, AgencyArea, AgencyIdentifier, AgencyPeriod, AgencySuccession
from motcua.foundation.organisations.types import AgencyMoment, AgencyStory, IdentifierLine, IdentifierScheme, Kin
from motcua.foundation.organisations.types.identifiers import parse, written

_Names = dict[int, list[AgencyPeriod]]


def story_of(public_id: UUID) -> AgencyStory:
    """Return the whole story of an agency, whenever it existed. A fixed number of queries.

    Raises:
        NotFound: no such agency.
    """
    agency = Agency.objects.filter(public_id=public_id).first()
    if agency is None:
        raise NotFound
    before = list(AgencySuccession.objects.filter(successor=agency).select_related("predecessor", "reorganisation"))
    after = list(AgencySuccession.objects.filter(predecessor=agency).select_related("successor", "reorganisation"))
    own = list(AgencyPeriod.objects.filter(agency=agency).order_by("valid"))
    kin = {link.predecessor_id for link in before} | {link.successor_id for link in after}
    names = _names({agency.pk} | kin | {item.parent_id for item in own if item.parent_id})
    parents = {item.parent_id for key in kin for item in names[key] if item.parent_id} - names.keys()
    names |= _names(parents)
    return AgencyStory(
        id=agency.pk,
        public_id=agency.public_id,
        code=agency.code,
        kind=agency.kind,
        is_demonstration=agency.is_demonstration,
        moments=tuple(_moments(own, names)),
        predecessors=tuple(
            sorted((_kin(link, link.predecessor, names, eve=True) for link in before), key=lambda item: item.name)
        ),
        successors=tuple(
            sorted(
                (_kin(link, link.successor, names, eve=False) for link in after),
                key=lambda item: (not item.is_default, item.name),
            )
        ),
        identifiers=tuple(_identifiers(agency)),
        area=tuple(_area(agency)),
    )


def _names(agency_ids: Iterable[int]) -> _Names:
    found: _Names = defaultdict(list)
    for period in AgencyPeriod.objects.filter(agency_id__in=set(agency_ids)).order_by("valid"):
        found[period.agency_id].append(period)
    return found


def _at(names: _Names, agency_id: int | None, day: date | None) -> AgencyPeriod | None:
    """Return the period of an agency on a day; else its nearest one."""
    periods = names.get(agency_id or 0, [])
    for period in periods:
        if day is None or ((period.valid.lower or date.min) <= day < (period.valid.upper or date.max)):
            return period
    return periods[-1] if periods else None


def _name_at(names: _Names, agency_id: int | None, day: date | None) -> str:
    period = _at(names, agency_id, day)
    return period.name if period else ""


def _moments(own: list[AgencyPeriod], names: _Names) -> Iterable[AgencyMoment]:
    for period in reversed(own):
        yield AgencyMoment(
            name=period.name,
            short_name=period.short_name,
            name_en=period.name_en,
            parent_id=period.parent_id,
            parent_name=_name_at(names, period.parent_id, period.valid.lower),
            address=period.address,
            since=period.valid.lower,
            until=period.valid.upper,
        )


def _kin(link: AgencySuccession, other: Agency, names: _Names, *, eve: bool) -> Kin:
    day = link.on - timedelta(days=1) if eve else link.on
    period = _at(names, other.pk, day)
    return Kin(
        id=other.pk,
        public_id=other.public_id,
        code=other.code,
        name=period.name if period else other.code,
        parent_name=_name_at(names, period.parent_id, day) if period else "",
        on=link.on,
        is_default=link.is_default,
        legal_basis=link.legal_basis,
        reorganisation=link.reorganisation.public_id if link.reorganisation else None,
    )


def _identifiers(agency: Agency) -> Iterable[IdentifierLine]:
    for item in AgencyIdentifier.objects.filter(agency=agency).order_by("scheme", "-valid"):
        parsed = parse(item.value)
        others = [scheme for scheme in IdentifierScheme.values if scheme != item.scheme]
        other = written(parsed, others[0]) if parsed else None
        yield IdentifierLine(item.scheme, item.value, other or "", item.valid.lower, item.valid.upper)


def _area(agency: Agency) -> Iterable[str]:
    """Yield the names of the places served now, by name."""
    places = AgencyArea.objects.filter(agency=agency, valid__endswith__isnull=True).values("place_id")
    periods = AgencyPeriod.objects.filter(agency_id__in=places, valid__endswith__isnull=True)
    yield from periods.order_by("sort_key").values_list("short_name", flat=True)


def identifier_of(agency_id: int, *, scheme: str, on: date) -> str:
    """Return the agency's identifier in that order on a day, converted where only the other one is kept, else ''."""
    kept = dict(AgencyIdentifier.objects.filter(agency_id=agency_id, valid__contains=on).values_list("scheme", "value"))
    if scheme in kept:
        return kept[scheme]
    for value in kept.values():
        parsed = parse(value)
        return (written(parsed, scheme) if parsed else None) or ""
    return ""


def agency_with_identifier(text: str, *, on: date) -> int | None:
    """Return the agency that an identifier of either order names on a day; zeros in front of a group do not count."""
    parsed = parse(text)
    if parsed is None:
        return None
    written_so = {value for scheme in IdentifierScheme.values if (value := written(parsed, scheme))} | {text.strip()}
    rows = AgencyIdentifier.objects.filter(valid__contains=on)
    exact = rows.filter(value__in=written_so).values_list("agency_id", flat=True).first()
    if exact is not None:
        return exact
    near = rows.filter(value__startswith=parsed.levels[0]).values_list("value", "agency_id")
    return next((agency_id for value, agency_id in near if (kept := parse(value)) and kept.key == parsed.key), None)
