"""Pauses of the clock and changes of the due date, each with its reason."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.types import Waiting


class Pause(models.Model):
    """A stretch in which the agency's clock stands; at most one is open."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    holder = models.CharField(max_length=12, choices=Waiting)
    reason_code = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.started_at:%Y-%m-%d}"


class DueDateChange(models.Model):
    """Old and new due instant, why, by which form, by whom."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="due_date_changes")
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=30)
    form = models.CharField(max_length=10, blank=True)
    changed_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_due_date_change"

    def __str__(self) -> str:
        return f"due date of dossier {self.dossier_id}"
