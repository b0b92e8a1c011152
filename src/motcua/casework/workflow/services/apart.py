"""Runs whose tasks stand apart from the work lists of dossiers: those of internal procedures."""

from django.db import connection

from motcua.casework.workflow.services.running import in_transaction
from motcua.casework.workflow.types import APART_PREFIX

# Work lists, their counts and everything behind them ask for tasks by unit and plain role.
_SET_APART = """
UPDATE workflow_token SET role = %s || role
WHERE run_id = %s AND kind = 'task' AND closed_at IS NULL AND NOT starts_with(role, %s)
"""


def set_apart(*, run_id: int) -> None:
    """Take the open tasks of a run out of every list and count of the posts' ordinary work. One statement.

    Call it in the transaction of each step, so that nobody ever sees them there; `selectors.apart_posts` finds them.
    """
    in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_SET_APART, [APART_PREFIX, run_id, APART_PREFIX])
