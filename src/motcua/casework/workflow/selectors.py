"""Reads of processes, runs, tasks and work lists."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.casework.workflow import step_sql, worklist_sql
from motcua.casework.workflow.approved import approved_codes
from motcua.casework.workflow.connectors import known as connectors
from motcua.casework.workflow.event_reads import open_timers, silent_agencies, waiting_for, ways_back, ways_into
from motcua.casework.workflow.foreign import ForeignPart, foreign_parts
from motcua.casework.workflow.graphs import forget_graphs, graph_of
from motcua.casework.workflow.library import Template, template, templates
from motcua.casework.workflow.models import ProcessVersion, Run, Token
from motcua.casework.workflow.picture import picture_of
from motcua.casework.workflow.rows import closed_task_of, task_of
from motcua.casework.workflow.rules import LongestPath, longest_path
from motcua.casework.workflow.types import (
    ClosedTask,
    Graph,
    Holder,
    OpenWork,
    Position,
    RunNotFound,
    Scope,
    Task,
    TaskNotFound,
    TaskPage,
    TokenKind,
    VersionCard,
    VersionNotFound,
    WorkKey,
)
from motcua.casework.workflow.version_reads import (
    compared,
    drawing,
    drawing_picture,
    process_sheet,
    processes,
    readable_process,
    running_of,
    verdict,
)
from motcua.casework.workflow.worklist_sql import apart_posts
from motcua.foundation.core import statements

__all__ = [
    "ForeignPart",
    "LongestPath",
    "Template",
    "apart_posts",
    "approved_codes",
    "compared",
    "connectors",
    "count_open",
    "drawing",
    "drawing_picture",
    "foreign_parts",
    "forget_graphs",
    "graph",
    "histories",
    "history",
    "longest_path",
    "open_in_units",
    "open_task_ids",
    "open_task_page",
    "open_task_query",
    "open_tasks",
    "open_tasks_for",
    "open_timers",
    "picture",
    "position",
    "process_sheet",
    "processes",
    "published_version",
    "published_versions",
    "readable_process",
    "running_of",
    "silent_agencies",
    "task_columns",
    "task_for",
    "task_of_row",
    "tasks_of_runs",
    "template",
    "templates",
    "verdict",
    "version_card",
    "version_numbered",
    "versions_that_changed",
    "waiting_for",
    "ways_back",
    "ways_into",
]

_IN_FORCE = """
SELECT v.id FROM workflow_version v JOIN workflow_definition d ON d.id = v.definition_id
WHERE d.code = %s AND v.valid @> %s::date ORDER BY v.id LIMIT 1"""


def graph(version_id: int) -> Graph:
    """Return the compiled graph of a version, from memory for published ones.

    Raises:
        VersionNotFound, ProcessNotSound (a draft that does not compile).
    """
    return graph_of(version_id)


def published_version(definition_code: str, *, on: date) -> int | None:
    """Return the id of the version in force on `on`, None when there is none."""
    with statements.prepared() as cursor:
        cursor.execute(_IN_FORCE, [definition_code, on])
        row = cursor.fetchone()
    return row[0] if row else None


def published_versions(definition_codes: Collection[str], *, on: date) -> dict[str, int]:
    """Return the ids of the versions in force on `on` by definition code, for lists; codes without one are left out."""
    found = ProcessVersion.objects.filter(definition__code__in=set(definition_codes), valid__contains=on)
    return dict(found.values_list("definition__code", "pk"))


def version_numbered(definition_code: str, number: int) -> int:
    """Return the id of a definition's version by its number, draft or published.

    Raises:
        VersionNotFound.
    """
    found = ProcessVersion.objects.filter(definition__code=definition_code, number=number).values_list("pk", flat=True)
    version_id = found.first()
    if version_id is None:
        raise VersionNotFound
    return version_id


def version_card(version_id: int) -> VersionCard:
    """Return a version for people, draft or published.

    Raises:
        VersionNotFound.
    """
    version = ProcessVersion.objects.select_related("definition").defer("xml").filter(pk=version_id).first()
    if version is None:
        raise VersionNotFound
    return VersionCard(
        id=version.pk,
        code=version.definition.code,
        name=version.definition.name,
        name_en=version.definition.name_en,
        number=version.number,
        state=version.state,
        sha256=version.sha256,
        valid_from=version.valid.lower if version.valid else None,
        valid_until=version.valid.upper if version.valid else None,
        published_at=version.published_at,
        published_by=version.published_by,
        decision_number=version.decision_number,
        decision_on=version.decision_on,
        signer=version.signer,
    )


def versions_that_changed() -> list[int]:
    """Return published versions that this release compiles to another graph than the one published: none, or alarm."""
    changed = []
    for version_id, kept in ProcessVersion.objects.exclude(graph_hash="").values_list("pk", "graph_hash"):
        if graph_of(version_id).hash != kept:
            changed.append(version_id)
    return changed


def picture(version_id: int, highlight: Collection[str] = frozenset()) -> str:
    """Return the drawing as accessible SVG, elements in `highlight` (ids) marked as where the dossier is now.

    Raises:
        VersionNotFound.
    """
    xml = ProcessVersion.objects.filter(pk=version_id).values_list("xml", flat=True).first()
    if xml is None:
        raise VersionNotFound
    return picture_of(bytes(xml), highlight)


def open_tasks(run_id: int) -> tuple[Task, ...]:
    """Return a run's open tasks in opening order."""
    return tuple(task_of(row) for row in _task_rows(run_id=run_id, closed_at=None, kind=TokenKind.TASK))


def tasks_given_to(person_id: int, *, unit_id: int, role: str) -> tuple[Task, ...]:
    """Return the open tasks of a post that are handed to one person, the earliest due first."""
    rows = Token.objects.filter(
        unit_id=unit_id, role=role, person_id=person_id, closed_at=None, kind=TokenKind.TASK
    ).order_by("sort_at", "pk")
    return tuple(task_of(row) for row in rows.values_list(*_columns()))


def tasks_of_runs(run_ids: Collection[int]) -> tuple[Task, ...]:
    """Return the open tasks of several runs in opening order. One statement."""
    rows = Token.objects.filter(run_id__in=run_ids, closed_at=None, kind=TokenKind.TASK).order_by("pk")
    return tuple(task_of(row) for row in rows.values_list(*_columns()))


def open_in_units(unit_ids: Collection[int], *, run: Any) -> QuerySet[Token]:
    """Return the open tasks of units for the run that an outer statement names, to be asked by Exists."""
    return Token.objects.filter(run_id=run, unit_id__in=unit_ids, closed_at=None, kind=TokenKind.TASK)


def history(run_id: int) -> tuple[ClosedTask, ...]:
    """Return a run's closed tasks in the order they were closed."""
    rows = (
        Token.objects.filter(run_id=run_id, closed_at__isnull=False, kind=TokenKind.TASK)
        .order_by("closed_at", "pk")
        .values_list(*_columns(), "closed_at", "outcome", "closed_by", "post_id")
    )
    return tuple(closed_task_of(row) for row in rows)


def histories(run_ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return what was done in several runs, in order, as (element, outcome), without withdrawn tasks. One statement."""
    rows = Token.objects.filter(run_id__in=run_ids, closed_at__isnull=False, kind=TokenKind.TASK).exclude(outcome="")
    found: dict[int, list[tuple[str, str]]] = {}
    for run_id, node, outcome in rows.order_by("run_id", "closed_at", "pk").values_list("run_id", "node", "outcome"):
        found.setdefault(run_id, []).append((node, outcome))
    return {run_id: tuple(steps) for run_id, steps in found.items()}


def task_for(public_id: UUID | str) -> Task:
    """Return the task of a URL: a Task when open, a ClosedTask when somebody has finished it.

    Raises:
        TaskNotFound: no such task, or not an id at all.
    """
    try:
        key = UUID(str(public_id))
    except ValueError:
        raise TaskNotFound from None
    row = (
        Token.objects.filter(public_id=key, kind=TokenKind.TASK)
        .values_list(*_columns(), "closed_at", "outcome", "closed_by", "post_id")
        .first()
    )
    if row is None:
        raise TaskNotFound
    return task_of_row(row)


def open_tasks_for(public_ids: Collection[UUID]) -> tuple[Task, ...]:
    """Return those of the tasks named that are still open, in opening order. One statement."""
    rows = Token.objects.filter(public_id__in=public_ids, closed_at=None, kind=TokenKind.TASK).order_by("pk")
    return tuple(task_of(row) for row in rows.values_list(*_columns()))


def task_columns(alias: str) -> list[str]:
    """Return the columns of a token under `alias` that `task_of_row` reads, for a statement that joins it."""
    return [f"{alias}.{name}" for name in (*_columns(), "closed_at", "outcome", "closed_by", "post_id")]


def task_of_row(row: Sequence[Any]) -> Task:
    """Return the task of a row of `task_columns`: a Task when open, a ClosedTask when somebody has finished it."""
    return task_of(row) if row[10] is None else closed_task_of(row)


def open_task_ids(run_ids: Collection[int], *, act: str) -> dict[int, UUID]:
    """Return the public id of the open task of an act by run id, for rows of a list. One statement."""
    found = Token.objects.filter(run_id__in=run_ids, act=act, closed_at=None, kind=TokenKind.TASK)
    return dict(found.values_list("run_id", "public_id"))


def position(run_id: int) -> Position:
    """Return where a run stands. Two statements.

    Raises:
        RunNotFound.
    """
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise RunNotFound
    rows = list(Token.objects.filter(run_id=run_id, closed_at=None).order_by("pk").values_list(*_columns(), "kind"))
    return Position(
        run_id=run.pk,
        version_id=run.version_id,
        state=run.state,
        lock_version=run.lock_version,
        scope=Scope(run.receiving_id, run.competent_id, run.province_id),
        tasks=tuple(task_of(row) for row in rows if row[-1] == TokenKind.TASK),
        waiting_joins=tuple(sorted({row[4] for row in rows if row[-1] == TokenKind.JOIN})),
    )


def count_open(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    now: datetime,
    end_of_today: datetime,
    soon_until: datetime,
    new_since: datetime,
    absent: Collection[int] = (),
) -> OpenWork:
    """Count the open tasks of posts by whose turn it is, in one statement over the index alone.

    Args:
        posts: (unit id, role) pairs; person_id: leaves out tasks handed to others, None counts all; absent: people
            in whose stead that person acts.
        now: due before it is overdue; end_of_today and soon_until are exclusive ends.
    """
    statement, params = worklist_sql.counts_query(
        posts,
        person_id=person_id,
        now=now,
        end_of_today=end_of_today,
        soon_until=soon_until,
        new_since=new_since,
        absent=absent,
    )
    return worklist_sql.open_work(step_sql.fetch_all(statement, params))


def open_task_page(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    holders: Sequence[str] = (Holder.STAFF,),
    after: WorkKey | None = None,
    limit: int = 25,
    due_from: datetime | None = None,
    due_before: datetime | None = None,
    act: str | None = None,
    opened_since: datetime | None = None,
    mine_only: bool = False,
    absent: Collection[int] = (),
) -> TaskPage:
    """Return one page of open tasks of posts, by due time (those without one last), in one statement.

    Args:
        posts: (unit id, role) pairs; person_id: leaves out tasks handed to somebody else, None shows all.
        after: `next_key` of the page before; due_from inclusive, due_before exclusive.
        mine_only: only tasks handed to `person_id`; absent: people in whose stead that person acts.
    """
    statement, params = worklist_sql.page_query(
        posts,
        person_id=person_id,
        holders=holders,
        after=after,
        limit=limit + 1,
        due_from=due_from,
        due_before=due_before,
        act=act,
        opened_since=opened_since,
        mine_only=mine_only,
        absent=absent,
    )
    rows = step_sql.fetch_all(statement, params)
    tasks = tuple(task_of(row) for row in rows[:limit])
    return TaskPage(tasks, WorkKey(rows[limit - 1][10], rows[limit - 1][0]) if len(rows) > limit else None)


def open_task_query(
    posts: Iterable[tuple[int, str]],
    *,
    person_id: int | None,
    holders: Sequence[str] = (Holder.STAFF,),
    after: WorkKey | None = None,
    limit: int = 25,
    due_from: datetime | None = None,
    due_before: datetime | None = None,
    act: str | None = None,
    opened_since: datetime | None = None,
    mine_only: bool = False,
    absent: Collection[int] = (),
) -> tuple[str, dict[str, Any]]:
    """Return (statement, named parameters) of such a page, to be joined by `run_id` inside a larger statement.

    Columns: worklist_sql.COLUMNS, in this order; sorted by sort_at, id. `limit` is exact: ask for one more to see
    whether a page follows.
    """
    return worklist_sql.page_query(
        posts,
        person_id=person_id,
        holders=holders,
        after=after,
        limit=limit,
        due_from=due_from,
        due_before=due_before,
        act=act,
        opened_since=opened_since,
        mine_only=mine_only,
        absent=absent,
    )


def _columns() -> list[str]:
    return step_sql.TASK_COLUMNS.split(", ")


def _task_rows(**conditions: Any) -> Iterable[tuple[Any, ...]]:
    return Token.objects.filter(**conditions).order_by("pk").values_list(*_columns())
