"""What of dossiers is kept for a time: drafts, keys of forms; and what is not deleted by itself. Private."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.models import AccessLog, Dossier, Draft, IdempotencyKey, TimePreview
from motcua.casework.dossiers.selectors.destruction import due_for_destruction
from motcua.foundation.core.keeping import Kind

ASSUMED = _("Law 91/2025/QH15, art. 3 (no longer than needed); period assumed")
MOST_COUNTED = 10_000


def _expired(_at: datetime, before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(expires_at__lt=before, dossier_id__isnull=True)


def _submitted(_at: datetime, before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(dossier_id__isnull=False, saved_at__lt=before)


def _keys(_at: datetime, before: datetime) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(created_at__lt=before)


def _previews(_at: datetime, before: datetime) -> QuerySet[TimePreview]:
    return TimePreview.objects.filter(started_at__lt=before)


def _delete(rows: QuerySet[Draft]) -> int:
    return rows.delete()[1].get("dossiers.Draft", 0)


def _due(_at: datetime, before: datetime) -> int:
    return len(due_for_destruction(at=before, limit=MOST_COUNTED))


def needed_people(person_ids: list[int]) -> set[int]:
    """Return those who have an open dossier, or a draft: their account is not closed as unused."""
    opened = Dossier.objects.filter(citizen_id__in=person_ids, closed_at__isnull=True)
    drafts = Draft.objects.filter(owner_id__in=person_ids, dossier_id__isnull=True)
    found = [*opened.values_list("citizen_id", flat=True), *drafts.values_list("owner_id", flat=True)]
    return {pk for pk in found if pk is not None}


KINDS = (
    Kind(
        "drafts", _("Drafts not handed in"), _("their date"), 0, ASSUMED,
        lambda at, before: _expired(at, before).count(), lambda at, before: _delete(_expired(at, before)),
    ),
    Kind(
        "submitted_drafts", _("Traces of drafts handed in"), _("handing in"), 30, ASSUMED,
        lambda at, before: _submitted(at, before).count(), lambda at, before: _delete(_submitted(at, before)),
    ),
    Kind(
        "form_keys", _("Keys of forms sent"), _("sending"), 30, ASSUMED,
        lambda at, before: _keys(at, before).count(), lambda at, before: _keys(at, before).delete()[0],
    ),
    Kind(
        "time_previews", _("Previews of calendar changes"), _("asking for it"), 2, ASSUMED,
        lambda at, before: _previews(at, before).count(), lambda at, before: _previews(at, before).delete()[0],
    ),
    Kind(
        "dossiers", _("Dossiers whose retention is over"), _("the end of their retention"), 0,
        _("Law 33/2024/QH15; periods: motcua retention"), _due, None,
        _("Destroyed one by one by decision: motcua destroy_dossier. How long each kind is kept: motcua retention."),
    ),
    Kind(
        "access_log", _("Log of who read dossiers"), _("reading"), None, _("Law 91/2025/QH15; sealed per day"),
        lambda _at, before: AccessLog.objects.filter(read_at__lt=before).count(), None,
        _("Sealed every night: a day that was taken out could not be told from one that was tampered with."),
    ),
)  # fmt: skip
