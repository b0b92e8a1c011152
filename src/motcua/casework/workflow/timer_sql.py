"""The statements of timers and messages. Only runs whose process draws them ever cause one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.casework.workflow.step_sql import Row, execute, fetch_all, fetch_one

_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, 0, false)"
_INSERT = (
    "INSERT INTO workflow_timer (run_id, token_id, node, unit_id, seconds, opened_at, due_at, wake_at, failures, fired)"
    " VALUES "
)
_CLOSE = "UPDATE workflow_timer SET closed_at = %s WHERE token_id = ANY(%s) AND closed_at IS NULL"
_LOCK_RUN = """
SELECT 1 FROM workflow_run WHERE id = (SELECT run_id FROM workflow_timer WHERE id = %s AND closed_at IS NULL) FOR UPDATE
"""
_FIRE = """
UPDATE workflow_timer m SET closed_at = %s, fired = true FROM workflow_token t
WHERE m.id = %s AND m.closed_at IS NULL AND m.due_at <= %s AND t.id = m.token_id AND t.closed_at IS NULL
RETURNING m.run_id, m.token_id, m.node, t.version_id"""
_DROP_STRAY = """
UPDATE workflow_timer m SET closed_at = %s FROM workflow_token t
WHERE m.id = %s AND m.closed_at IS NULL AND t.id = m.token_id AND t.closed_at IS NOT NULL"""
_DELAY = "UPDATE workflow_timer SET wake_at = %s, failures = failures + 1 WHERE id = %s AND closed_at IS NULL"
_OPEN = """
SELECT id, run_id, token_id, node, unit_id, seconds, opened_at, due_at FROM workflow_timer
WHERE run_id = ANY(%s) AND closed_at IS NULL"""
_MOVE = """
UPDATE workflow_timer m SET due_at = v.due_at, wake_at = v.due_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS v(id, due_at) WHERE m.id = v.id AND m.closed_at IS NULL"""
_TAKE = """
INSERT INTO workflow_message (run_id, key, name, token_id, received_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (run_id, key) DO NOTHING RETURNING id"""
_TAKEN = "SELECT 1 FROM workflow_message WHERE run_id = %s AND key = %s"


def insert(rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert timers: (run, token, node, unit, working seconds, opened, due, wake)."""
    if rows:
        execute(_INSERT + ", ".join([_ROW] * len(rows)), [value for row in rows for value in row])


def close(token_ids: Sequence[int], *, at: datetime) -> None:
    """Drop the timers of tokens that were closed."""
    if token_ids:
        execute(_CLOSE, [at, list(token_ids)])


def fire(timer_id: int, *, at: datetime) -> Row | None:
    """Lock the run of a due timer, then close it; return (run, token, node, version), None when there is nothing to do.

    The run comes before the timer, as in the step that drops the timers of what it closes.
    """
    if fetch_one(_LOCK_RUN, [timer_id]) is None:
        return None
    row = fetch_one(_FIRE, [at, timer_id, at])
    if row is None:
        execute(_DROP_STRAY, [at, timer_id])
    return row


def delay(timer_id: int, *, until: datetime) -> None:
    """Look at a timer that failed again later."""
    execute(_DELAY, [until, timer_id])


def open_of_runs(run_ids: Sequence[int]) -> list[Row]:
    """Return open timers: (id, run, token, node, unit, working seconds, opened, due)."""
    return fetch_all(_OPEN, [list(run_ids)])


def move(clocks: Sequence[tuple[int, datetime]]) -> None:
    """Set the instants of open timers."""
    if clocks:
        execute(_MOVE, [list(column) for column in zip(*clocks, strict=True)])


def take_message(run_id: int, key: str, name: str, token_id: int, *, at: datetime) -> bool:
    """Note a message; False when the same key came before."""
    return fetch_one(_TAKE, [run_id, key, name, token_id, at]) is not None


def is_taken(run_id: int, key: str) -> bool:
    """Tell whether a message came before."""
    return fetch_one(_TAKEN, [run_id, key]) is not None
