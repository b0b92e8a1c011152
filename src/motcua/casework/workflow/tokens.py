"""Puts the tokens of a move down as rows, and takes away what it used up."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.casework.workflow import step_sql
from motcua.casework.workflow.moving import Move, Resting
from motcua.casework.workflow.rows import closed_task_of
from motcua.casework.workflow.types import (
    ClosedTask,
    DueFor,
    Graph,
    NobodyAsked,
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
        asked: Sequence[int] = (),
    ) -> None:
        self.graph, self.run_id, self.version_id, self.scope, self.at = graph, run_id, version_id, scope, at
        self.resolve_unit, self.due_for, self.person_for = resolve_unit, due_for, person_for
        self.asked = tuple(dict.fromkeys(asked))

    def insert(self, landings: Sequence[Resting]) -> tuple[Task, ...]:
        """Insert the tokens by one statement and return the tasks among them.

        Raises:
            NobodyAsked: a task of several agencies opens, and none was chosen.
        """
        if not landings:
            return ()
        placed = [item for token in landings for item in self._spread(token)]
        rows = [self.row(token) for token in placed]
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
            for token_id, row, token in zip(ids, rows, placed, strict=True)
            if token.kind == TokenKind.TASK
        )

    def _spread(self, token: Resting) -> list[Resting]:
        if not self.graph.nodes[token.node].several:
            return [token]
        if not self.asked:
            raise NobodyAsked
        return [replace(token, item=str(agency_id)) for agency_id in self.asked]

    def unit_for(self, token: Resting) -> int:
        """Return the unit whose post does the task; of several agencies asked, the one that the token is for."""
        scope = self.scope
        if token.item:
            scope = replace(scope, receiving_id=int(token.item), competent_id=int(token.item))
        return self.resolve_unit(self.graph.nodes[token.node], scope)

    def row(self, token: Resting) -> tuple[Any, ...]:
        """Return the values of a landed token for `step_sql.INSERT_TOKENS`."""
        node, at = self.graph.nodes[token.node], self.at
        place = (uuid7(), self.run_id, self.version_id, token.node, str(token.kind), token.via, token.branch)
        if token.kind == TokenKind.JOIN:
            return (*place, None, "", "", "", None, at, at, None, "")
        unit_id = self.unit_for(token)
        starts_at, due_at = self.due_for(node, unit_id, at)
        person_id = self.person_for(node, unit_id) if self.person_for else None
        return (*place, unit_id, node.role, node.holder, node.act, person_id, at, starts_at, due_at, token.item)


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
