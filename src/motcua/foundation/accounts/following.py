"""People follow their posts: who held a post of an agency that ended holds the post that continues it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.models import InspectionOrder, PostHolding, Substitution
from motcua.foundation.organisations.types import Follower, Inheritance

# Also for seconded people whose sending agency ended while their post goes on: then the same post begins anew, which is
# why nothing may be opened before the former row is closed.
_MOVE = """
WITH heir (from_id, to_id) AS (SELECT * FROM unnest(%(ended)s::bigint[], %(heirs)s::bigint[])),
old AS MATERIALIZED (
  SELECT h.*, n.id AS new_post FROM accounts_post_holding h
  JOIN organisations_post o ON o.id = h.post_id
  LEFT JOIN organisations_post n ON n.continues_id = o.id AND lower(n.valid) = %(on)s
  WHERE (o.unit_id = ANY(%(all)s) OR h.home_agency_id = ANY(%(all)s))
    AND h.valid @> (%(on)s::date - 1) AND (upper(h.valid) IS NULL OR upper(h.valid) > %(on)s)
), closed AS (
  UPDATE accounts_post_holding h SET valid = daterange(lower(h.valid), %(on)s) FROM old WHERE h.id = old.id
  RETURNING h.id
), opened AS (
  INSERT INTO accounts_post_holding (public_id, post_id, home_agency_id, valid, {names})
  SELECT gen_random_uuid(), coalesce(old.new_post, old.post_id), coalesce(heir.to_id, CASE WHEN heir.from_id IS NULL
    THEN old.home_agency_id END), daterange(%(on)s, upper(old.valid)), {values}
  FROM closed JOIN old ON old.id = closed.id JOIN organisations_post p ON p.id = old.post_id
  LEFT JOIN heir ON heir.from_id = old.home_agency_id
  WHERE old.new_post IS NOT NULL OR p.unit_id <> ALL(%(all)s)
  RETURNING 1
)
SELECT count(*) FROM old
"""

# An absence that goes on over the reform: whoever stands in does so for the post that continues the former one.
_STAND_IN = """
INSERT INTO accounts_substitution (absence_id, post_id, substitute_id, capacity, authority)
SELECT s.absence_id, n.id, s.substitute_id, s.capacity, s.authority FROM accounts_substitution s
JOIN accounts_absence a ON a.id = s.absence_id
JOIN organisations_post o ON o.id = s.post_id
JOIN organisations_post n ON n.continues_id = o.id AND lower(n.valid) = %(on)s
WHERE o.unit_id = ANY(%(all)s) AND (upper(a.valid) IS NULL OR upper(a.valid) > %(on)s)
ON CONFLICT DO NOTHING
"""


@cache
def _statement() -> str:
    """Return the statement; every column that holdings have goes along, also those that come later."""
    held = {"id", "public_id", "post_id", "home_agency_id", "valid"}
    own = [str(field.column) for field in PostHolding._meta.concrete_fields if field.column not in held]
    return _MOVE.replace("{names}", ", ".join(own)).replace("{values}", ", ".join(f"old.{column}" for column in own))


def _count(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    rows = PostHolding.objects.filter(post__unit_id__in=list(agency_ids), valid__contains=on)
    return dict(rows.order_by().values_list("post__unit_id").annotate(number=Count("pk")))


def _follow(who: Inheritance, at: datetime, batch: int) -> int:
    ended = sorted(who.ended)
    values: dict[str, Any] = {
        "all": ended,
        "ended": ended,
        "heirs": [who.heirs.get(item) for item in ended],
        "on": who.on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(), values)
        return int(cursor.fetchone()[0])


def _count_stand_ins(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    rows = Substitution.objects.filter(post__unit_id__in=list(agency_ids), absence__valid__endswith__gt=on)
    return dict(rows.order_by().values_list("post__unit_id").annotate(number=Count("pk")))


def _follow_stand_ins(who: Inheritance, at: datetime, batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_STAND_IN, {"all": sorted(who.ended), "on": who.on})
        return int(cursor.rowcount)


# An order that runs on names the heir too; the ended agency stays named, for what was received there.
_NAME_HEIRS = """
WITH heir (from_id, to_id) AS (SELECT * FROM unnest(%(ended)s::bigint[], %(heirs)s::bigint[])),
added AS (
  SELECT o.id, array_agg(DISTINCT heir.to_id ORDER BY heir.to_id) AS units
  FROM accounts_inspection_order o JOIN heir ON heir.from_id = ANY(o.unit_ids)
  WHERE o.revoked_at IS NULL AND upper(o.valid) > %(on)s AND NOT heir.to_id = ANY(o.unit_ids) GROUP BY o.id
)
UPDATE accounts_inspection_order o SET unit_ids = o.unit_ids || added.units FROM added WHERE o.id = added.id
"""


def _count_orders(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    found: dict[int, int] = {}
    rows = InspectionOrder.objects.filter(
        unit_ids__overlap=list(agency_ids), revoked_at__isnull=True, valid__endswith__gt=on
    )
    for units in rows.values_list("unit_ids", flat=True):
        for unit in set(units) & set(agency_ids):
            found[unit] = found.get(unit, 0) + 1
    return found


def _follow_orders(who: Inheritance, at: datetime, batch: int) -> int:
    pairs = sorted(who.heirs.items())
    values: dict[str, Any] = {"ended": [key for key, _to in pairs], "heirs": [to for _key, to in pairs], "on": who.on}
    with connection.cursor() as cursor:
        cursor.execute(_NAME_HEIRS, values)
        return int(cursor.rowcount)


FOLLOWERS = (
    Follower("accounts.people", _("People"), 5, _count, _follow, needs_home=True, at_once=True),
    Follower("accounts.stand_ins", _("Substitutions"), 6, _count_stand_ins, _follow_stand_ins, at_once=True),
    Follower("accounts.orders", _("Orders of inspection"), 7, _count_orders, _follow_orders, at_once=True),
)
