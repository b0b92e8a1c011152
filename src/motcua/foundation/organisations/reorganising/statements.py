"""The statements of the day: the whole structure changes in a handful of set-based statements, whatever the size.

Each takes the reorganisation (`%(id)s`) and its day (`%(on)s`). A period of the eve is closed with the day as its end,
never deleted; what goes on begins a new period that day. Nothing is written about what does not change.
"""

# ruff: noqa: S608 - what is put into the texts are constants of this module

from functools import cache

from motcua.foundation.organisations.models import Post

# Main heir of each agency that ends; an agency without one has none here.
_HEIR = """
heir AS (
  SELECT s.predecessor_id AS from_id, s.successor_id AS to_id FROM organisations_succession s
  WHERE s.reorganisation_id = %(id)s AND s.is_default
)"""
_ENDED = """
ended AS (
  SELECT DISTINCT a.id FROM organisations_reorganisation_item i JOIN organisations_agency a ON a.code = i.agency_code
  WHERE i.reorganisation_id = %(id)s
    AND (i.act IN ('merge', 'abolish') OR (i.act = 'split' AND NOT i.survives))
)"""
_CLOSED = "valid = daterange(lower(t.valid), %(on)s)"
_OPEN = "t.valid @> (%(on)s::date - 1) AND (upper(t.valid) IS NULL OR upper(t.valid) > %(on)s)"
_AFTER = "daterange(%(on)s, upper(f.valid))"

FOUND_PERIODS = """
INSERT INTO organisations_agency_period (agency_id, parent_id, level, name, short_name, name_en, sort_key,
  division_kind, place_kind, ward_code, address, phone, email, website, valid)
SELECT a.id, p.id, i.level, i.name, i.short_name, i.name_en, i.sort_key, i.division_kind, i.place_kind, i.ward_code,
  i.address, i.phone, '', '', daterange(%(on)s, NULL)
FROM organisations_reorganisation_item i
JOIN organisations_agency a ON a.code = i.agency_code
LEFT JOIN organisations_agency p ON p.code = i.parent_code
WHERE i.reorganisation_id = %(id)s AND i.act = 'create'
"""

# An agency may be renamed and moved at once: one new period holds both.
CHANGE_PERIODS = f"""
WITH change AS (
  SELECT i.agency_code, bool_or(i.act = 'move') AS moves, max(i.parent_code) FILTER (WHERE i.act = 'move') AS parent,
    max(i.name) AS name, max(i.short_name) AS short_name, max(i.name_en) AS name_en, max(i.sort_key) AS sort_key,
    max(i.address) AS address, max(i.phone) AS phone, max(i.place_kind) AS place_kind, max(i.ward_code) AS ward_code
  FROM organisations_reorganisation_item i
  WHERE i.reorganisation_id = %(id)s AND i.act IN ('rename', 'move') GROUP BY i.agency_code
), closed AS (
  UPDATE organisations_agency_period t SET {_CLOSED}
  FROM change c JOIN organisations_agency a ON a.code = c.agency_code
  WHERE t.agency_id = a.id AND {_OPEN}
  RETURNING t.*, c.moves, c.parent, c.name AS new_name, c.short_name AS new_short, c.name_en AS new_en,
    c.sort_key AS new_key, c.address AS new_address, c.phone AS new_phone, c.place_kind AS new_place,
    c.ward_code AS new_ward
)
INSERT INTO organisations_agency_period (agency_id, parent_id, level, name, short_name, name_en, sort_key,
  division_kind, place_kind, ward_code, address, phone, email, website, valid)
SELECT c.agency_id, CASE WHEN c.moves THEN p.id ELSE c.parent_id END, c.level, coalesce(nullif(new_name, ''), c.name),
  coalesce(nullif(new_short, ''), c.short_name), coalesce(nullif(new_en, ''), c.name_en),
  coalesce(nullif(new_key, ''), c.sort_key), c.division_kind, coalesce(nullif(new_place, ''), c.place_kind),
  coalesce(nullif(new_ward, ''), c.ward_code), coalesce(nullif(new_address, ''), c.address),
  coalesce(nullif(new_phone, ''), c.phone), c.email, c.website, daterange(%(on)s, NULL)
FROM closed c LEFT JOIN organisations_agency p ON p.code = c.parent
"""

END_PERIODS = f"""
WITH {_ENDED.strip()}
UPDATE organisations_agency_period t SET {_CLOSED} FROM ended e WHERE t.agency_id = e.id AND {_OPEN}
"""

LINK_SUCCESSORS = """
INSERT INTO organisations_succession (predecessor_id, successor_id, "on", is_default, legal_basis, reorganisation_id)
SELECT a.id, b.id, %(on)s, i.is_default AND NOT i.survives, %(basis)s, %(id)s
FROM organisations_reorganisation_item i
JOIN organisations_agency a ON a.code = i.agency_code
JOIN organisations_agency b ON b.code = i.target_code
WHERE i.reorganisation_id = %(id)s AND i.act IN ('merge', 'split', 'abolish') AND i.target_code <> ''
"""

END_IDENTIFIERS = f"""
WITH {_ENDED.strip()}
UPDATE organisations_identifier t SET {_CLOSED} FROM ended e WHERE t.agency_id = e.id AND {_OPEN}
"""


# Houses go on under the heir with their desks; posts go on in the heir's unit, at the same desk.
@cache
def move_places() -> str:
    """Return the statement; every column that posts have goes along, also those that come later."""
    held = {"id", "public_id", "unit_id", "desk_id", "continues_id", "valid"}
    own = [str(field.column) for field in Post._meta.concrete_fields if field.column not in held]
    names, values = ", ".join(own), ", ".join(f"f.{column}" for column in own)
    return _MOVE_PLACES.replace("{names}", names).replace("{values}", values)


_MOVE_PLACES = f"""
WITH {_ENDED.strip()}, {_HEIR.strip()}, house AS MATERIALIZED (
  SELECT t.*, h.to_id, nextval(pg_get_serial_sequence('organisations_premises', 'id')) AS new_id
  FROM organisations_premises t JOIN ended e ON e.id = t.agency_id LEFT JOIN heir h ON h.from_id = e.id WHERE {_OPEN}
), house_closed AS (
  UPDATE organisations_premises t SET {_CLOSED} FROM house f WHERE t.id = f.id
), house_opened AS (
  INSERT INTO organisations_premises (id, agency_id, name, address, phone, valid)
  SELECT f.new_id, f.to_id, f.name, f.address, f.phone, {_AFTER} FROM house f WHERE f.to_id IS NOT NULL
), desk AS MATERIALIZED (
  SELECT t.*, f.to_id, f.new_id AS new_premises, nextval(pg_get_serial_sequence('organisations_desk', 'id')) AS new_id
  FROM organisations_desk t JOIN house f ON f.id = t.premises_id WHERE {_OPEN}
), desk_closed AS (
  UPDATE organisations_desk t SET {_CLOSED} FROM desk f WHERE t.id = f.id
), desk_opened AS (
  INSERT INTO organisations_desk (id, premises_id, number, name, valid)
  SELECT f.new_id, f.new_premises, f.number, f.name, {_AFTER} FROM desk f WHERE f.to_id IS NOT NULL
), post AS MATERIALIZED (
  SELECT t.*, h.to_id, coalesce(d.new_id, t.desk_id) AS new_desk
  FROM organisations_post t JOIN ended e ON e.id = t.unit_id LEFT JOIN heir h ON h.from_id = e.id
  LEFT JOIN desk d ON d.id = t.desk_id AND d.to_id IS NOT NULL WHERE {_OPEN}
), post_closed AS (
  UPDATE organisations_post t SET {_CLOSED} FROM post f WHERE t.id = f.id
), post_opened AS (
  INSERT INTO organisations_post (public_id, unit_id, desk_id, continues_id, valid, {{names}})
  SELECT gen_random_uuid(), f.to_id, f.new_desk, f.id, {_AFTER}, {{values}}
  FROM post f WHERE f.to_id IS NOT NULL RETURNING 1
)
SELECT (SELECT count(*) FROM house), (SELECT count(*) FROM desk), (SELECT count(*) FROM post_opened)
"""

# Whoever served an ended place serves all its successors; an ended server's places go to its heir.
MOVE_AREAS = f"""
WITH {_ENDED.strip()}, {_HEIR.strip()}, area AS MATERIALIZED (
  SELECT t.* FROM organisations_area t
  WHERE {_OPEN} AND (t.agency_id IN (SELECT id FROM ended) OR t.place_id IN (SELECT id FROM ended))
), closed AS (
  UPDATE organisations_area t SET {_CLOSED} FROM area f WHERE t.id = f.id
)
INSERT INTO organisations_area (agency_id, place_id, valid)
SELECT DISTINCT CASE WHEN f.agency_id IN (SELECT id FROM ended) THEN h.to_id ELSE f.agency_id END,
  CASE WHEN f.place_id IN (SELECT id FROM ended) THEN s.successor_id ELSE f.place_id END, {_AFTER}
FROM area f
LEFT JOIN heir h ON h.from_id = f.agency_id
LEFT JOIN organisations_succession s ON s.predecessor_id = f.place_id AND s.reorganisation_id = %(id)s
WHERE (h.to_id IS NOT NULL OR f.agency_id NOT IN (SELECT id FROM ended))
  AND (s.successor_id IS NOT NULL OR f.place_id NOT IN (SELECT id FROM ended))
ON CONFLICT DO NOTHING
"""

TELL = """
INSERT INTO core_outbox_event (topic, subject, payload, occurred_at)
SELECT 'organisations.agency_succeeded', s.predecessor_id::text, jsonb_build_object(
  'predecessor_id', s.predecessor_id, 'successor_id', s.successor_id, 'is_default', s.is_default,
  'on', s."on"::text, 'reorganisation_id', s.reorganisation_id), %(at)s
FROM organisations_succession s WHERE s.reorganisation_id = %(id)s ORDER BY s.id
"""


def in_order() -> tuple[str, ...]:
    """Return all statements in the order in which they run."""
    return (
        FOUND_PERIODS, CHANGE_PERIODS, END_PERIODS, LINK_SUCCESSORS, END_IDENTIFIERS, move_places(), MOVE_AREAS, TELL,
    )  # fmt: skip
