"""What a step brings with it beyond tokens: timers, services, child processes. Nothing, for most processes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from motcua.casework.workflow import step_sql, timer_sql
from motcua.casework.workflow.events import CallOpened, CallWithdrawn, ConnectorCalled
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.tokens import Opening
from motcua.casework.workflow.types import Graph, Node, Task
from motcua.foundation.core import outbox

_LABEL = "SELECT subject_label FROM workflow_run WHERE id = %s"


def follow(
    opening: Opening,
    *,
    opened: Iterable[Task] = (),
    closed: Iterable[Task] = (),
    services: Iterable[str] = (),
    answered: int | None = None,
) -> None:
    """Start and drop timers, start services, open and give up child processes.

    Args:
        answered: the token of a call that its own child has just answered; that child is not given up.
    """
    tasks, ends = list(opened), list(closed)
    timer_sql.close([task.token_id for task in ends if timed(opening.graph, task.spec)], at=opening.at)
    timer_sql.insert([row for task in tasks for row in timer_rows(opening, task.spec, task.token_id, task.unit_id)])
    calls = [task for task in tasks if task.spec.calls]
    given_up = [task for task in ends if task.spec.calls and task.token_id != answered]
    passed = list(services)
    if not (calls or given_up or passed):
        return
    about = _about(opening.run_id, opening.at)
    for key in passed:
        connector = opening.graph.nodes[key].connector
        outbox.publish(ConnectorCalled(**about, node=key, connector=connector), at=opening.at)
    for task in calls:
        ids: dict[str, Any] = {"token_id": task.token_id, "task_id": str(task.public_id), "calls": task.spec.calls}
        outbox.publish(CallOpened(**about, node=task.node, **ids), at=opening.at)
    for task in given_up:
        outbox.publish(CallWithdrawn(**about, node=task.node, token_id=task.token_id), at=opening.at)


def give_up(tasks: Sequence[Task], *, at: datetime) -> None:
    """Drop the timers and child processes of a run whose tasks were all withdrawn."""
    graph = graph_of(tasks[0].version_id)
    timer_sql.close([task.token_id for task in tasks if timed(graph, task.spec)], at=at)
    calls = [task for task in tasks if task.spec.calls]
    about = _about(tasks[0].run_id, at) if calls else {}
    for task in calls:
        outbox.publish(CallWithdrawn(**about, node=task.node, token_id=task.token_id), at=at)


def _about(run_id: int, at: datetime) -> dict[str, Any]:
    row = step_sql.fetch_one(_LABEL, [run_id])
    return {"run_id": run_id, "subject_label": row[0] if row else "", "at": at}


def timed(graph: Graph, node: Node) -> tuple[Node, ...]:
    """Return what waits for an instant while a task is open: itself, and events on its edge."""
    return tuple(item for item in (node, *graph.events_of(node)) if item.timer is not None)


def timer_rows(opening: Opening, node: Node, token_id: int, unit_id: int) -> list[tuple[Any, ...]]:
    """Return the timers of a task that opens now, as `timer_sql.insert` takes them."""
    rows = []
    for item in timed(opening.graph, node):
        timer, at, seconds = item.timer, opening.at, None
        if timer is not None and timer.hours is not None:
            seconds = int(timer.hours * 3600)
            counted = replace(node, hours=timer.hours, pauses=False)
            due_at = opening.due_for(counted, unit_id, at)[1] or at
        else:
            due_at = at + timedelta(seconds=timer.seconds or 0 if timer else 0)
        rows.append((opening.run_id, token_id, item.id, unit_id, seconds, at, due_at, due_at))
    return rows
