"""Dates of all dossiers, for rebuilding the figures."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, Max, OuterRef

from motcua.casework.dossiers.models import Dossier, JournalEntry, Pause
from motcua.casework.dossiers.types import DossierDates, State
from motcua.foundation.core.models import OutboxEvent, OutboxFailure

_VALUES = (
    "id", "receiving_agency_id", "competent_agency_id", "field_id", "channel", "state", "waiting_for",
    "acceptance_due_at", "accepted_at", "due_at", "statutory_due_at", "finished_at", "closed_at",
)  # fmt: skip


def all_dates(*, batch: int = 2000) -> Iterator[list[DossierDates]]:
    """Yield the dates of all dossiers in batches by id; four queries a batch."""
    last = 0
    while True:
        paused = Exists(Pause.objects.filter(dossier=OuterRef("pk"), ended_at__isnull=True))
        found = Dossier.objects.filter(pk__gt=last).annotate(paused=paused).order_by("pk")
        rows: list[tuple[Any, ...]] = list(found.values_list(*_VALUES, "paused")[:batch])
        if not rows:
            return
        last = rows[-1][0]
        events = _last_events([str(row[0]) for row in rows])
        former = _received_under([row[0] for row in rows])
        yield [
            replace(DossierDates(*row), last_event_id=events.get(str(row[0]), 0), received_under_id=former.get(row[0]))
            for row in rows
        ]


def _received_under(dossier_ids: list[int]) -> dict[int, int]:
    """Return which agency was competent at acceptance, of dossiers that an heir took over after it."""
    entries = JournalEntry.objects.filter(dossier_id__in=dossier_ids, act="inherited").order_by("dossier_id", "-seq")
    rows = entries.values_list("dossier_id", "facts")
    return {dossier_id: facts["from"] for dossier_id, facts in rows if facts.get("state") != State.FILED}


def _last_events(subjects: list[str]) -> dict[str, int]:
    """Return the newest event of each dossier that some subscriber may still be given; delivered ones never return."""
    waiting = OutboxEvent.objects.filter(delivered_at__isnull=True, subject__in=subjects)
    found = dict(waiting.values("subject").annotate(last=Max("id")).values_list("subject", "last"))
    aside = OutboxFailure.objects.filter(subject__in=subjects).values("subject").annotate(last=Max("event_id"))
    for subject, last in aside.values_list("subject", "last"):
        found[subject] = max(found.get(subject, 0), last)
    return found
