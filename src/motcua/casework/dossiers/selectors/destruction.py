"""What may be destroyed, and what was."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from motcua.casework.dossiers.journal_check import look_through
from motcua.casework.dossiers.models import Destruction, Dossier
from motcua.casework.dossiers.retention import all_periods, record_card, retention_of
from motcua.casework.dossiers.types.destruction import DestroyedDossier, JournalReport, Retention

BATCH = 500


def due_for_destruction(*, at: datetime, limit: int = 100) -> list[tuple[str, date, Retention]]:
    """Return code, day of closing and period of dossiers whose retention is over at `at`, the longest closed first."""
    found: list[tuple[str, date, Retention]] = []
    periods = all_periods()
    closed = Dossier.objects.filter(closed_at__lte=at).select_related("procedure_version__procedure")
    for dossier in closed.order_by("closed_at", "pk").iterator(chunk_size=BATCH):
        retention, free_at = retention_of(dossier, periods=periods)
        if free_at is not None and free_at <= at and dossier.closed_at is not None:
            found.append((dossier.shown_code, dossier.closed_at.date(), retention))
        if len(found) == limit:
            break
    return found


def destroyed_ids(ids: Collection[int] | None = None) -> set[int]:
    """Return the ids of destroyed dossiers, all or those among `ids`: figures keep counting them."""
    rows = Destruction.objects.all() if ids is None else Destruction.objects.filter(dossier_id__in=ids)
    return set(rows.values_list("dossier_id", flat=True))


def destroyed_by_code(*, code: str) -> DestroyedDossier | None:
    """Return the record of the destroyed dossier with this code or intake number, None when there is none."""
    digest = hashlib.sha256(code.encode()).digest()
    row = Destruction.objects.filter(code_digest=digest).order_by("pk").first()
    return record_card(row) if row else None


def verify_journals(*, dossier_id: int | None = None) -> JournalReport:
    """Return what is wrong with the journals, of one dossier or of all."""
    return look_through(dossier_id=dossier_id)


def dossier_id_of(*, code: str) -> int | None:
    """Return the id of the dossier with this code or intake number, for commands of the operator."""
    found = Dossier.objects.filter(Q(code=code) | Q(intake_number=code)).values_list("pk", flat=True)
    return found.order_by("pk").first()
