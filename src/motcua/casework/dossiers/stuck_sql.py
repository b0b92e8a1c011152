"""The watchdog's one statement: open tasks of the staff that nobody can do, or whose dossier has long been silent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

_FOUND = """
WITH crew AS (SELECT * FROM unnest(%(units)s::bigint[], %(roles)s::text[], %(people)s::bigint[]) c(unit, role, person)),
posts AS (SELECT DISTINCT unit, role FROM crew)
SELECT d.id, d.competent_agency_id, d.state, t.public_id, t.version_id, t.node, t.unit_id, t.opened_at, j.occurred_at,
  posts.unit IS NULL OR (t.person_id IS NOT NULL AND crew.unit IS NULL)
FROM workflow_token t
JOIN dossiers_dossier d ON d.run_id = t.run_id
JOIN dossiers_journal j ON j.dossier_id = d.id AND j.seq = d.journal_seq
LEFT JOIN posts ON posts.unit = t.unit_id AND posts.role = t.role
LEFT JOIN crew ON crew.unit = t.unit_id AND crew.role = t.role AND crew.person = t.person_id
WHERE t.closed_at IS NULL AND t.kind = 'task' AND t.holder = 'staff' AND NOT d.is_suspended AND d.waiting_for = ''
  AND (posts.unit IS NULL OR (t.person_id IS NOT NULL AND crew.unit IS NULL)
       OR (d.state = 'in_process' AND j.occurred_at < %(silent_before)s))
ORDER BY d.id, t.id
"""


class Candidate(NamedTuple):
    """An open task that may be stuck; `unmanned`: nobody can do it today."""

    dossier_id: int
    agency_id: int
    state: str
    task_id: UUID
    version_id: int
    node: str
    unit_id: int
    opened_at: datetime
    last_at: datetime
    unmanned: bool


def candidates(
    crews: Mapping[tuple[int, str], tuple[tuple[int, str], ...]], *, silent_before: datetime
) -> list[Candidate]:
    """Return open tasks of dossiers that neither wait nor rest: unmanned, or without an event since that instant."""
    rows = [(unit, role, person) for (unit, role), people in crews.items() for person, _name in people]
    params: dict[str, Any] = {
        "units": [row[0] for row in rows], "roles": [row[1] for row in rows], "people": [row[2] for row in rows],
        "silent_before": silent_before,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, params)
        return [Candidate(*row) for row in cursor.fetchall()]
