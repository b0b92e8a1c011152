"""Which open dossiers would be due at another time under other calendars: the preview of a change."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers import reckoning
from motcua.casework.dossiers.models import TimePreview
from motcua.casework.dossiers.reckoning import Calendars
from motcua.casework.dossiers.types import Moved, MovedRow, TimePreviewView

_BATCH = 2000


def due_dates_moved(
    *,
    agency_ids: set[int] | None,
    calendars: Calendars,
    at: datetime,
    limit: int = 25,
    progress: Callable[[int], object] | None = None,
) -> Moved:
    """Return how many promised dates and hours of acceptance would move, with the first of them; nothing is written.

    Looks at the very dossiers that `services.recompute_due_dates` looks at.

    Args:
        agency_ids: agencies whose working time changes; None: all. calendars: agency and day to the calendar that
            would hold. progress: told how many were looked at, after each batch.
    """
    rows: list[MovedRow] = []
    looked_at = moved = acceptances = last = 0
    found = reckoning.open_dossiers(agency_ids, at=at).order_by("pk")
    while batch := list(found.filter(pk__gt=last)[:_BATCH]):
        promised = [(row, row.due_at, due) for row, due, _law in reckoning.due_of(batch, calendars)]
        answers = [(row, row.acceptance_due_at, due) for row, due in reckoning.acceptance_of(batch, calendars)]
        for group, is_acceptance in ((promised, False), (answers, True)):
            changed = [(row, old, new) for row, old, new in group if old is not None and new is not None and old != new]
            moved += 0 if is_acceptance else len(changed)
            acceptances += len(changed) if is_acceptance else 0
            for row, old, new in changed[: max(0, limit - len(rows))]:
                rows.append(MovedRow(row.shown_code, row.public_id, old, new, is_acceptance))
        looked_at, last = looked_at + len(batch), batch[-1].pk
        if progress is not None:
            progress(looked_at)
    return Moved(tuple(rows), looked_at, moved, acceptances)


def open_dossiers_counted(*, agency_ids: set[int] | None, at: datetime, at_most: int) -> int:
    """Return how many dossiers a change of working time would be computed for, `at_most` of them counted."""
    return reckoning.open_dossiers(agency_ids, at=at)[:at_most].count()


def time_preview(public_id: UUID, *, person_id: int | None) -> TimePreviewView | None:
    """Return a preview that this person asked for, None when there is none."""
    row = TimePreview.objects.filter(public_id=public_id, person_id=person_id).first()
    if row is None:
        return None
    moved = None
    if row.finished_at is not None:
        rows = tuple(
            MovedRow(code, UUID(key), datetime.fromisoformat(old), datetime.fromisoformat(new), is_acceptance)
            for code, key, old, new, is_acceptance in row.rows
        )
        moved = Moved(rows, row.looked_at, row.moved, row.acceptances)
    return TimePreviewView(
        public_id=row.public_id, entered=row.entered, seen=row.seen, of_total=row.of_total, looked_at=row.looked_at,
        started_at=row.started_at, moved=moved,
    )  # fmt: skip
