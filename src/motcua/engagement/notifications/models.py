"""Messages: one row per event, recipient and kind."""

from django.db import models
from django.db.models import Q

from motcua.engagement.notifications.types import OPEN_STATES, Kind, MessageState
from motcua.foundation.core.ids import uuid7


class Message(models.Model):
    """One e-mail to one citizen about one event of a dossier, or (`dossier_id` empty) of their account.

    Written by the subscriber of dossier events, sent by a job. Address and words are encrypted and destroyed as soon as
    the message was sent or given up; what stays tells that, when and about what somebody was written to. `dossier_id`
    and `event_id` are plain numbers: a foreign key would make the relay's transaction lock dossiers at work.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    event_id = models.BigIntegerField()
    dossier_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind)
    recipient_digest = models.BinaryField()
    content_cipher = models.BinaryField(null=True)

    state = models.CharField(max_length=20, choices=MessageState, default=MessageState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    is_uncertain = models.BooleanField(default=False)
    error = models.CharField(max_length=80, blank=True)

    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_message"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "recipient_digest", "kind"], name="message_once"),
            models.CheckConstraint(
                name="message_content_iff_open",
                condition=Q(state__in=OPEN_STATES, content_cipher__isnull=False, closed_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(content_cipher__isnull=True, closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_sending_since",
                condition=~Q(state=MessageState.SENDING) | Q(sending_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="message_waiting", condition=Q(state__in=["pending", "sending"])
            ),
            models.Index(fields=["dossier_id", "id"], name="message_dossier"),
            models.Index(fields=["closed_at"], name="message_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of dossier {self.dossier_id}: {self.state}"


class CodeMessage(models.Model):
    """A one-time code that waits to be sent, encrypted; the row is deleted when it left or its time is over."""

    content_cipher = models.BinaryField()
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "notifications_code_message"
        indexes = [models.Index(fields=["next_try_at"], name="code_message_waiting")]

    def __str__(self) -> str:
        return f"code message {self.pk}"
