"""The structure of any date: who took over from whom between two days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from motcua.foundation.organisations.models import AgencyPeriod, AgencySuccession


def successor_of(agency_id: int, *, on: date) -> int | None:
    """Return the agency that does on `on` what `agency_id` did: itself while it exists, else its main heir.

    None where the line ends before that day: the agency was abolished without a successor.
    """
    return successors_of([agency_id], on=on).get(agency_id)


def successors_of(agency_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return the main heir on `on` by agency id; those without one are left out. Two queries and one a reform."""
    wanted = set(agency_ids)
    places = {item: item for item in wanted}
    found: dict[int, int] = {}
    for _reform in range(50):
        here = set(places.values())
        alive = set(
            AgencyPeriod.objects.filter(agency_id__in=here, valid__contains=on).values_list("agency_id", flat=True)
        )
        found |= {item: place for item, place in places.items() if place in alive}
        places = {item: place for item, place in places.items() if place not in alive}
        if not places:
            break
        links = AgencySuccession.objects.filter(predecessor_id__in=set(places.values()), is_default=True, on__lte=on)
        heirs = dict(links.order_by("on").values_list("predecessor_id", "successor_id"))
        places = {item: heirs[place] for item, place in places.items() if place in heirs}
    return found


def mapping_between(a: date, b: date) -> dict[int, tuple[int, ...]]:
    """Return what every agency of day `a` is on day `b`, the main heir first; an agency that goes on is its own.

    Backwards (`b` before `a`) it is what every agency of `a` was made of. Agencies that lead nowhere are left out.
    """
    if b < a:
        made_of: dict[int, list[int]] = defaultdict(list)
        for former, later in mapping_between(b, a).items():
            for agency_id in later:
                made_of[agency_id].append(former)
        return {agency_id: tuple(former) for agency_id, former in made_of.items()}
    there, links = _living(b), _links(a, b)
    found = {}
    for agency_id in _living(a):
        places = [place for place in _along(agency_id, links) if place in there]
        if places:
            found[agency_id] = tuple(places)
    return found


_Links = dict[int, list[tuple[int, bool]]]


def _living(on: date) -> set[int]:
    return set(AgencyPeriod.objects.filter(valid__contains=on).values_list("agency_id", flat=True))


def _links(a: date, b: date | None = None) -> _Links:
    """Return (successor, whether it is the main heir) by predecessor after day `a`, up to `b`; main heirs first."""
    rows = AgencySuccession.objects.filter(on__gt=a)
    rows = rows.filter(on__lte=b) if b else rows
    found: _Links = defaultdict(list)
    for former, heir, is_main in rows.order_by("on", "-is_default", "pk").values_list(
        "predecessor_id", "successor_id", "is_default"
    ):
        found[former].append((heir, is_main))
    return found


def _along(agency_id: int, links: _Links) -> list[int]:
    """Return the agency and all that came of it, those on the line of main heirs first."""
    main: list[int] = [agency_id]
    others: list[int] = []
    waiting = [(agency_id, True)]
    seen = {agency_id}
    while waiting:
        place, on_line = waiting.pop(0)
        for heir, is_main in links.get(place, ()):
            if heir in seen:
                continue
            seen.add(heir)
            (main if on_line and is_main else others).append(heir)
            waiting.append((heir, on_line and is_main))
    return [*main, *others]


def in_structure_of(agency_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return under which agency of the structure of `on` each agency counts, for reports by any structure.

    An agency that ended counts under its main heir. One founded later counts under the agency it was made of when that
    is one alone; made of several, it cannot be parted and counts as itself.
    """
    wanted = set(agency_ids)
    found = successors_of(wanted, on=on)
    if wanted - found.keys():
        origins = _origins(on)
        found |= {agency_id: origins.get(agency_id, agency_id) for agency_id in wanted - found.keys()}
    return found


def _origins(on: date) -> dict[int, int]:
    """Return the one agency of `on` that became each later one along the main heirs; those made of several left out."""
    heirs = {former: [heir for heir in found if heir[1]] for former, found in _links(on).items()}
    made_of: dict[int, set[int]] = defaultdict(set)
    for agency_id in _living(on):
        for place in _along(agency_id, heirs):
            made_of[place].add(agency_id)
    return {place: origins.pop() for place, origins in made_of.items() if len(origins) == 1}


def counting_under(agency_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return every other agency, ended or later, that counts under one of these in the structure of `on`."""
    wanted = set(agency_ids)
    everyone = set(AgencySuccession.objects.values_list("predecessor_id", flat=True))
    everyone |= set(AgencySuccession.objects.values_list("successor_id", flat=True))
    return {other: line for other, line in in_structure_of(everyone, on=on).items() if line in wanted and other != line}
