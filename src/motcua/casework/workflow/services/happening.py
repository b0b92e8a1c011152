"""What happens to a run without anybody's click: an instant comes, a message arrives, a child process answers.

All of it is the ordinary step, inside the caller's transaction, whose dossier lock comes first.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from motcua.casework.workflow import consequences, step_sql, timer_sql
from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.event_reads import waiting_for
from motcua.casework.workflow.events_drawn import ELAPSED
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.moving import advance, choose_by
from motcua.casework.workflow.rows import task_of
from motcua.casework.workflow.services.running import finish, in_transaction, labels
from motcua.casework.workflow.tokens import Opening, OtherTokens
from motcua.casework.workflow.types import (
    DueFor,
    Graph,
    Node,
    NodeKind,
    Reminder,
    ResolveUnit,
    RunNotRunning,
    Scope,
    Step,
)

# A timer whose step fails is looked at again; meanwhile the others go on.
AGAIN_AFTER = timedelta(minutes=15)

_LOCK_RUN = """
UPDATE workflow_run SET lock_version = lock_version + 1 WHERE id = %s AND state = 'running'
RETURNING lock_version, receiving_id, competent_id, province_id"""
_TOKEN = f"SELECT {step_sql.TASK_COLUMNS}, branch FROM workflow_token WHERE id = %s AND closed_at IS NULL"  # noqa: S608


def fire_timer(*, timer_id: int, at: datetime, resolve_unit: ResolveUnit, due_for: DueFor) -> Step | Reminder | None:
    """Let a due timer go off: it ends its wait or its task, or reminds and opens its own way.

    Returns None when it went off before, its task is closed, or it is not due (any more).

    Raises:
        RunNotRunning, VariableNotGiven: the caller rolls back and calls `delay_timer`.
    """
    in_transaction()
    row = timer_sql.fire(timer_id, at=at)
    if row is None:
        return None
    run_id, token_id, key, version_id = row
    graph = graph_of(version_id)
    event = graph.nodes[key]
    if event.kind == NodeKind.BOUNDARY and not event.interrupts:
        return _remind(run_id, token_id, graph, event, at=at, resolve_unit=resolve_unit, due_for=due_for)
    outcome = event.outcomes[0].code if event.kind == NodeKind.BOUNDARY else ELAPSED.code
    return finish(
        run_id=run_id, token_id=token_id, outcome=outcome, actor_person_id=None, post_id=None, at=at,
        resolve_unit=resolve_unit, due_for=due_for, event=event.id,
    )  # fmt: skip


def delay_timer(*, timer_id: int, at: datetime) -> None:
    """Put off a timer whose step failed, so that those behind it are not held up."""
    timer_sql.delay(timer_id, until=at + AGAIN_AFTER)


def _remind(
    run_id: int,
    token_id: int,
    graph: Graph,
    event: Node,
    *,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    variables: Mapping[str, object] | None = None,
) -> Reminder:
    locked = step_sql.fetch_one(_LOCK_RUN, [run_id])
    found = step_sql.fetch_one(_TOKEN, [token_id])
    if locked is None or found is None:
        raise RunNotRunning
    lock_version, scope = locked[0], Scope(*locked[1:])
    task = task_of(found)
    env = dict(variables or {}) | {OUTCOME: event.outcomes[0].code}
    move = advance(
        graph, event, found[10], choose=choose_by(env), others=OtherTokens(run_id), label=labels(lock_version)
    )  # fmt: skip
    opening = Opening(graph, run_id, task.version_id, scope, at, resolve_unit, due_for, None)
    opened = opening.insert(move.landings)
    if move.consumed:
        step_sql.use_up(move.consumed, at=at)
    consequences.follow(opening, opened=opened, services=move.services)
    return Reminder(run_id, task.version_id, lock_version, scope, task, event, opened)


def deliver_message(
    *,
    run_id: int,
    name: str,
    key: str,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    payload: Mapping[str, object] | None = None,
    outcome: str = "",
) -> Step | Reminder | None:
    """Give a run the message that it waits for; the first wait of that name gets it.

    Args:
        key: the sender's own id of the message: delivered again it changes nothing.
        payload: declared values for conditions behind the wait.
        outcome: how the wait ends, its first outcome when ''.

    Returns None when the message came before, or nothing waits for it.

    Raises:
        OutcomeNotOffered, VariableNotGiven, RunNotRunning.
    """
    in_transaction()
    if timer_sql.is_taken(run_id, key):
        return None
    found = waiting_for(run_id, name)
    if found is None:
        return None
    task, event = found
    if not timer_sql.take_message(run_id, key, name, task.token_id, at=at):
        return None
    if event is not None and not event.interrupts:
        return _remind(
            run_id, task.token_id, graph_of(task.version_id), event, at=at, resolve_unit=resolve_unit,
            due_for=due_for, variables=payload,
        )  # fmt: skip
    code = event.outcomes[0].code if event is not None else outcome or task.outcomes[0].code
    return finish(
        run_id=run_id, token_id=task.token_id, outcome=code, actor_person_id=None, post_id=None, at=at,
        resolve_unit=resolve_unit, due_for=due_for, variables=payload, event=event.id if event is not None else "",
    )  # fmt: skip


def answer_call(
    *, run_id: int, token_id: int, outcome: str, at: datetime, resolve_unit: ResolveUnit, due_for: DueFor
) -> Step:
    """Finish a call by its child's end. `outcome` is kept when the task offers it, else its first one is taken.

    Raises:
        TaskAlreadyDone: it was answered, recorded by hand or given up before. TaskNotFound, RunNotRunning.
    """
    row = step_sql.fetch_one(_TOKEN, [token_id])
    spec = task_of(row).spec if row is not None else None
    code = outcome if spec is None or spec.outcome(outcome) else spec.outcomes[0].code
    return finish(
        run_id=run_id, token_id=token_id, outcome=code, actor_person_id=None, post_id=None, at=at,
        resolve_unit=resolve_unit, due_for=due_for, answers_call=True,
    )  # fmt: skip
