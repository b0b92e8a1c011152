"""The statements of a step, on Django's connection, inside the caller's transaction. Called by services.running only.

Lock order: the caller's dossier, then the run, then its tokens. `close_task` locks and moves on the run and closes the
token in one statement: the run's row lock is taken while the join's outer rows are read, before any token is touched,
and a token closed meanwhile by another transaction is seen when its row is read again under the lock.
"""

# ruff: noqa: S608 - what is put into the texts are constant column lists

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.casework.workflow.moving import Resting
from motcua.foundation.core import statements

TASK_COLUMNS = "id, public_id, run_id, version_id, node, unit_id, person_id, opened_at, starts_at, due_at"
_TASK = ", ".join(f"t.{name}" for name in TASK_COLUMNS.split(", "))
_CLOSED = f"{TASK_COLUMNS}, closed_at, outcome, closed_by, post_id"

CLOSE_TASK = f"""
WITH r AS (
  UPDATE workflow_run SET lock_version = lock_version + 1
  WHERE id = %(run)s AND state = 'running' {{stale}}
  RETURNING id, lock_version, receiving_id, competent_id, province_id)
UPDATE workflow_token t SET closed_at = %(at)s, outcome = %(outcome)s, closed_by = %(person)s, post_id = %(post)s
FROM r WHERE t.id = %(token)s AND t.run_id = r.id AND t.kind = 'task' AND t.closed_at IS NULL
RETURNING {_TASK}, t.closed_at, t.outcome, t.closed_by, t.post_id,
  t.branch, r.lock_version, r.receiving_id, r.competent_id, r.province_id,
  EXISTS (SELECT FROM workflow_token o WHERE o.run_id = r.id AND o.closed_at IS NULL AND o.id <> t.id), t.item"""
CLOSE_TASK_ANY = CLOSE_TASK.format(stale="")
CLOSE_TASK_FRESH = CLOSE_TASK.format(stale="AND lock_version = %(expected)s")

WHY_NOT_CLOSED = """
SELECT t.id, t.closed_at, t.closed_by, r.state
FROM workflow_run r LEFT JOIN workflow_token t ON t.run_id = r.id AND t.id = %s AND t.kind = 'task'
WHERE r.id = %s"""

OPEN_TOKENS = "SELECT id, node, kind, via, branch, item FROM workflow_token WHERE run_id = %s AND closed_at IS NULL"

_INSERTED = (
    "public_id, run_id, version_id, node, kind, via, branch, unit_id, role, holder, act, person_id,"
    " opened_at, starts_at, due_at, item, outcome"
)
INSERT_TOKENS = f"INSERT INTO workflow_token ({_INSERTED}) VALUES "
_KINDS = (
    "uuid, bigint, bigint, text, text, text, text, bigint, text, text, text, bigint,"
    " timestamptz, timestamptz, timestamptz, text"
)
ROW = "(" + ", ".join(f"%s::{kind}" for kind in _KINDS.split(", ")) + ", '')"

# A run whose first task is done as it starts: the run, that task closed, and what follows it, in one statement.
_STARTED = f"{_INSERTED.replace('run_id, ', '')}, closed_at, closed_by, post_id"
_STARTED_ROW = (
    "("
    + ", ".join(
        f"%s::{kind}"
        for kind in (_KINDS.replace("uuid, bigint,", "uuid,", 1) + (", text, timestamptz, bigint, bigint")).split(", ")
    )
    + ")"
)
INSERT_STARTED = f"""
WITH r AS (
  INSERT INTO workflow_run
    (version_id, subject_label, receiving_id, competent_id, province_id, state, lock_version, started_at)
  VALUES (%s, %s, %s, %s, %s, 'running', 1, %s) RETURNING id)
INSERT INTO workflow_token ({_STARTED}, run_id)
SELECT v.*, r.id FROM r, (VALUES {{rows}}) v
RETURNING public_id, id, run_id"""

ANSWERS = "SELECT outcome FROM workflow_token WHERE run_id = %s AND node = %s AND opened_at = %s"
USE_UP = "UPDATE workflow_token SET closed_at = %s WHERE id = ANY(%s)"
WITHDRAW = f"""
UPDATE workflow_token SET closed_at = %s, closed_by = %s, post_id = %s
WHERE run_id = %s AND closed_at IS NULL AND kind = 'task' RETURNING {_CLOSED}"""
DROP_JOINS = "UPDATE workflow_token SET closed_at = %s WHERE run_id = %s AND closed_at IS NULL"
INSERT_RUN = """
INSERT INTO workflow_run
  (version_id, subject_label, receiving_id, competent_id, province_id, state, lock_version, started_at)
VALUES (%s, %s, %s, %s, %s, 'running', 0, %s) RETURNING id"""
END_RUN = "UPDATE workflow_run SET state = 'ended', ended_at = %s WHERE id = %s"
CANCEL_RUN = """
UPDATE workflow_run SET state = 'cancelled', ended_at = %s, lock_version = lock_version + 1
WHERE id = %s AND state = 'running' RETURNING version_id"""
RUN_STATE = "SELECT state FROM workflow_run WHERE id = %s"
CLAIM = f"""
UPDATE workflow_token SET person_id = %s
WHERE id = %s AND kind = 'task' AND closed_at IS NULL AND (person_id IS NULL OR person_id = %s)
RETURNING {TASK_COLUMNS}"""
ASSIGN = f"""
UPDATE workflow_token SET person_id = %s WHERE id = %s AND kind = 'task' AND closed_at IS NULL
RETURNING {TASK_COLUMNS}"""
WHO_HAS = "SELECT closed_at, closed_by, person_id FROM workflow_token WHERE id = %s AND kind = 'task'"

Row = tuple[Any, ...]


def fetch_one(statement: str, params: Any) -> Row | None:
    """Run a statement and return its first row."""
    with statements.prepared() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()


def fetch_all(statement: str, params: Any) -> list[Row]:
    """Run a statement and return its rows."""
    with statements.prepared() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def execute(statement: str, params: Any) -> None:
    """Run a statement that returns nothing."""
    with statements.prepared() as cursor:
        cursor.execute(statement, params)


def close_task(
    *,
    run_id: int,
    token_id: int,
    outcome: str,
    person_id: int | None,
    post_id: int | None,
    at: datetime,
    expected_lock: int | None,
) -> Row | None:
    """Lock the run, move its lock version on and close the task; None when there was nothing to close."""
    params = {
        "run": run_id,
        "token": token_id,
        "outcome": outcome,
        "person": person_id,
        "post": post_id,
        "at": at,
        "expected": expected_lock,
    }
    return fetch_one(CLOSE_TASK_ANY if expected_lock is None else CLOSE_TASK_FRESH, params)


def open_tokens(run_id: int) -> list[Resting]:
    """Return the run's open tokens."""
    return [Resting(*row) for row in fetch_all(OPEN_TOKENS, [run_id])]


def insert_tokens(rows: Sequence[tuple[UUID | Any, ...]]) -> list[int]:
    """Insert tokens by one statement; return their ids in the order of `rows`."""
    statement = INSERT_TOKENS + ", ".join([ROW] * len(rows)) + " RETURNING id"
    return [row[0] for row in fetch_all(statement, [value for row in rows for value in row])]


def insert_started(run: Sequence[Any], tokens: Sequence[tuple[Any, ...]]) -> dict[UUID, tuple[int, int]]:
    """Insert a run and its tokens, the first of them closed; return (token id, run id) by public id."""
    statement = INSERT_STARTED.format(rows=", ".join([_STARTED_ROW] * len(tokens)))
    rows = fetch_all(statement, [*run, *(value for row in tokens for value in row)])
    return {public_id: (token_id, run_id) for public_id, token_id, run_id in rows}


def use_up(token_ids: set[int], *, at: datetime) -> None:
    """Close the arrivals that a join has used."""
    execute(USE_UP, [at, list(token_ids)])


def withdraw_all(run_id: int, *, person_id: int | None, post_id: int | None, at: datetime) -> list[Row]:
    """Close everything that is open in the run; return the tasks among it, in opening order."""
    rows = fetch_all(WITHDRAW, [at, person_id, post_id, run_id])
    execute(DROP_JOINS, [at, run_id])
    return sorted(rows)
