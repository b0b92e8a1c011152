"""Reads of what runs wait for, of who was silent, and of the ways back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.workflow import step_sql, timer_sql
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.models import Token
from motcua.casework.workflow.moving import Resting
from motcua.casework.workflow.returns import Way, find_ways
from motcua.casework.workflow.rows import task_of
from motcua.casework.workflow.soundness import SIGNING, marking_of, reachable_markings
from motcua.casework.workflow.types import Act, Graph, Holder, Node, Task, TokenKind


@dataclass(frozen=True, slots=True)
class OpenTimer:
    """An instant that a run waits for. `seconds` are working seconds, None for one by the wall clock."""

    id: int
    run_id: int
    token_id: int
    node: str
    unit_id: int
    seconds: int | None
    opened_at: datetime
    due_at: datetime


def silent_agencies(run_id: int) -> dict[str, tuple[int, ...]]:
    """Return the units that did not answer in time by the element that asked them, each in order of its id."""
    found: dict[str, tuple[int, ...]] = {}
    rows = Token.objects.filter(run_id=run_id, closed_at__isnull=False).exclude(item="").exclude(outcome="")
    for node, unit_id, version_id, outcome in rows.order_by("node", "unit_id").values_list(
        "node", "unit_id", "version_id", "outcome"
    ):
        if graph_of(version_id).nodes[node].outcome(outcome) is None and unit_id is not None:
            found[node] = (*found.get(node, ()), unit_id)
    return found


def open_timers(run_ids: Collection[int]) -> tuple[OpenTimer, ...]:
    """Return the instants that runs wait for. One statement."""
    return tuple(OpenTimer(*row) for row in timer_sql.open_of_runs(list(run_ids)))


_VERSION = "SELECT version_id FROM workflow_run WHERE id = %s AND state = 'running'"
_VISITED = """
SELECT node, branch, act FROM workflow_token
WHERE run_id = %s AND kind = 'task' AND closed_at IS NOT NULL AND outcome NOT IN ('', 'returned')
ORDER BY closed_at, id"""


def ways_back(run_id: int, token_id: int) -> tuple[Way, ...]:
    """Return the steps to which a run may go back from an open task, the last one first. Three statements."""
    row = step_sql.fetch_one(_VERSION, [run_id])
    return ways_in(run_id, token_id, graph_of(row[0])) if row is not None else ()


def ways_in(run_id: int, token_id: int, graph: Graph) -> tuple[Way, ...]:
    """Return the same for a run whose graph is known. Two statements."""
    tokens = step_sql.open_tokens(run_id)
    present = next((token for token in tokens if token.id == token_id and token.kind == TokenKind.TASK), None)
    if present is None or not graph.nodes[present.node].is_work:
        return ()
    visited = step_sql.fetch_all(_VISITED, [run_id])
    is_numbered = any(act == Act.ISSUE for _node, _branch, act in visited)
    return tuple(find_ways(graph, present, tokens, [(node, branch) for node, branch, _act in visited], is_numbered))


_DONE = """
SELECT node, branch, act FROM workflow_token
WHERE run_id = %s AND kind = 'task' AND closed_at IS NOT NULL ORDER BY closed_at, id"""
_LATER = {Act.INTAKE, Act.ISSUE, Act.TO_DESK, Act.RETURN_RESULT}


def ways_into(run_id: int, graph: Graph) -> tuple[Node, ...]:
    """Return the steps at which an ended run may be opened again, the last one first. One statement.

    A post of the staff does them, outside of any split, no later than the last signature, and the drawing itself could
    stand there before a number is given.
    """
    rows = step_sql.fetch_all(_DONE, [run_id])
    signed = max((place for place, row in enumerate(rows) if row[2] in SIGNING), default=len(rows))
    reachable, found = reachable_markings(graph), dict[str, Node]()
    for key, branch, _act in reversed(rows[: signed + 1]):
        node = graph.nodes.get(key)
        if branch or node is None or not node.is_work or node.holder != Holder.STAFF or node.act in _LATER:
            continue
        if (marking_of([Resting(0, key, TokenKind.TASK, "", "")]), False) in reachable:
            found.setdefault(key, node)
    return tuple(found.values())


_WAITING = (
    f"SELECT {step_sql.TASK_COLUMNS} FROM workflow_token WHERE run_id = %s AND kind = 'task' AND closed_at IS NULL"  # noqa: S608
    " ORDER BY id"
)


def waiting_for(run_id: int, name: str) -> tuple[Task, Node | None] | None:
    """Return the open task that waits for a message, with the event on its edge if that is what waits."""
    for row in step_sql.fetch_all(_WAITING, [run_id]):
        task = task_of(row)
        if task.spec.message == name:
            return task, None
        for event in graph_of(task.version_id).events_of(task.spec):
            if event.message == name:
                return task, event
    return None
