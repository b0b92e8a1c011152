"""Who looked at whose dossier and what for: a log of its own, append-only, never in the journal's chain."""

from django.db import models

from motcua.casework.dossiers.types.reading import Purpose, UnusualRule
from motcua.foundation.core.ids import uuid7


class AccessLog(models.Model):
    """One reading of a citizen's dossier or file by a person.

    Holds ids only. Sealed per day by AccessSeal, so a row must never be changed, added later or taken out, not even
    when the dossier is destroyed at the end of its retention.
    """

    dossier_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    order_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.UNKNOWN, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_access_log"
        indexes = [
            models.Index(fields=["dossier_id", "read_at"], name="access_log_dossier"),
            models.Index(fields=["read_at", "person_id"], name="access_log_instant"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.dossier_id}"


class AccessSeal(models.Model):
    """The digest over one civil day's readings and over the seal of the day before: append-only."""

    day = models.DateField(unique=True)
    row_count = models.PositiveIntegerField()
    digest = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_access_seal"

    def __str__(self) -> str:
        return f"{self.day}: {self.row_count}"


class UnusualReading(models.Model):
    """Many foreign dossiers read in an hour or a day, or many at night, for the data protection officer."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person_id = models.BigIntegerField()
    rule = models.CharField(max_length=20, choices=UnusualRule)
    since = models.DateTimeField()
    until = models.DateTimeField()
    dossiers = models.PositiveIntegerField()
    threshold = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    explanation = models.CharField(max_length=1000, blank=True)
    explained_by = models.BigIntegerField(null=True)
    explained_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_unusual_reading"
        constraints = [models.UniqueConstraint(fields=["person_id", "rule", "since"], name="unusual_reading_once")]
        indexes = [models.Index(fields=["-id"], name="unusual_open", condition=models.Q(explained_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rule} {self.since:%Y-%m-%d %H:%M}"
