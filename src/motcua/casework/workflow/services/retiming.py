"""Moving the clocks of open tasks after working time changed: many at once, in one statement."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.workflow import step_sql, timer_sql

_MOVE = """
UPDATE workflow_token t SET starts_at = v.starts_at, due_at = v.due_at
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS v(id, starts_at, due_at)
WHERE t.id = v.id AND t.closed_at IS NULL
"""


def move_clocks(clocks: Sequence[tuple[int, datetime, datetime | None]]) -> None:
    """Set start and due instant of open tasks, each (token id, start, due); tasks closed meanwhile are left alone.

    The caller holds the locks of the runs' dossiers.
    """
    if clocks:
        step_sql.execute(_MOVE, [list(column) for column in zip(*clocks, strict=True)])


def move_timers(clocks: Sequence[tuple[int, datetime]]) -> None:
    """Set the instants at which open timers go off, each (timer id, due); those closed meanwhile are left alone.

    The caller holds the locks of the runs' dossiers.
    """
    timer_sql.move(clocks)
