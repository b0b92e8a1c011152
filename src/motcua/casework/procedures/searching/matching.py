"""Hits asked of the database: ranked titles that are in force and pass the filters, with counts by facet."""

# ruff: noqa: S608 - statements are put together from fixed pieces; every value is a parameter

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from motcua.casework.procedures.searching.knowledge import Stamp


@dataclass(frozen=True, slots=True)
class Filters:
    """What the hits must also be; '' and None do not filter."""

    on: date
    field_code: str = ""
    level: str = ""
    life_event: str = ""
    audience: str = ""
    channel: str = ""
    agency_id: int | None = None
    agency_is_commune: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of a page of versions in order, the number of all, counts by facet, and the catalogue's newest rows."""

    version_ids: tuple[int, ...]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    stamp: Stamp = (0, 0)


def choose(ranked: Sequence[int], filters: Filters, *, limit: int, offset: int) -> Found:
    """Return those of the ranked versions that are in force and pass the filters, in their order; one statement."""
    where, params = _where(filters)
    matched = f"""WITH matched AS MATERIALIZED (
        SELECT v.id, r.place, v.levels, v.channels, v.audience_groups, v.field_id
        FROM unnest(%s::bigint[]) WITH ORDINALITY AS r(id, place) JOIN procedures_version v ON v.id = r.id
        WHERE {where})"""
    return _fetch(matched, [_array(ranked), *params], "v.place", limit, offset)


def _array(numbers: Sequence[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def browse(filters: Filters, *, limit: int, offset: int) -> Found:
    """Return all versions that pass the filters, by name in Vietnamese order; one statement."""
    where, params = _where(filters)
    columns = "v.id, v.sort_key, v.levels, v.channels, v.audience_groups, v.field_id"
    matched = f"WITH matched AS MATERIALIZED (SELECT {columns} FROM procedures_version v WHERE {where})"
    return _fetch(matched, params, "sort_key, id", limit, offset)


def _fetch(matched: str, params: list[Any], order: str, limit: int, offset: int) -> Found:
    """Return page and counts of one WITH in one statement: rows (kind, value, place or count)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{matched}
            SELECT 'hit', page.id::text, page.place FROM (
                SELECT v.id, row_number() OVER (ORDER BY {order}) AS place FROM matched v
                ORDER BY place LIMIT %s OFFSET %s
            ) page
            UNION ALL
            SELECT facet.kind, facet.value, count(*) FROM matched m CROSS JOIN LATERAL (
                SELECT 'total', ''
                UNION ALL SELECT 'level', unnest(m.levels)
                UNION ALL SELECT 'channel', unnest(m.channels)
                UNION ALL SELECT 'audience', unnest(m.audience_groups)
                UNION ALL SELECT 'field', f.code FROM procedures_field f WHERE f.id = m.field_id
            ) AS facet(kind, value) GROUP BY 1, 2
            UNION ALL SELECT 'newest', 'version', (SELECT max(id) FROM procedures_version)
            UNION ALL SELECT 'newest', 'synonym', (SELECT max(id) FROM procedures_synonym)""",
            [*params, limit, offset],
        )
        rows = cursor.fetchall()
    hits = sorted((place, int(value)) for kind, value, place in rows if kind == "hit")
    facets: dict[str, dict[str, int]] = {}
    for kind, value, count in sorted(rows, key=lambda row: (-(row[2] or 0), row[1])):
        if kind != "hit":
            facets.setdefault(kind, {})[value] = count or 0
    newest = facets.pop("newest")
    total = facets.pop("total", {}).get("", 0)
    return Found(tuple(pk for _place, pk in hits), total, facets, (newest["version"], newest["synonym"]))


def _where(filters: Filters) -> tuple[str, list[Any]]:
    clauses = ["v.valid @> %s::date"]
    params: list[Any] = [filters.on]
    if filters.field_code:
        clauses.append("v.field_id = (SELECT id FROM procedures_field WHERE code = %s)")
        params.append(filters.field_code)
    for column, value in (
        ("levels", filters.level),
        ("audience_groups", filters.audience),
        ("channels", filters.channel),
    ):
        if value:
            clauses.append(f"v.{column} @> ARRAY[%s]::varchar[]")
            params.append(value)
    if filters.life_event:
        clauses.append(
            "v.procedure_id IN (SELECT ep.procedure_id FROM procedures_life_event_procedure ep"
            " JOIN procedures_life_event e ON e.id = ep.life_event_id WHERE e.code = %s)"
        )
        params.append(filters.life_event)
    if filters.agency_id is not None:
        clauses.append(
            "EXISTS (SELECT 1 FROM procedures_offer o WHERE o.procedure_id = v.procedure_id AND o.valid @> %s::date"
            " AND (o.agency_id = %s OR (%s AND o.agency_id IS NULL AND NOT EXISTS (SELECT 1 FROM"
            " procedures_offer_exception x WHERE x.offer_id = o.id AND x.agency_id = %s))))"
        )
        params += [filters.on, filters.agency_id, filters.agency_is_commune, filters.agency_id]
    return " AND ".join(clauses), params
