"""The relay: takes outbox rows in batches and calls every subscriber in one transaction per batch.

A subscriber that fails on an event does not stop the rest: the event is set aside for that subscriber, with all later
ones of the same subject, and tried again with growing pauses.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from motcua.foundation.core import outbox, statements
from motcua.foundation.core.models import OutboxFailure

log = structlog.get_logger(__name__)
LOCK = 0x6D6F7463  # one relay at a time keeps the order of a subject
_TAKE = """
SELECT id, topic, subject, payload, occurred_at FROM core_outbox_event
WHERE delivered_at IS NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""


def _read(row: tuple) -> outbox.Delivered:
    payload = row[3] if isinstance(row[3], dict) else json.loads(row[3])
    return outbox.Delivered(id=row[0], topic=row[1], subject=row[2], payload=payload, occurred_at=row[4])


def relay_batch(*, at: datetime, size: int = 500) -> int:
    """Deliver up to `size` waiting events; return how many were taken, 0 when idle or another relay is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, [size])
        events = [_read(row) for row in cursor.fetchall()]
        if not events:
            return 0
        for name, (topics, handler) in outbox.subscribers().items():
            _deliver(name, handler, [event for event in events if event.topic in topics], at=at)
        cursor.execute(
            "UPDATE core_outbox_event SET delivered_at = %s WHERE id = ANY(%s)", [at, [event.id for event in events]]
        )
        return len(events)


def _deliver(name: str, handler: outbox.Handler, events: list[outbox.Delivered], *, at: datetime) -> None:
    blocked = set(
        OutboxFailure.objects.filter(subscriber=name, subject__in={event.subject for event in events}).values_list(
            "subject", flat=True
        )
    )
    free = [event for event in events if event.subject not in blocked]
    waiting = [event for event in events if event.subject in blocked]
    if free and not _attempt(handler, free):
        for event in free:
            if event.subject in blocked or (error := _try_one(handler, event)) is not None:
                reason = "waits for an earlier event" if event.subject in blocked else error
                blocked.add(event.subject)
                _set_aside(name, event, str(reason), at=at)
    for event in waiting:
        _set_aside(name, event, "waits for an earlier event", at=at)


def _attempt(handler: outbox.Handler, events: Sequence[outbox.Delivered]) -> bool:
    try:
        with transaction.atomic():
            handler(events)
    except Exception:  # noqa: BLE001 - any failure is isolated event by event below
        return False
    return True


def _try_one(handler: outbox.Handler, event: outbox.Delivered) -> str | None:
    try:
        with transaction.atomic():
            handler([event])
    except Exception as error:  # recorded with the event, retried, and counted as a metric
        log.exception("outbox_handler_failed", topic=event.topic, event_id=event.id)
        return type(error).__name__
    return None


def _set_aside(name: str, event: outbox.Delivered, reason: str, *, at: datetime) -> None:
    OutboxFailure.objects.get_or_create(
        subscriber=name,
        event_id=event.id,
        defaults={"subject": event.subject, "reason": reason, "next_try_at": at + timedelta(seconds=10)},
    )


def retry_failures(*, at: datetime) -> int:
    """Try the oldest set-aside event of each subscriber and subject again, and those behind it once it goes through.

    Returns:
        how many went through.
    """
    heads = OutboxFailure.objects.order_by("subscriber", "subject", "event_id").distinct("subscriber", "subject")
    done = 0
    for head in list(heads):
        if head.next_try_at > at:
            continue
        following: OutboxFailure | None = head
        while following is not None and _retry(following.pk, at=at):
            done += 1
            following = (
                OutboxFailure.objects.filter(subscriber=head.subscriber, subject=head.subject)
                .order_by("event_id")
                .first()
            )
    return done


@transaction.atomic
def _retry(failure_id: int, *, at: datetime) -> bool:
    failure = OutboxFailure.objects.select_for_update(skip_locked=True).filter(pk=failure_id).first()
    entry = outbox.subscribers().get(failure.subscriber) if failure else None
    if failure is None or entry is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, topic, subject, payload, occurred_at FROM core_outbox_event WHERE id = %s", [failure.event_id]
        )
        event = _read(cursor.fetchone())
    error = _try_one(entry[1], event)
    if error is None:
        failure.delete()
        return True
    failure.attempts += 1
    failure.reason = error
    failure.next_try_at = at + timedelta(seconds=min(3600, 10 * 2**failure.attempts))
    failure.save(update_fields=["attempts", "reason", "next_try_at"])
    return False


def waiting_events() -> int:
    """Return how many events no subscriber has had yet."""
    with statements.prepared() as cursor:
        cursor.execute("SELECT count(*) FROM core_outbox_event WHERE delivered_at IS NULL")
        return cursor.fetchone()[0]


def lag_seconds(*, at: datetime) -> tuple[int, float, int]:
    """Return (waiting events, age of the oldest in seconds, events set aside): the relay's metrics."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(occurred_at) FROM core_outbox_event WHERE delivered_at IS NULL")
        waiting, oldest = cursor.fetchone()
    age = max(0.0, (at - oldest).total_seconds()) if oldest else 0.0
    return waiting, age, OutboxFailure.objects.count()
