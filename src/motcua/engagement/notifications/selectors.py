"""How far sending is behind, and what was told about a dossier."""

from datetime import datetime

from django.db.models import Min

from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import OPEN_STATES, MessageState, Waiting


def waiting(*, at: datetime) -> Waiting:
    """Return what still waits to be sent, as a metric."""
    found = Message.objects.filter(state__in=OPEN_STATES)
    oldest = found.aggregate(oldest=Min("written_at"))["oldest"]
    return Waiting(
        count=found.count(),
        oldest_seconds=max(0.0, (at - oldest).total_seconds()) if oldest else 0.0,
        failed=Message.objects.filter(state=MessageState.FAILED).count(),
    )


def told_about(dossier_id: int) -> list[tuple[str, str, datetime]]:
    """Return (kind, state, when written) of the messages about a dossier, oldest first; never to whom."""
    rows = Message.objects.filter(dossier_id=dossier_id).order_by("pk")
    return list(rows.values_list("kind", "state", "written_at"))
