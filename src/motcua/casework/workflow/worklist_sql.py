"""The statements of work lists and their counts over the partial index of open tasks (`workflow_token_open`).

One branch of a UNION ALL per post: each is one range of the index, read in order and no further than a page, and its
constants let the planner see how long it is. One statement with arrays took twice the time.
"""

# ruff: noqa: S608 - what is put into the texts are constant column lists and parameter names

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.workflow.types import APART_PREFIX, Holder, OpenCounts, OpenWork, WorkKey

COLUMNS = (
    "id, public_id, run_id, version_id, node, unit_id, person_id, opened_at, starts_at, due_at, sort_at,"
    " role, holder, act"
)
_OPEN = "WHERE unit_id = %(unit{n})s AND role = %(role{n})s AND closed_at IS NULL AND kind = 'task'"
_PAGE_PART = f"(SELECT {COLUMNS} FROM workflow_token {_OPEN}{{filters}} ORDER BY sort_at, id LIMIT %(limit)s)"
_PAGE = f"SELECT {COLUMNS} FROM ({{parts}}) w ORDER BY sort_at, id LIMIT %(limit)s"
_COUNT_PART = f"SELECT holder, sort_at, opened_at, act FROM workflow_token {_OPEN}{{filters}}"
# The counts by due time are cumulative: one comparison each.
_COUNTS = """
SELECT holder, count(*),
  count(*) FILTER (WHERE sort_at < %(now)s),
  count(*) FILTER (WHERE sort_at < %(today)s),
  count(*) FILTER (WHERE sort_at < %(soon)s),
  count(*) FILTER (WHERE opened_at >= %(new)s),
  count(*) FILTER (WHERE act = 'intake')
FROM ({parts}) w GROUP BY holder"""
_NOBODYS_OR_MINE = " AND (person_id IS NULL OR person_id = %(person)s)"
_MINE = " AND person_id = %(person)s"
_NOBODYS_MINE_OR_THEIRS = " AND (person_id IS NULL OR person_id = ANY(%(people)s::bigint[]))"
# A person without posts has no work: the statement stays valid and finds nothing.
_NO_POST = (-1, "")


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
    absent: Collection[int] = (),
) -> tuple[str, dict[str, Any]]:
    """Return one page's statement and its named parameters."""
    pairs, params = _pairs(posts)
    params |= {"limit": limit, "holders": holders[0] if len(holders) == 1 else list(holders)}
    filters = " AND holder = %(holders)s" if len(holders) == 1 else " AND holder = ANY(%(holders)s)"
    if person_id is not None:
        params["person"] = person_id
        filters += _MINE if mine_only else _not_others(params, person_id, absent)
    optional = {
        "due_from": (due_from, " AND sort_at >= %(due_from)s"),
        "due_before": (due_before, " AND sort_at < %(due_before)s"),
        "act": (act, " AND act = %(act)s"),
        "opened_since": (opened_since, " AND opened_at >= %(opened_since)s"),
    }
    for name, (value, condition) in optional.items():
        if value is not None:
            params[name] = value
            filters += condition
    if after is not None:
        params |= {"after_at": after.sort_at, "after_id": after.token_id}
        filters += " AND (sort_at, id) > (%(after_at)s, %(after_id)s)"
    parts = [_PAGE_PART.format(n=number, filters=filters) for number in range(len(pairs))]
    return (parts[0][1:-1] if len(parts) == 1 else _PAGE.format(parts=" UNION ALL ".join(parts))), params


def counts_query(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    now: datetime,
    end_of_today: datetime,
    soon_until: datetime,
    new_since: datetime,
    absent: Collection[int] = (),
) -> tuple[str, dict[str, Any]]:
    """Return the counting statement and its named parameters."""
    pairs, params = _pairs(posts)
    params |= {"now": now, "today": end_of_today, "soon": soon_until, "new": new_since, "person": person_id}
    filters = "" if person_id is None else _not_others(params, person_id, absent)
    parts = [_COUNT_PART.format(n=number, filters=filters) for number in range(len(pairs))]
    return _COUNTS.format(parts=" UNION ALL ".join(parts)), params


def apart_posts(posts: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the (unit, role) pairs under which the tasks that stand apart are found, of those of the posts."""
    return [(unit_id, f"{APART_PREFIX}{role}") for unit_id, role in posts]


def _not_others(params: dict[str, Any], person_id: int, absent: Collection[int]) -> str:
    """Return the condition that leaves out what was handed to others, but for absent people one stands in for."""
    if not absent:
        return _NOBODYS_OR_MINE
    params["people"] = sorted({person_id, *absent})
    return _NOBODYS_MINE_OR_THEIRS


def open_work(rows: Iterable[tuple[Any, ...]]) -> OpenWork:
    """Return the counts of the counting statement's rows, the bodies added up."""
    sums = {"staff": [0] * 6, "citizen": [0] * 6, "bodies": [0] * 6}
    for holder, *counts in rows:
        kind = holder if holder in {Holder.STAFF, Holder.CITIZEN} else "bodies"
        sums[kind] = [one + other for one, other in zip(sums[kind], counts, strict=True)]
    return OpenWork(**{kind: _counts(*counts) for kind, counts in sums.items()})


def _counts(total: int, overdue: int, by_today: int, by_soon: int, new: int, intake: int) -> OpenCounts:
    return OpenCounts(total, overdue, by_today - overdue, max(by_soon - by_today, 0), new, intake)


def _pairs(posts: Iterable[tuple[int, str]]) -> tuple[list[tuple[int, str]], dict[str, Any]]:
    # The same unit and role held twice would show its tasks twice.
    pairs = sorted(set(posts)) or [_NO_POST]
    params: dict[str, Any] = {}
    for number, (unit, role) in enumerate(pairs):
        params |= {f"unit{number}": unit, f"role{number}": role}
    return pairs, params
