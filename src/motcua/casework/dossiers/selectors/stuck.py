"""Stuck dossiers as the watchdog found them, for those who answer for them or lead there."""

from datetime import datetime

from django.db.models import Q

from motcua.casework.dossiers.models import Dossier, StuckDossier
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.types.stuck import WATCHERS, StuckPage, StuckRow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day


def stuck_dossiers(*, actor: Actor, at: datetime, after: int = 0, limit: int = 50) -> StuckPage:
    """Return findings of dossiers that the actor sees or answers for, the oldest finding first. Five queries."""
    mine = Q(owner_id=actor.person_id or 0) | Q(dossier__in=Dossier.objects.visible_to(actor))
    found = StuckDossier.objects.filter(mine, ended_at=None)
    total = found.count()
    rows = list(found.filter(pk__gt=after).select_related("dossier").order_by("pk")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    titles = names.procedure_names(row.dossier.procedure_version_id for row in rows)
    people = {key for row in rows for key in (row.owner_id, row.acknowledged_by_id) if key is not None}
    called = accounts.person_names(people) if people else {}
    shown = tuple(_row(row, titles, called, actor, at=at) for row in rows)
    return StuckPage(shown, total, rows[-1].pk if more else None)


def _row(row: StuckDossier, titles: dict, called: dict[int, str], actor: Actor, *, at: datetime) -> StuckRow:
    dossier = row.dossier
    return StuckRow(
        public_id=row.public_id,
        dossier_public_id=dossier.public_id,
        code=dossier.code or dossier.intake_number or "",
        procedure_name=titles[dossier.procedure_version_id][1],
        applicant_name=dossier.applicant_name,
        step_name=row.step_name,
        unit_name=names.agency_name(row.unit_id, on=civil_day(at)),
        why=row.why,
        since=row.since,
        due_at=dossier.due_at,
        owner=called.get(row.owner_id, "") if row.owner_id else "",
        is_mine=row.owner_id == actor.person_id,
        may_note=row.owner_id == actor.person_id or bool(actor.posts_over(row.unit_id, *WATCHERS)),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=called.get(row.acknowledged_by_id, "") if row.acknowledged_by_id else "",
        note=row.note,
    )
