"""Opening an ended run again at a step that was done in it; why and by whom is kept above."""

from datetime import datetime

from motcua.casework.workflow import consequences, step_sql
from motcua.casework.workflow.event_reads import ways_into
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.moving import Resting
from motcua.casework.workflow.services.running import in_transaction
from motcua.casework.workflow.tokens import Opening
from motcua.casework.workflow.types import (
    DueFor,
    NotReturnable,
    ResolveUnit,
    RunNotFound,
    RunStillRunning,
    Scope,
    StartedRun,
    TokenKind,
)

_REOPEN = """
UPDATE workflow_run SET state = 'running', ended_at = NULL, lock_version = lock_version + 1
WHERE id = %s AND state IN ('ended', 'cancelled')
RETURNING lock_version, receiving_id, competent_id, province_id, version_id"""


def reopen_run(*, run_id: int, node: str, at: datetime, resolve_unit: ResolveUnit, due_for: DueFor) -> StartedRun:
    """Let an ended or cancelled run go on at one step that was done in it, as its only open task.

    The marking is then one that the drawing itself leads to before a number is given; what was done stays done.

    Raises:
        RunStillRunning: it has not ended. RunNotFound.
        NotReturnable: not one of `selectors.ways_into`.
    """
    in_transaction()
    row = step_sql.fetch_one(_REOPEN, [run_id])
    if row is None:
        raise RunStillRunning if step_sql.fetch_one(step_sql.RUN_STATE, [run_id]) else RunNotFound
    lock_version, scope, version_id = row[0], Scope(*row[1:4]), row[4]
    graph = graph_of(version_id)
    if all(way.id != node for way in ways_into(run_id, graph)):
        raise NotReturnable
    opening = Opening(graph, run_id, version_id, scope, at, resolve_unit, due_for, None)
    opened = opening.insert([Resting(0, node, TokenKind.TASK, "", "")])
    consequences.follow(opening, opened=opened)
    return StartedRun(run_id, version_id, lock_version, opened, False)
