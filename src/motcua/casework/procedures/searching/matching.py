"""The search itself, in SQL over the generated columns: candidates by the GIN index, ranked by weighted coverage.

Score of a name = best reading of (share of the words' weight that it has, words in the name counting more than words
beside it) + neighbours that stand together + likeness of the whole + an editor's prominence. A name equal to the text
always comes first.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces; every value is a parameter

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.casework.procedures.searching.terms import Variant

_BESIDE = 0.4  # a word found only among keywords, results or the field's name

_SHORT = 3
_SHORT_SCALE = 0.775  # so that a short text must be covered to 0.8 where a long one must to 0.62


@dataclass(frozen=True, slots=True)
class Filters:
    """What the hits must also be; '' and None do not filter."""

    on: date
    field: str = ""
    level: str = ""
    life_event: str = ""
    audience: str = ""
    channel: str = ""
    agency_id: int | None = None
    agency_is_commune: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of a page of versions in order, the number of all, and counts by facet."""

    version_ids: tuple[int, ...]
    total: int
    facets: dict[str, dict[str, int]]


def match(
    variants: tuple[Variant, ...], filters: Filters, *, coverage: float, limit: int, offset: int, prefix: bool = False
) -> Found:
    """Return the versions whose best reading covers at least `coverage` of the words' weight; one statement."""
    if not any(variant.words for variant in variants):
        return Found((), 0, {})
    matched, params = _matched(variants, filters, coverage=coverage, prefix=prefix)
    score, score_params = _score(variants)
    return _fetch(matched, [*params, coverage], f"{score} DESC, sort_key, id", score_params, limit, offset)


def browse(filters: Filters, *, limit: int, offset: int) -> Found:
    """Return all versions that pass the filters, by name in Vietnamese order; one statement."""
    where, params = _where(filters)
    columns = "v.id, v.sort_key, v.levels, v.channels, v.audience_groups, v.field_id"
    matched = f"WITH matched AS MATERIALIZED (SELECT {columns} FROM procedures_version v WHERE {where})"
    return _fetch(matched, params, "sort_key, id", [], limit, offset)


def _fetch(matched: str, params: list[Any], order: str, order_params: list[Any], limit: int, offset: int) -> Found:
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
            ) AS facet(kind, value) GROUP BY 1, 2""",
            [*params, *order_params, limit, offset],
        )
        rows = cursor.fetchall()
    hits = sorted((place, int(value)) for kind, value, place in rows if kind == "hit")
    facets: dict[str, dict[str, int]] = {}
    for kind, value, count in sorted(rows, key=lambda row: (-row[2], row[1])):
        if kind != "hit":
            facets.setdefault(kind, {})[value] = count
    return Found(tuple(version_id for _place, version_id in hits), facets.pop("total", {}).get("", 0), facets)


def _where(filters: Filters) -> tuple[str, list[Any]]:
    clauses = ["v.valid @> %s::date"]
    params: list[Any] = [filters.on]
    if filters.field:
        clauses.append("v.field_id = (SELECT id FROM procedures_field WHERE code = %s)")
        params.append(filters.field)
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


def _matched(
    variants: tuple[Variant, ...], filters: Filters, *, coverage: float, prefix: bool
) -> tuple[str, list[Any]]:
    """Return the WITH of covered versions; c0, c1 ... are the shares that each reading covers.

    Words are folded, so they hold no operator. Only versions with a word that a covering one must have are looked at.
    """
    shares: list[str] = []
    params: list[Any] = []
    gates: list[str] = []
    gate_params: list[Any] = []
    for number, variant in enumerate(variants):
        share, own = _coverage(variant, prefix=prefix)
        shares.append(f"{share} AS c{number}")
        params += own
        if variant.pairs and len(variant.words) <= _SHORT:
            # Two or three syllables are one notion in Vietnamese: 'công chứng' is not 'công' and 'chứng' apart.
            together, pair_params = _together(variant)
            gates.append(f"{_SHORT_SCALE} * (0.75 * v.c{number} + 0.5 * {together})")
            gate_params += pair_params
        else:
            gates.append(f"v.c{number}")
    where, where_params = _where(filters)
    words = {word for variant in variants for word in _needed(variant, coverage)}
    any_word = " | ".join(f"'{word}'" + (":*" if prefix else "") for word in sorted(words))
    sql = f"""WITH covered AS MATERIALIZED (
            SELECT v.id, v.sort_key, v.levels, v.channels, v.audience_groups, v.field_id, v.vector, v.name_fold,
                p.prominence, {", ".join(shares)}
            FROM procedures_version v JOIN procedures_procedure p ON p.id = v.procedure_id
            WHERE {where} AND v.vector @@ %s::tsquery
        ), matched AS MATERIALIZED (SELECT * FROM covered v WHERE greatest({", ".join(gates)}) >= %s)"""
    return sql, [*params, *where_params, any_word, *gate_params]


def _needed(variant: Variant, coverage: float) -> list[str]:
    """Return words of which a covering version has at least one: all others together weigh too little."""
    share = 0.0
    for place in range(len(variant.words) - 1, -1, -1):
        share += variant.words[place][1] / variant.weight
        if share >= coverage - 1e-6:
            return [word for word, _weight in variant.words[: place + 1]]
    return []


def _score(variants: tuple[Variant, ...]) -> tuple[str, list[Any]]:
    """Return the expression that ranks the covered versions."""
    scores: list[str] = []
    params: list[Any] = []
    for number, variant in enumerate(variants):
        together, pair_params = _together(variant)
        scores.append(
            f"{variant.trust} * (v.c{number} + {together} + 0.5 * similarity(v.name_fold, %s)"
            " + CASE WHEN v.name_fold = %s THEN 3 WHEN starts_with(v.name_fold, %s) THEN 1.5"
            " WHEN position(%s in v.name_fold) > 0 THEN 0.35 ELSE 0 END)"
        )
        params += [*pair_params, *([variant.text] * 4)]
    return f"(greatest({', '.join(scores)}) + v.prominence * 0.004)", params


def _coverage(variant: Variant, *, prefix: bool) -> tuple[str, list[Any]]:
    if not variant.words:
        return "0::float8", []
    star = "*" if prefix else ""
    inside = [f"'{word}':{star}A" for word, _weight in variant.words]
    anywhere = [f"'{word}'" + (":*" if prefix else "") for word, _weight in variant.words]
    weights = [weight / variant.weight for _word, weight in variant.words]
    sql = (
        "(SELECT coalesce(sum(t.w * CASE WHEN v.vector @@ t.inside THEN 1 WHEN v.vector @@ t.anywhere"
        f" THEN {_BESIDE} ELSE 0 END), 0)"
        " FROM unnest(%s::text[]::tsquery[], %s::text[]::tsquery[], %s::float8[]) AS t(inside, anywhere, w))"
    )
    return sql, [inside, anywhere, weights]


def _together(variant: Variant) -> tuple[str, list[Any]]:
    if not variant.pairs:
        return "0::float8", []
    phrases = [f"'{one}':A <-> '{other}':A" for one, other, _weight in variant.pairs]
    weights = [weight / variant.pair_weight for _one, _other, weight in variant.pairs]
    sql = (
        "(SELECT 0.5 * coalesce(sum(t.w), 0) FROM unnest(%s::text[]::tsquery[], %s::float8[]) AS t(phrase, w)"
        " WHERE v.vector @@ t.phrase)"
    )
    return sql, [phrases, weights]
