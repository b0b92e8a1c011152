"""Runs: start, complete, claim, assign, cancel. All inside the caller's transaction, whose dossier lock comes first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from motcua.casework.workflow import consequences, step_sql
from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.graphs import graph_of, running_graph_of
from motcua.casework.workflow.moving import advance, choose_by
from motcua.casework.workflow.rows import closed_task_of, task_of
from motcua.casework.workflow.tokens import Opening, OtherTokens, PersonFor, settle
from motcua.casework.workflow.types import (
    ClosedTask,
    DueFor,
    Graph,
    Node,
    OutcomeNotOffered,
    ResolveUnit,
    RunNotFound,
    RunNotRunning,
    RunState,
    Scope,
    StartedRun,
    Step,
    Task,
    TaskAlreadyDone,
    TaskNotFound,
    TaskTaken,
    VariableNotGiven,
)
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.core.types import Stale

Variables = Mapping[str, object]
_KINDS: dict[str, tuple[type, ...]] = {"number": (int, float), "text": (str,), "boolean": (bool,)}


def start_run(
    *,
    version_id: int,
    subject_label: str,
    scope: Scope,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    variables: Variables | None = None,
    person_for: PersonFor | None = None,
) -> StartedRun:
    """Start a run of a published version and open its first tasks. Two statements.

    Args:
        resolve_unit: gives the unit whose posts do a task; due_for: (start of its clock, due instant or None).
        person_for: gives the person a new task is handed to, None to leave it to the post.

    Raises:
        VariableNotGiven: a condition right behind the start needs a value that is missing.
        VersionNotPublished: a draft, which runs on the test bench only.
    """
    in_transaction()
    graph = running_graph_of(version_id)
    env = environment(graph, variables)
    row = step_sql.fetch_one(
        step_sql.INSERT_RUN,
        [version_id, subject_label, scope.receiving_id, scope.competent_id, scope.province_id, at],
    )
    run_id: int = row[0] if row else 0
    move = advance(graph, graph.nodes[graph.start], "", choose=choose_by(env), others=lambda: (), label=labels(0))
    opening = Opening(graph, run_id, version_id, scope, at, resolve_unit, due_for, person_for)
    opened = opening.insert(move.landings)
    consequences.follow(opening, opened=opened, services=move.services)
    if not move.landings:
        step_sql.execute(step_sql.END_RUN, [at, run_id])
    return StartedRun(run_id, version_id, 0, opened, not move.landings)


def complete_task(
    *,
    run_id: int,
    token_id: int,
    outcome: str,
    actor_person_id: int | None,
    post_id: int | None,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    variables: Variables | None = None,
    expected_lock: int | None = None,
    person_for: PersonFor | None = None,
    asked: Sequence[int] = (),
) -> Step:
    """Finish a task with one of its outcomes and open what follows.

    Two statements on the ordinary way (close, open); joins and ends add up to three. After a refusal the caller's
    transaction must be rolled back.

    Args:
        expected_lock: the run's lock version that the person saw, None to accept that other branches moved on.
        asked: the agencies that a task of several behind this one asks.

    Raises:
        NobodyAsked: such a task opens, and none was chosen.
        TaskAlreadyDone: somebody was faster. TaskNotFound: no such task in this run. Stale: `expected_lock` is old.
        OutcomeNotOffered, VariableNotGiven, RunNotRunning.
    """
    return finish(
        run_id=run_id, token_id=token_id, outcome=outcome, actor_person_id=actor_person_id, post_id=post_id, at=at,
        resolve_unit=resolve_unit, due_for=due_for, variables=variables, expected_lock=expected_lock,
        person_for=person_for, asked=asked,
    )  # fmt: skip


def finish(
    *,
    run_id: int,
    token_id: int,
    outcome: str,
    actor_person_id: int | None,
    post_id: int | None,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    variables: Variables | None = None,
    expected_lock: int | None = None,
    person_for: PersonFor | None = None,
    asked: Sequence[int] = (),
    event: str = "",
    answers_call: bool = False,
) -> Step:
    """Close a token and move its run on: for `complete_task`, and for events. Private to the engine.

    Args:
        event: id of the event that ends the task: one on its edge, or the waiting event itself.
        answers_call: the task's own child dossier answers.
    """
    in_transaction()
    row = step_sql.close_task(
        run_id=run_id,
        token_id=token_id,
        outcome=outcome,
        person_id=actor_person_id,
        post_id=post_id,
        at=at,
        expected_lock=expected_lock,
    )
    if row is None:
        raise why_not_closed(run_id, token_id)
    branch, lock_version, scope = row[14], row[15], Scope(*row[16:19])
    closed = closed_task_of(row)
    spec = closed.spec
    if not event and spec.outcome(outcome) is None:
        raise OutcomeNotOffered
    version_id, graph = closed.version_id, graph_of(closed.version_id)
    is_alone = not row[19]
    others = OtherTokens(run_id, [] if is_alone else None)
    opening = Opening(graph, run_id, version_id, scope, at, resolve_unit, due_for, person_for, asked)
    answered = token_id if answers_call else None
    if spec.several and any(token.node == spec.id for token in others()):
        consequences.follow(opening, closed=(closed,))
        return Step(run_id, version_id, lock_version, scope, closed, (), (), (), False, False)
    env = environment(graph, variables) | {OUTCOME: _whole(closed, outcome) if spec.several else outcome}
    leaving = graph.nodes[event] if event in spec.boundaries and not spec.several else spec
    move = advance(graph, leaving, branch, choose=choose_by(env), others=others, label=labels(lock_version))
    opened, withdrawn = settle(move, opening, others)
    consequences.follow(
        opening, opened=opened, closed=(closed, *withdrawn), services=move.services, answered=answered
    )  # fmt: skip
    ended = move.terminated or not (move.landings or others.left(move))
    if ended:
        step_sql.execute(step_sql.END_RUN, [at, run_id])
    return Step(run_id, version_id, lock_version, scope, closed, opened, withdrawn, tuple(move.joins), ended, is_alone)


def _whole(closed: ClosedTask, last: str) -> str:
    """Return the outcome of a task of several agencies: of the answers given the one drawn last, else the lapse."""
    rows = step_sql.fetch_all(step_sql.ANSWERS, [closed.run_id, closed.node, closed.opened_at])
    given = {row[0] for row in rows}
    return next((item.code for item in reversed(closed.spec.outcomes) if item.code in given), last)


def claim_task(*, token_id: int, person_id: int, at: datetime) -> Task:
    """Let a person take an open task that nobody has; again by the same person changes nothing.

    Raises:
        TaskTaken: somebody else has it. TaskAlreadyDone, TaskNotFound.
    """
    in_transaction()
    row = step_sql.fetch_one(step_sql.CLAIM, [person_id, token_id, person_id])
    if row is None:
        raise _why_not_taken(token_id)
    return task_of(row)


def assign_task(*, token_id: int, person_id: int | None, at: datetime) -> Task:
    """Hand an open task to a person, or back to its post with None.

    Raises:
        TaskAlreadyDone, TaskNotFound.
    """
    in_transaction()
    row = step_sql.fetch_one(step_sql.ASSIGN, [person_id, token_id])
    if row is None:
        raise _why_not_taken(token_id)
    return task_of(row)


def cancel_run(
    *, run_id: int, actor_person_id: int | None, post_id: int | None, at: datetime
) -> tuple[ClosedTask, ...]:
    """Close every open task of a run without an outcome, for withdrawal or refusal; return them.

    Raises:
        RunNotFound, RunNotRunning.
    """
    in_transaction()
    if step_sql.fetch_one(step_sql.CANCEL_RUN, [at, run_id]) is None:
        raise RunNotRunning if step_sql.fetch_one(step_sql.RUN_STATE, [run_id]) else RunNotFound
    rows = step_sql.withdraw_all(run_id, person_id=actor_person_id, post_id=post_id, at=at)
    tasks = tuple(closed_task_of(row) for row in rows)
    if tasks:
        consequences.give_up(tasks, at=at)
    return tasks


def labels(lock_version: int) -> Callable[[Node], str]:
    """Return the namer of splits that fire in this step: `12`, `12.1`, unique in the run by its lock version."""
    fired = 0

    def label(_gateway: Node) -> str:
        nonlocal fired
        name = f"{lock_version}.{fired}" if fired else str(lock_version)
        fired += 1
        return name

    return label


def environment(graph: Graph, variables: Variables | None) -> dict[str, object]:
    """Return the declared values among `variables`, each of its declared kind."""
    env: dict[str, object] = {}
    for name, declared in graph.variables.items():
        if variables is None or variables.get(name) is None:
            continue
        value = variables[name]
        is_fit = isinstance(value, _KINDS[declared.kind]) and isinstance(value, bool) == (declared.kind == "boolean")
        if not is_fit:
            raise VariableNotGiven(name=declared.label or name)
        env[name] = value
    return env


def why_not_closed(run_id: int, token_id: int) -> Exception:
    """Return the refusal that says why an open task was not found."""
    row = step_sql.fetch_one(step_sql.WHY_NOT_CLOSED, [token_id, run_id])
    if row is None:
        return RunNotFound()
    found_id, closed_at, closed_by, state = row
    if found_id is None:
        return TaskNotFound()
    if closed_at is not None:
        return _already_done(closed_at, closed_by)
    return RunNotRunning() if state != RunState.RUNNING else Stale()


def _why_not_taken(token_id: int) -> Exception:
    row = step_sql.fetch_one(step_sql.WHO_HAS, [token_id])
    if row is None:
        return TaskNotFound()
    closed_at, closed_by, person_id = row
    if closed_at is not None:
        return _already_done(closed_at, closed_by)
    return TaskTaken(person_id=person_id, name=accounts.person_names({person_id}).get(person_id, ""))


def _already_done(closed_at: datetime, closed_by: int | None) -> TaskAlreadyDone:
    name = accounts.person_names({closed_by}).get(closed_by, "") if closed_by else ""
    time = timezone.localtime(closed_at).strftime("%H:%M %d/%m/%Y")
    return TaskAlreadyDone(person_id=closed_by, name=name, at=closed_at, time=time)


def in_transaction() -> None:
    """Refuse to work outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("The engine works inside its caller's transaction, whose dossier lock comes first.")
