"""complete_task written with the ORM alone, to compare its rows with those of the SQL version."""

from datetime import datetime

from django.db.models import F

from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.graphs import graph_of
from motcua.casework.workflow.models import Run, Token
from motcua.casework.workflow.moving import Resting, advance, choose_by
from motcua.casework.workflow.tests.stage import OFFICER, POST, due_for, resolve_unit
from motcua.casework.workflow.types import RunState, Scope, TokenKind


def complete(run_id: int, node: str, outcome: str, at: datetime) -> None:
    """Complete the open task of a node."""
    run = Run.objects.select_for_update().get(pk=run_id)
    Run.objects.filter(pk=run_id).update(lock_version=F("lock_version") + 1)
    token = Token.objects.get(run=run, node=node, kind=TokenKind.TASK, closed_at=None)
    token.closed_at, token.outcome, token.closed_by, token.post_id = at, outcome, OFFICER, POST
    token.save()
    graph = graph_of(run.version_id)
    fired: list[str] = []

    def label(gateway: object) -> str:
        fired.append("")
        return str(run.lock_version + 1) + (f".{len(fired) - 1}" if len(fired) > 1 else "")

    def others() -> list[Resting]:
        rows = Token.objects.filter(run=run, closed_at=None)
        return [Resting(row.pk, row.node, row.kind, row.via, row.branch) for row in rows]

    node_ = graph.nodes[node]
    move = advance(graph, node_, token.branch, choose=choose_by({OUTCOME: outcome}), others=others, label=label)
    Token.objects.filter(pk__in=move.consumed).update(closed_at=at)
    if move.terminated:
        Token.objects.filter(run=run, closed_at=None).update(closed_at=at)
    for landing in move.landings:
        _open(run, landing, at)
    if not Token.objects.filter(run=run, closed_at=None).exists():
        Run.objects.filter(pk=run_id).update(state=RunState.ENDED, ended_at=at)


def _open(run: Run, landing: Resting, at: datetime) -> None:
    spec = graph_of(run.version_id).nodes[landing.node]
    token = Token(
        run=run,
        version_id=run.version_id,
        node=landing.node,
        kind=landing.kind,
        via=landing.via,
        branch=landing.branch,
        opened_at=at,
        starts_at=at,
    )
    if landing.kind == TokenKind.TASK:
        token.unit_id = resolve_unit(spec, Scope(run.receiving_id, run.competent_id, run.province_id))
        token.role, token.holder, token.act = spec.role, spec.holder, spec.act
        token.starts_at, token.due_at = due_for(spec, token.unit_id, at)
    token.save()
