"""Dossiers that do not move and that nobody would notice, each with somebody who answers for it."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.types.stuck import StuckWhy
from motcua.foundation.core.ids import uuid7


class StuckDossier(models.Model):
    """One finding of the watchdog; it ends by itself when the dossier moves again.

    Attributes:
        unit_id: of the step that waits; task_id: its public id.
        since: the step's opening (nobody can do it) or the last event (silence).
        owner_id: the person who answers for it, None where not even an administrator is appointed; found anew each
            time the watchdog runs.
        acknowledged_at, acknowledged_by_id, note: who said what is being done; silence that lasts stays listed.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=StuckWhy)
    unit_id = models.BigIntegerField()
    step_name = models.CharField(max_length=200)
    task_id = models.UUIDField()
    since = models.DateTimeField()
    found_at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_stuck"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "why"], name="stuck_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["since", "id"], name="stuck_open", condition=models.Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.why} {self.dossier_id}"
