"""Puts the tokens of a move down as rows, and takes away what it used up."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.workflow import step_sql
from motcua.casework.workflow.moving import Move, Resting
from motcua.casework.workflow.rows import closed_task_of
from motcua.casework.workflow.types import (
    ClosedTask,
    DueFor,
    Graph,
    Node,
    ResolveUnit,
    Scope,
    Task,
    TokenKind,
)
from motcua.foundation.core.ids import uuid7

PersonFor = Callable[[Node, int], int | None]


class OtherTokens:
    """The run's other open tokens, read at most once, and only when asked for and not known already."""

    def __init__(self, run_id: int, tokens: list[Resting] | None = None) -> None:
        self.run_id = run_id
        self.tokens = tokens

    def __call__(self) -> list[Resting]:
        if self.tokens is None:
            self.tokens = step_sql.open_tokens(self.run_id)
        return self.tokens

    def left(self, move: Move) -> bool:
        """Tell whether others stay open after the move."""
        return any(token.id not in move.consumed for token in self())


class Opening:
    """Puts landed tokens down as rows."""

    def __init__(
        self,
        graph: Graph,
        run_id: int,
        version_id: int,
        scope: Scope,
        at: datetime,
        resolve_unit: ResolveUnit,
        due_for: DueFor,
        person_for: PersonFor | None,
    ) -> None:
        self.graph, self.run_id, self.version_id, self.scope, self.at = graph, run_id, version_id, scope, at
        self.resolve_unit, self.due_for, self.person_for = resolve_unit, due_for, person_for

    def insert(self, landings: Sequence[Resting]) -> tuple[Task, ...]:
        """Insert the tokens by one statement and return the tasks among them."""
        if not landings:
            return ()
        rows = [self.row(token) for token in landings]
        ids = step_sql.insert_tokens(rows)
        return tuple(
            Task(
                token_id,
                row[0],
                self.run_id,
                self.version_id,
                self.graph.nodes[token.node],
                row[7],
                row[11],
                self.at,
                row[13],
                row[14],
            )
            for token_id, row, token in zip(ids, rows, landings, strict=True)
            if token.kind == TokenKind.TASK
        )

    def row(self, token: Resting) -> tuple[Any, ...]:
        """Return the values of a landed token for `step_sql.INSERT_TOKENS`."""
        node, at = self.graph.nodes[token.node], self.at
        place = (uuid7(), self.run_id, self.version_id, token.node, str(token.kind), token.via, token.branch)
        if token.kind == TokenKind.JOIN:
            return (*place, None, "", "", "", None, at, at, None)
        unit_id = self.resolve_unit(node, self.scope)
        starts_at, due_at = self.due_for(node, unit_id, at)
        person_id = self.person_for(node, unit_id) if self.person_for else None
        return (*place, unit_id, node.role, node.holder, node.act, person_id, at, starts_at, due_at)


def settle(move: Move, opening: Opening, others: OtherTokens) -> tuple[tuple[Task, ...], tuple[ClosedTask, ...]]:
    """Write the move: withdraw, use up, open."""
    if move.terminated:
        if not others():
            return (), ()
        rows = step_sql.withdraw_all(opening.run_id, person_id=None, post_id=None, at=opening.at)
        return (), tuple(closed_task_of(row) for row in rows)
    if move.consumed:
        step_sql.use_up(move.consumed, at=opening.at)
    return opening.insert(move.landings), ()
