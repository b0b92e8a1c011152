"""Moving running runs to another version of their process: never implied, one run at a time, deadlines kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.casework.workflow import consequences, step_sql, timer_sql
from motcua.casework.workflow.graphs import graph_of, running_graph_of
from motcua.casework.workflow.moving import Resting
from motcua.casework.workflow.services.running import in_transaction
from motcua.casework.workflow.soundness import marking_of, reachable_markings
from motcua.casework.workflow.tokens import Opening
from motcua.casework.workflow.types import (
    Act,
    DueFor,
    Graph,
    Migrated,
    Node,
    NodeKind,
    ResolveUnit,
    RunNotFound,
    Scope,
    TokenKind,
)

_RUN = "SELECT version_id, state, receiving_id, competent_id, province_id FROM workflow_run WHERE id = %s FOR UPDATE"
_IS_NUMBERED = """
SELECT EXISTS (SELECT FROM workflow_token WHERE run_id = %s AND act = %s AND closed_at IS NOT NULL AND outcome <> '')"""
_MOVE_RUN = "UPDATE workflow_run SET version_id = %s, lock_version = lock_version + 1 WHERE id = %s"
_MOVE_REST = """
UPDATE workflow_token SET version_id = %s, node = %s, via = %s, unit_id = %s, role = %s, holder = %s, act = %s
WHERE id = %s"""
_UNITS = "SELECT id, unit_id FROM workflow_token WHERE run_id = %s AND closed_at IS NULL"
_MOVE_TIMER = "UPDATE workflow_timer SET node = %s WHERE id = %s"
_DROP_TIMERS = "UPDATE workflow_timer SET closed_at = %s WHERE id = ANY(%s) AND closed_at IS NULL"


def migrate_run(
    *,
    run_id: int,
    version_to: int,
    node_map: Mapping[str, str] | None = None,
    at: datetime,
    resolve_unit: ResolveUnit,
    due_for: DueFor,
    dry_run: bool = False,
) -> Migrated:
    """Move a run to another version, or with `dry_run` say whether it could be. The caller holds the subject's lock.

    Every open token must find an element of its kind in the target, under its own id or by `node_map` (element or
    arrow before -> after), and a run of the target must be able to stand there. Start and due instants stay; timers go
    on where the target draws their event, others are dropped, new ones begin now.

    Raises:
        RunNotFound, VersionNotFound, VersionNotPublished.
    """
    in_transaction()
    row = step_sql.fetch_one(_RUN, [run_id])
    if row is None:
        raise RunNotFound
    version_from, state, *places = row
    after, mapped = running_graph_of(version_to), dict(node_map or {})
    if state != "running" or version_from == version_to:
        problem = "not-running" if state != "running" else "same-version"
        return Migrated(run_id, version_from, version_to, problem=problem)
    before, tokens = graph_of(version_from), step_sql.open_tokens(run_id)
    placed: list[Resting] = []
    for token in tokens:
        key, via = mapped.get(token.node, token.node), mapped.get(token.via, token.via)
        problem = _misfit(before.nodes[token.node], after.nodes.get(key), token, via)
        if problem:
            return Migrated(run_id, version_from, version_to, _nodes(tokens, mapped), problem, token.node)
        placed.append(Resting(token.id, key, token.kind, via, token.branch, token.item))
    found = step_sql.fetch_one(_IS_NUMBERED, [run_id, Act.ISSUE])
    is_numbered = bool(found and found[0])
    if (marking_of(placed), is_numbered) not in reachable_markings(after):
        return Migrated(run_id, version_from, version_to, _nodes(tokens, mapped), "marking-unreachable")
    if not dry_run:
        opening = Opening(after, run_id, version_to, Scope(*places), at, resolve_unit, due_for, None)
        _write(opening, before, tokens, placed)
    return Migrated(run_id, version_from, version_to, _nodes(tokens, mapped))


def _nodes(tokens: list[Resting], mapped: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((token.node, mapped.get(token.node, token.node)) for token in tokens)


def _misfit(before: Node, after: Node | None, token: Resting, via: str) -> str:
    """Return why a token cannot rest there, '' when it can."""
    if after is None:
        return "element-missing"
    same = (before.kind, before.several, bool(before.calls), bool(before.message), bool(before.timer))
    if same != (after.kind, after.several, bool(after.calls), bool(after.message), bool(after.timer)):
        return "element-of-another-kind"
    if token.kind == TokenKind.JOIN and via not in after.incoming:
        return "arrow-missing"
    return ""


def _write(opening: Opening, before: Graph, tokens: list[Resting], placed: list[Resting]) -> None:
    units: dict[int, int] = dict(step_sql.fetch_all(_UNITS, [opening.run_id]))
    for token, goes in zip(tokens, placed, strict=True):
        old, new = before.nodes[token.node], opening.graph.nodes[goes.node]
        values: tuple[Any, ...] = (None, "", "", "")
        if new.kind == NodeKind.TASK:
            unit_id = units[token.id]
            if (old.place, old.division, old.role) != (new.place, new.division, new.role):
                unit_id = opening.unit_for(goes)
            values = (unit_id, new.role, new.holder, new.act)
        step_sql.execute(_MOVE_REST, [opening.version_id, goes.node, goes.via, *values, token.id])
    step_sql.execute(_MOVE_RUN, [opening.version_id, opening.run_id])
    _move_timers(opening, placed, units)


def _move_timers(opening: Opening, placed: list[Resting], units: Mapping[int, int]) -> None:
    """Keep timers whose event the target draws at the same task, drop the others, begin what is new."""
    resting = {token.id: token for token in placed if token.kind == TokenKind.TASK}
    known: dict[int, set[str]] = {}
    dropped: list[int] = []
    for timer_id, _run, token_id, key, *_rest in timer_sql.open_of_runs([opening.run_id]):
        token = resting.get(token_id)
        drawn = consequences.timed(opening.graph, opening.graph.nodes[token.node]) if token else ()
        if key in {node.id for node in drawn}:
            known.setdefault(token_id, set()).add(key)
        elif token is not None and any(node.id == token.node for node in drawn):  # the wait itself, under a new id
            step_sql.execute(_MOVE_TIMER, [token.node, timer_id])
            known.setdefault(token_id, set()).add(token.node)
        else:
            dropped.append(timer_id)
    if dropped:
        step_sql.execute(_DROP_TIMERS, [opening.at, dropped])
    for token_id, token in resting.items():
        node = opening.graph.nodes[token.node]
        rows = consequences.timer_rows(opening, node, token_id, units[token_id])
        timer_sql.insert([row for row in rows if row[2] not in known.get(token_id, set())])
