"""Offers follow an agency that ends to its heir: what it took in, the heir takes in from the day on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures.models import Offer, OfferException
from motcua.foundation.organisations.types import Follower, Inheritance

# Where the heir takes the procedure in already, or two predecessors did, one offer is enough.
_MOVE = """
WITH heir (from_id, to_id) AS (SELECT * FROM unnest(%(ended)s::bigint[], %(heirs)s::bigint[])),
old AS MATERIALIZED (
  SELECT o.*, heir.to_id FROM procedures_offer o JOIN heir ON heir.from_id = o.agency_id
  WHERE o.valid @> (%(on)s::date - 1) AND (upper(o.valid) IS NULL OR upper(o.valid) > %(on)s)
), closed AS (
  UPDATE procedures_offer o SET valid = daterange(lower(o.valid), %(on)s) FROM old WHERE o.id = old.id
), opened AS (
  INSERT INTO procedures_offer (public_id, agency_id, valid, {names})
  SELECT gen_random_uuid(), old.to_id, daterange(%(on)s, upper(old.valid)), {values}
  FROM old WHERE old.to_id IS NOT NULL ORDER BY old.id
  ON CONFLICT DO NOTHING
)
SELECT count(*) FROM old
"""


@cache
def _statement() -> str:
    held = {"id", "public_id", "agency_id", "valid"}
    own = [str(field.column) for field in Offer._meta.concrete_fields if field.column not in held]
    return _MOVE.replace("{names}", ", ".join(own)).replace("{values}", ", ".join(f"old.{column}" for column in own))


def _count(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    rows = Offer.objects.filter(agency_id__in=list(agency_ids), valid__contains=on)
    return {key: number for key, number in rows.order_by().values_list("agency_id").annotate(n=Count("pk")) if key}


def _follow(who: Inheritance, at: datetime, batch: int) -> int:
    ended = sorted(who.ended)
    values: dict[str, Any] = {"ended": ended, "heirs": [who.heirs.get(item) for item in ended], "on": who.on}
    with connection.cursor() as cursor:
        cursor.execute(_statement(), values)
        moved = int(cursor.fetchone()[0])
    if moved:
        transaction.on_commit(_forget)
    return moved


def _forget() -> None:
    from motcua.casework.procedures.selectors import forget_choices

    forget_choices()


# A commune that does not take what all others take: so does a new commune when all that it was made of did not.
_EXCEPT = """
WITH heir (from_id, to_id) AS (SELECT * FROM unnest(%(ended)s::bigint[], %(heirs)s::bigint[])),
founded AS (
  SELECT heir.to_id, count(*) AS parts FROM heir
  WHERE NOT EXISTS (
    SELECT FROM organisations_agency_period p WHERE p.agency_id = heir.to_id AND lower(p.valid) < %(on)s
  )
  GROUP BY heir.to_id
)
INSERT INTO procedures_offer_exception (offer_id, agency_id)
SELECT e.offer_id, founded.to_id FROM procedures_offer_exception e
JOIN procedures_offer o ON o.id = e.offer_id AND (upper(o.valid) IS NULL OR upper(o.valid) > %(on)s)
JOIN heir ON heir.from_id = e.agency_id JOIN founded ON founded.to_id = heir.to_id
GROUP BY e.offer_id, founded.to_id, founded.parts HAVING count(*) = founded.parts
ON CONFLICT DO NOTHING
"""


def _count_exceptions(agency_ids: Sequence[int], on: date) -> Mapping[int, int]:
    rows = OfferException.objects.filter(agency_id__in=list(agency_ids), offer__valid__contains=on)
    return dict(rows.order_by().values_list("agency_id").annotate(n=Count("pk")))


def _follow_exceptions(who: Inheritance, at: datetime, batch: int) -> int:
    pairs = sorted(who.heirs.items())
    values: dict[str, Any] = {"ended": [key for key, _to in pairs], "heirs": [to for _key, to in pairs], "on": who.on}
    with connection.cursor() as cursor:
        cursor.execute(_EXCEPT, values)
        moved = int(cursor.rowcount)
    if moved:
        transaction.on_commit(_forget)
    return moved


FOLLOWERS = (
    Follower("procedures.offers", _("Offers of procedures"), 50, _count, _follow, at_once=True),
    Follower(
        "procedures.exceptions", _("Procedures not taken in"), 51, _count_exceptions, _follow_exceptions, at_once=True
    ),
)
