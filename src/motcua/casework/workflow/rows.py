"""Rows of the token table as tasks."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.types import ClosedTask, Task


def task_of(row: Sequence[Any]) -> Task:
    """Return the task of a row that begins with step_sql.TASK_COLUMNS."""
    token_id, public_id, run_id, version_id, node, unit_id, person_id, opened_at, starts_at, due_at = row[:10]
    spec = graph_of(version_id).nodes[node]
    return Task(token_id, public_id, run_id, version_id, spec, unit_id, person_id, opened_at, starts_at, due_at)


def closed_task_of(row: Sequence[Any]) -> ClosedTask:
    """Return the closed task of a row of TASK_COLUMNS, then closed_at, outcome, closed_by, post_id."""
    token_id, public_id, run_id, version_id, node, unit_id, person_id, opened_at, starts_at, due_at = row[:10]
    spec = graph_of(version_id).nodes[node]
    closed_at, outcome, closed_by, post_id = row[10:14]
    return ClosedTask(
        token_id,
        public_id,
        run_id,
        version_id,
        spec,
        unit_id,
        person_id,
        opened_at,
        starts_at,
        due_at,
        closed_at,
        outcome,
        closed_by,
        post_id,
    )
