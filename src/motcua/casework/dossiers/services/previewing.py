"""The preview of a change of working time by a job: asked for at once, computed beside, shown when it is there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.casework.dossiers import reckoning
from motcua.casework.dossiers.models import TimePreview
from motcua.casework.dossiers.selectors.moved import due_dates_moved
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import CalendarChange, Proposal
from motcua.foundation.core.clock import civil_day


@transaction.atomic
def start_preview(
    *, proposal: Proposal, entered: dict[str, str], seen: str, person_id: int | None, at: datetime
) -> UUID:
    """Note a preview and leave its computing to a job; return by which id the person finds it.

    Args:
        entered: what the form held, to show it again; seen: the digest of the change and of what it changes.
    """
    from motcua.casework.dossiers import jobs

    row = TimePreview.objects.create(
        person_id=person_id,
        proposal=calendars.plain_of(proposal),
        entered=entered,
        seen=seen,
        of_total=reckoning.open_dossiers(agencies_of(proposal), at=at).count(),
        started_at=at,
    )
    jobs.preview.defer(preview_id=row.pk)
    return row.public_id


def agencies_of(proposal: Proposal) -> set[int] | None:
    """Return the agencies whose working time a proposal changes; None: all."""
    if isinstance(proposal, CalendarChange) and proposal.agency_id is not None:
        return {proposal.agency_id}
    return None


def run_preview(*, preview_id: int, rows: int, at: datetime) -> None:
    """Compute a preview that was asked for and keep its result; nothing but the preview is written.

    Args:
        rows: how many of the dossiers that would move are kept.
    """
    preview = TimePreview.objects.filter(pk=preview_id, finished_at__isnull=True).first()
    if preview is None:
        return
    mine = TimePreview.objects.filter(pk=preview.pk)
    proposal = calendars.proposal_of(preview.proposal)
    found = due_dates_moved(
        agency_ids=agencies_of(proposal),
        calendars=calendars.proposed_calendars(proposal, on=civil_day(at)),
        at=at,
        limit=rows,
        progress=lambda looked_at: mine.update(looked_at=looked_at),
    )
    mine.update(
        looked_at=found.looked_at,
        moved=found.moved,
        acceptances=found.acceptances,
        rows=[
            [row.code, str(row.public_id), row.old.isoformat(), row.new.isoformat(), row.is_acceptance]
            for row in found.rows
        ],
        finished_at=at,
    )
