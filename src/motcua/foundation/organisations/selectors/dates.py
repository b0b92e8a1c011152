"""The structure of any date: who took over from whom between two days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection

from motcua.foundation.organisations.models import AgencyPeriod, AgencySuccession

# Every agency of day a with all it became by day b: a divided one has several lines, the main heir's flagged.
_BETWEEN = """
WITH RECURSIVE walk AS (
  SELECT p.agency_id AS origin, p.agency_id AS place, TRUE AS main, 0 AS depth FROM organisations_agency_period p
  WHERE p.valid @> %(a)s::date
  UNION
  SELECT w.origin, s.successor_id, w.main AND s.is_default, w.depth + 1
  FROM walk w JOIN organisations_succession s ON s.predecessor_id = w.place
  WHERE s."on" > %(a)s AND s."on" <= %(b)s AND w.depth < 50
)
SELECT w.origin, w.place, bool_or(w.main) AS main FROM walk w
JOIN organisations_agency_period p ON p.agency_id = w.place AND p.valid @> %(b)s::date
GROUP BY w.origin, w.place ORDER BY w.origin, bool_or(w.main) DESC, w.place
"""


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
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, {"a": a, "b": b})
        for origin, place, _main in cursor.fetchall():
            found[origin].append(place)
    return {origin: tuple(places) for origin, places in found.items()}


# From every agency of a day along the main heirs, with every later agency on the way.
_ALONG = """
WITH RECURSIVE walk AS (
  SELECT p.agency_id AS origin, p.agency_id AS place, 0 AS depth FROM organisations_agency_period p
  WHERE p.valid @> %(on)s::date
  UNION
  SELECT w.origin, s.successor_id, w.depth + 1 FROM walk w
  JOIN organisations_succession s ON s.predecessor_id = w.place AND s.is_default
  WHERE s."on" > %(on)s AND w.depth < 50
)
SELECT place, min(origin) FROM walk GROUP BY place HAVING count(DISTINCT origin) = 1
"""


def in_structure_of(agency_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return under which agency of the structure of `on` each agency counts, for reports by any structure.

    An agency that ended counts under its main heir. One founded later counts under the agency it was made of when that
    is one alone; made of several, it cannot be parted and counts as itself.
    """
    wanted = set(agency_ids)
    found = successors_of(wanted, on=on)
    if wanted - found.keys():
        with connection.cursor() as cursor:
            cursor.execute(_ALONG, {"on": on})
            origins = dict(cursor.fetchall())
        found |= {agency_id: origins.get(agency_id, agency_id) for agency_id in wanted - found.keys()}
    return found


def counting_under(agency_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return every other agency, ended or later, that counts under one of these in the structure of `on`."""
    wanted = set(agency_ids)
    everyone = set(AgencySuccession.objects.values_list("predecessor_id", flat=True))
    everyone |= set(AgencySuccession.objects.values_list("successor_id", flat=True))
    return {other: line for other, line in in_structure_of(everyone, on=on).items() if line in wanted and other != line}
