"""Back to a step that was done before, where no arrow was drawn: within the same branch, with a reason kept above."""

from datetime import datetime

from motcua.casework.workflow import consequences, step_sql
from motcua.casework.workflow.event_reads import ways_in
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.moving import Resting
from motcua.casework.workflow.rows import closed_task_of
from motcua.casework.workflow.services.running import in_transaction, why_not_closed
from motcua.casework.workflow.tokens import Opening
from motcua.casework.workflow.types import (
    DueFor,
    NotReturnable,
    ResolveUnit,
    Scope,
    Step,
    TaskNotFound,
    TokenKind,
)

# How a task ends from which somebody returned to an earlier one.
RETURNED = "returned"
_LOCK_RUN = """
UPDATE workflow_run SET lock_version = lock_version + 1 WHERE id = %s AND state = 'running'
RETURNING lock_version, receiving_id, competent_id, province_id, version_id"""
_CLOSED_AT = "SELECT closed_at FROM workflow_token WHERE id = %s AND run_id = %s"
_CLOSE = f"""
UPDATE workflow_token SET closed_at = %s, closed_by = %s, post_id = %s,
  outcome = CASE WHEN id = %s THEN '{RETURNED}' ELSE '' END
WHERE id = ANY(%s) RETURNING {step_sql.TASK_COLUMNS}, closed_at, outcome, closed_by, post_id, kind"""  # noqa: S608


def return_to(
    *,
    run_id: int,
    token_id: int,
    node: str,
    actor_person_id: int | None,
    post_id: int | None,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
) -> Step:
    """Close the open tasks of the branch and open a step that was done before.

    Raises:
        NotReturnable: not one of `ways_back`. TaskAlreadyDone, TaskNotFound, RunNotRunning.
    """
    in_transaction()
    row = step_sql.fetch_one(_LOCK_RUN, [run_id])
    if row is None:
        raise why_not_closed(run_id, token_id)
    lock_version, scope, version_id = row[0], Scope(*row[1:4]), row[4]
    graph = graph_of(version_id)
    way = next((way for way in ways_in(run_id, token_id, graph) if way.node.id == node), None)
    if way is None:
        found = step_sql.fetch_one(_CLOSED_AT, [token_id, run_id])
        if found is None:
            raise TaskNotFound
        raise NotReturnable if found[0] is None else why_not_closed(run_id, token_id)
    rows = step_sql.fetch_all(_CLOSE, [at, actor_person_id, post_id, token_id, list(way.closes)])
    tasks = [closed_task_of(row) for row in sorted(rows) if row[14] == TokenKind.TASK]
    closed = next(task for task in tasks if task.token_id == token_id)
    withdrawn = tuple(task for task in tasks if task.token_id != token_id)
    opening = Opening(graph, run_id, version_id, scope, at, resolve_unit, due_for, None)
    opened = opening.insert([Resting(0, node, TokenKind.TASK, "", way.branch)])
    consequences.follow(opening, opened=opened, closed=tasks)
    was_alone = len(way.closes) == 1 and len(step_sql.open_tokens(run_id)) == 1
    return Step(run_id, version_id, lock_version, scope, closed, opened, withdrawn, (), False, was_alone)
