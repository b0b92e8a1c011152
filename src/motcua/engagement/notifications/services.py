"""Sending what waits. A message is claimed, sent outside any transaction, and closed: three short moments."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from motcua.engagement.notifications import sealing
from motcua.engagement.notifications.code_messages import due_codes, queue_code, send_code
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import MessageState
from motcua.engagement.notifications.writing import write_messages

__all__ = [
    "due_codes",
    "due_messages",
    "queue_code",
    "send_code",
    "send_messages",
    "write_messages",
]

log = structlog.get_logger(__name__)
# A worker that has held a message for longer than this has died; nobody knows whether the mail left.
HELD_FOR = timedelta(minutes=15)
# One minute, then doubled each time: the last try is about two days after the first.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 16
FAILURES_IN_A_ROW = 3


def send_messages(*, ids: Iterable[int], now: Callable[[], datetime]) -> int:
    """Send the messages of these ids that wait and are due, over one connection; return how many left.

    A mail that cannot leave is tried again later with growing pauses, and given up after two days. One that was
    claimed by a worker that died is sent once more under the same Message-ID and says so in its state. After three
    failures in a row the rest is left to a later round: the mail server is down.

    Args:
        now: asked before each message, because a slow mail server makes a chunk last.
    """
    sent = failures = 0
    connection: BaseEmailBackend | None = None
    for message_id in ids:
        message = _claim(message_id, at=now())
        if message is None:
            continue
        connection = connection or get_connection()
        if _send(message, connection, at=now()):
            sent, failures = sent + 1, 0
            continue
        _close(connection)
        connection, failures = None, failures + 1
        if failures == FAILURES_IN_A_ROW:
            break
    _close(connection)
    return sent


def due_messages(*, at: datetime, limit: int = 500) -> Sequence[int]:
    """Return the ids of messages whose time has come, or that a dead worker held, oldest first."""
    waiting = Q(state=MessageState.PENDING, next_try_at__lte=at)
    held = Q(state=MessageState.SENDING, sending_since__lte=at - HELD_FOR)
    return list(
        Message.objects.filter(waiting | held).order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit]
    )


def _claim(message_id: int, *, at: datetime) -> Message | None:
    """Take a due message for sending, in a transaction of its own that is committed before anything is sent."""
    with transaction.atomic(durable=True):
        message = Message.objects.select_for_update(skip_locked=True).filter(pk=message_id).first()
        if message is None:
            return None
        is_held = message.state == MessageState.SENDING and message.sending_since is not None
        is_abandoned = is_held and message.sending_since <= at - HELD_FOR  # type: ignore[operator]
        if not is_abandoned and not (message.state == MessageState.PENDING and message.next_try_at <= at):
            return None
        message.is_uncertain = message.is_uncertain or is_abandoned
        message.state, message.sending_since = MessageState.SENDING, at
        message.attempts += 1
        message.save(update_fields=["state", "sending_since", "attempts", "is_uncertain"])
    return message


def _send(message: Message, connection: BaseEmailBackend, *, at: datetime) -> bool:
    address, letter = sealing.unseal(message.content_cipher)  # type: ignore[arg-type]
    mail = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[address],
        headers={"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 - whatever the mail server says, the message waits for its next try
        _put_off(message, type(error).__name__, at=at)
        return False
    _finish(message, MessageState.PERHAPS_SENT_TWICE if message.is_uncertain else MessageState.SENT, at=at)
    return True


def message_id_of(message: Message) -> str:
    """Return the Message-ID: the same at every try, so that a mail sent twice is seen as one."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{message.public_id}@{sender or urlsplit(settings.MOTCUA_SITE_URL).hostname}>"


def _put_off(message: Message, error: str, *, at: datetime) -> None:
    log.warning("message_not_sent", message=str(message.public_id), attempt=message.attempts, error=error)
    if message.attempts >= MOST_ATTEMPTS:
        _finish(message, MessageState.FAILED, at=at, error=error)
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (message.attempts - 1))
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=MessageState.PENDING, sending_since=None, next_try_at=at + pause, error=error[:80]
    )


def _finish(message: Message, state: str, *, at: datetime, error: str = "") -> None:
    """Close a message and destroy its address and words."""
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=state, closed_at=at, content_cipher=None, error=error[:80]
    )


def _close(connection: BaseEmailBackend | None) -> None:
    if connection is None:
        return
    try:
        connection.close()
    except OSError as error:
        log.warning("mail_connection_not_closed", error=type(error).__name__)
