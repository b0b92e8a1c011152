"""Starting a run whose first task is done in the same breath: taking in at a desk, accepting an online filing."""

from datetime import datetime
from typing import Any

from motcua.casework.workflow import consequences, step_sql
from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.graphs import running_graph_of
from motcua.casework.workflow.moving import Resting, advance, choose_by
from motcua.casework.workflow.services.running import complete_task, labels, start_run
from motcua.casework.workflow.tokens import Opening
from motcua.casework.workflow.types import ClosedTask, DueFor, Graph, ResolveUnit, Scope, Step, Task, TokenKind


def start_run_done(
    *,
    version_id: int,
    subject_label: str,
    scope: Scope,
    at: datetime,
    actor_person_id: int | None,
    post_id: int | None,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
) -> Step:
    """Start a run and finish its first task with the first outcome drawn. One statement on the ordinary way.

    The rows are those of `start_run` followed by `complete_task`; a process that splits at once, or ends behind its
    first task, goes that way.

    Raises:
        VariableNotGiven: a condition on the way needs a value that is missing.
        VersionNotPublished: a draft, which runs on the test bench only.
    """
    graph = running_graph_of(version_id)
    opening = Opening(graph, 0, version_id, scope, at, resolve_unit, due_for, None)
    landings = _first_moves(graph)
    if landings is None:
        run = {"version_id": version_id, "subject_label": subject_label, "scope": scope, "at": at}
        started = start_run(**run, resolve_unit=resolve_unit, due_for=due_for)  # type: ignore[arg-type]
        first = started.opened[0]
        return complete_task(
            run_id=started.run_id, token_id=first.token_id, outcome=first.outcomes[0].code,
            actor_person_id=actor_person_id, post_id=post_id, at=at, resolve_unit=resolve_unit, due_for=due_for,
        )  # fmt: skip
    first_landing, following, services = landings
    outcome = graph.nodes[first_landing.node].outcomes[0].code
    rows = [opening.row(token) for token in (first_landing, *following)]
    values = [_started(rows[0], outcome, at, actor_person_id, post_id), *(_started(row) for row in rows[1:])]
    run_values = [version_id, subject_label, scope.receiving_id, scope.competent_id, scope.province_id, at]
    ids = step_sql.insert_started(run_values, values)
    run_id = ids[rows[0][0]][1]
    tasks = [_task(graph, row, ids) for row in rows if row[4] == TokenKind.TASK]
    fields: tuple[Any, ...] = (*_fields(tasks[0]), at, outcome, actor_person_id, post_id)
    closed = ClosedTask(*fields)
    opening.run_id = run_id
    consequences.follow(opening, opened=tasks[1:], services=services)
    return Step(run_id, version_id, 1, scope, closed, tuple(tasks[1:]), (), (), False, True)


def _first_moves(graph: Graph) -> tuple[Resting, list[Resting], list[str]] | None:
    """Return the first task, what its first outcome opens, the services passed; None when the way is not plain."""
    start = graph.nodes[graph.start]
    before = advance(graph, start, "", choose=choose_by({}), others=lambda: (), label=labels(0))
    first = before.landings
    if len(first) != 1 or first[0].kind != TokenKind.TASK:
        return None
    node = graph.nodes[first[0].node]
    choose = choose_by({OUTCOME: node.outcomes[0].code})
    move = advance(graph, node, first[0].branch, choose=choose, others=lambda: (), label=labels(1))
    if move.terminated or move.joins or not move.landings:
        return None
    return first[0], move.landings, [*before.services, *move.services]


def _started(
    row: tuple[Any, ...],
    outcome: str = "",
    closed_at: datetime | None = None,
    closed_by: int | None = None,
    post_id: int | None = None,
) -> tuple[Any, ...]:
    return (row[0], *row[2:], outcome, closed_at, closed_by, post_id)


def _task(graph: Graph, row: tuple[Any, ...], ids: dict[Any, tuple[int, int]]) -> Task:
    token_id, run_id = ids[row[0]]
    return Task(token_id, row[0], run_id, row[2], graph.nodes[row[3]], row[7], row[11], row[12], row[13], row[14])


def _fields(task: Task) -> tuple[Any, ...]:
    return (
        task.token_id, task.public_id, task.run_id, task.version_id, task.spec, task.unit_id, task.person_id,
        task.opened_at, task.starts_at, task.due_at,
    )  # fmt: skip
