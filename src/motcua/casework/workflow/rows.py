"""Rows of the token table as tasks."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.types import ClosedTask, Task


def task_of(row: Sequence[Any]) -> Task:
    """Return the task of a row that begins with step_sql.TASK_COLUMNS."""
    return Task(*row[:4], graph_of(row[3]).nodes[row[4]], *row[5:10])


def closed_task_of(row: Sequence[Any]) -> ClosedTask:
    """Return the closed task of a row of TASK_COLUMNS, then closed_at, outcome, closed_by, post_id."""
    return ClosedTask(*row[:4], graph_of(row[3]).nodes[row[4]], *row[5:14])
