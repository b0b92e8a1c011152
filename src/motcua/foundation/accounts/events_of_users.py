"""The record of what touched the safety of an account."""

from datetime import datetime

from motcua.foundation.accounts.models import SecurityEvent
from motcua.foundation.accounts.types import EventCard, EventKind


def note(
    *,
    user_id: int,
    kind: str,
    at: datetime,
    by_user_id: int | None = None,
    reason: str = "",
    device: str = "",
    address: str = "",
) -> None:
    """Write one line; nothing ever changes it."""
    SecurityEvent.objects.create(
        user_id=user_id, kind=kind, by_id=by_user_id, reason=reason[:300], device=device, address=address, at=at
    )


def events_of(user_id: int, *, limit: int = 20) -> tuple[EventCard, ...]:
    """Return the newest lines of a user."""
    rows = SecurityEvent.objects.filter(user_id=user_id).select_related("by__person").order_by("-pk")[:limit]
    return tuple(
        EventCard(
            kind=row.kind, label=str(EventKind(row.kind).label), at=row.at, device=row.device, address=row.address,
            by=_name(row), reason=row.reason,
        )
        for row in rows
    )  # fmt: skip


def _name(row: SecurityEvent) -> str:
    person = getattr(row.by, "person", None)
    return person.full_name if person is not None else ""
