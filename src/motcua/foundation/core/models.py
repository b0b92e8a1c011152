"""Tables of the ground: outbox, set-aside events, counted attempts."""

from django.db import models


class OutboxEvent(models.Model):
    """A published fact waiting for, or handed to, its subscribers. Written by outbox.publish only."""

    topic = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_outbox_event"
        indexes = [
            models.Index(fields=["id"], name="core_outbox_waiting", condition=models.Q(delivered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject}"


class OutboxFailure(models.Model):
    """An event that one subscriber could not take; deleted when a retry succeeds."""

    subscriber = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    attempts = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField()

    class Meta:
        db_table = "core_outbox_failure"
        constraints = [models.UniqueConstraint(fields=["subscriber", "event_id"], name="core_failure_once")]
        indexes = [models.Index(fields=["subscriber", "subject"], name="core_failure_subject")]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.event_id}"


class Attempt(models.Model):
    """How often something throttled was tried in one window; swept after a day."""

    bucket = models.BinaryField()
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "core_attempt"
        constraints = [models.UniqueConstraint(fields=["bucket", "window_start"], name="core_attempt_window")]

    def __str__(self) -> str:
        return f"{self.window_start:%Y-%m-%d %H:%M} {self.count}"


class KeepingPeriod(models.Model):
    """How long one kind of data is kept, where it differs from the packaged default. No days: for ever."""

    kind = models.CharField(max_length=40, unique=True)
    days = models.PositiveIntegerField(null=True)
    legal_source = models.CharField(max_length=300)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "core_keeping_period"

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} days"


class PurgeRecord(models.Model):
    """That data of one kind were deleted: how many, how old, when, by whom. Append-only."""

    kind = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    before = models.DateTimeField()
    removed = models.PositiveIntegerField()
    purged_at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        db_table = "core_purge_record"
        indexes = [models.Index(fields=["kind", "-id"], name="purge_record_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.removed}"
