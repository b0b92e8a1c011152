"""What a change of working time would do, computed by a job where a province has many open dossiers."""

from django.db import models

from motcua.foundation.core.ids import uuid7


class TimePreview(models.Model):
    """A preview of one change for the person who entered it; made when asked for, deleted after two days.

    Nothing hangs on it: the change itself is carried out from the form, and refused when `seen` no longer fits.

    Attributes:
        proposal: the change as plain values; entered: the form as it was sent; seen: its digest.
        rows: the first dossiers that would move: [code, public id, now, then, whether it is the hour of acceptance].
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person_id = models.BigIntegerField(null=True)
    proposal = models.JSONField()
    entered = models.JSONField(default=dict)
    seen = models.CharField(max_length=64)
    of_total = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    acceptances = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_time_preview"
        indexes = [models.Index(fields=["started_at"], name="time_preview_oldest")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.seen}"
