"""Open runs go on in other units when an agency ended: their places and open tasks change, their history does not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

_HEIRS = "heir (from_id, to_id) AS (SELECT * FROM unnest(%(ended)s::bigint[], %(heirs)s::bigint[]))"
_RUNS = f"""
WITH {_HEIRS}
UPDATE workflow_run r SET lock_version = r.lock_version + 1,
  receiving_id = coalesce((SELECT to_id FROM heir WHERE from_id = r.receiving_id), r.receiving_id),
  competent_id = coalesce((SELECT to_id FROM heir WHERE from_id = r.competent_id), r.competent_id),
  province_id = coalesce((SELECT to_id FROM heir WHERE from_id = r.province_id), r.province_id)
WHERE r.id = ANY(%(runs)s)
"""  # noqa: S608 - constants
_TOKENS = f"""
WITH {_HEIRS}
UPDATE workflow_token t SET unit_id = heir.to_id FROM heir
WHERE t.unit_id = heir.from_id AND t.closed_at IS NULL AND t.run_id = ANY(%(runs)s)
"""  # noqa: S608 - constants
_RUNS_AT = """
SELECT DISTINCT run_id FROM workflow_token WHERE kind = 'task' AND closed_at IS NULL AND unit_id = ANY(%s) LIMIT %s
"""
_COUNT = """
SELECT unit_id, count(*) FROM workflow_token WHERE kind = 'task' AND closed_at IS NULL AND unit_id = ANY(%s)
GROUP BY unit_id
"""


def move_runs(*, run_ids: Sequence[int], heirs: Mapping[int, int]) -> None:
    """Put open runs and their open tasks under the heirs of units that ended; who holds a task keeps it.

    The caller holds the locks of the subjects. Steps done stay where they were done.
    """
    values: dict[str, Any] = {"runs": sorted(run_ids), "ended": list(heirs), "heirs": list(heirs.values())}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM workflow_run WHERE id = ANY(%(runs)s) ORDER BY id FOR UPDATE", values)
        cursor.execute(_RUNS, values)
        cursor.execute(_TOKENS, values)


def runs_at(*, unit_ids: Sequence[int], limit: int) -> list[int]:
    """Return ids of runs that have an open task in one of the units, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNS_AT, [list(unit_ids), limit])
        return [row[0] for row in cursor.fetchall()]


def open_tasks_of_units(*, unit_ids: Sequence[int]) -> dict[int, int]:
    """Return how many open tasks lie in each of the units, those without left out. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(unit_ids)])
        return dict(cursor.fetchall())
