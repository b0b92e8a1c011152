"""The statements of work lists and their counts over the partial index of open tasks (`workflow_token_open`)."""

# ruff: noqa: S608 - what is put into the texts are constant column lists

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.workflow.types import WorkKey

COLUMNS = (
    "id, public_id, run_id, version_id, node, unit_id, person_id, opened_at, starts_at, due_at, sort_at,"
    " role, holder, act"
)
_COLUMNS = ", ".join(f"t.{name}" for name in COLUMNS.split(", "))

# One index range per post and holder, each at most a page long, merged: never all open tasks of a big unit.
PAGE = f"""
SELECT w.* FROM unnest(%(units)s::bigint[], %(roles)s::text[]) AS p(unit, role)
CROSS JOIN unnest(%(holders)s::text[]) AS h(holder)
CROSS JOIN LATERAL (
  SELECT {_COLUMNS} FROM workflow_token t
  WHERE t.unit_id = p.unit AND t.role = p.role AND t.holder = h.holder
    AND t.closed_at IS NULL AND t.kind = 'task'{{filters}}
  ORDER BY t.sort_at, t.id LIMIT %(limit)s) w
ORDER BY w.sort_at, w.id LIMIT %(limit)s"""

COUNTS = """
SELECT CASE t.holder WHEN 'staff' THEN 'staff' WHEN 'citizen' THEN 'citizen' ELSE 'bodies' END,
  count(*),
  count(*) FILTER (WHERE t.sort_at < %(now)s),
  count(*) FILTER (WHERE t.sort_at >= %(now)s AND t.sort_at < %(today)s),
  count(*) FILTER (WHERE t.sort_at >= %(today)s AND t.sort_at < %(soon)s),
  count(*) FILTER (WHERE t.opened_at >= %(new)s),
  count(*) FILTER (WHERE t.act = 'intake')
FROM unnest(%(units)s::bigint[], %(roles)s::text[]) AS p(unit, role)
JOIN workflow_token t ON t.unit_id = p.unit AND t.role = p.role
WHERE t.closed_at IS NULL AND t.kind = 'task'{filters}
GROUP BY 1"""

_MINE = " AND (t.person_id IS NULL OR t.person_id = %(person)s)"


def page_query(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    holders: Sequence[str],
    after: WorkKey | None,
    limit: int,
    due_from: datetime | None,
    due_before: datetime | None,
    act: str | None,
    opened_since: datetime | None,
    mine_only: bool,
) -> tuple[str, dict[str, Any]]:
    """Return one page's statement and its named parameters."""
    units, roles = _split(posts)
    params: dict[str, Any] = {"units": units, "roles": roles, "holders": list(holders), "limit": limit}
    filters = ""
    if mine_only:
        filters += " AND t.person_id = %(person)s"
    elif person_id is not None:
        filters += _MINE
    optional = {
        "person": (person_id, ""),
        "due_from": (due_from, " AND t.sort_at >= %(due_from)s"),
        "due_before": (due_before, " AND t.sort_at < %(due_before)s"),
        "act": (act, " AND t.act = %(act)s"),
        "opened_since": (opened_since, " AND t.opened_at >= %(opened_since)s"),
    }
    for name, (value, condition) in optional.items():
        if value is not None:
            params[name] = value
            filters += condition
    if after is not None:
        params |= {"after_at": after.sort_at, "after_id": after.token_id}
        filters += " AND (t.sort_at, t.id) > (%(after_at)s, %(after_id)s)"
    return PAGE.format(filters=filters), params


def counts_query(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    now: datetime,
    end_of_today: datetime,
    soon_until: datetime,
    new_since: datetime,
) -> tuple[str, dict[str, Any]]:
    """Return the counting statement and its named parameters."""
    units, roles = _split(posts)
    params: dict[str, Any] = {"units": units, "roles": roles, "now": now, "today": end_of_today}
    params |= {"soon": soon_until, "new": new_since, "person": person_id}
    return COUNTS.format(filters="" if person_id is None else _MINE), params


def _split(posts: Iterable[tuple[int, str]]) -> tuple[list[int], list[str]]:
    # The same unit and role held twice would count its tasks twice.
    pairs = sorted(set(posts))
    return [unit for unit, _role in pairs], [role for _unit, role in pairs]
