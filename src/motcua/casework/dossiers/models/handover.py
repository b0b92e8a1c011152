"""Records of work handed over when somebody leaves a post."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Post


class Handover(models.Model):
    """Who handed what over from a post, on which day and why; printed as the record of handover.

    `done_at` empty: it is planned for a day to come, and its lines are not written yet.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    # a plan until it is carried out: on the first day after the last one in the post, by whoever was chosen
    planned_for = models.DateField(null=True)
    successors = ArrayField(models.BigIntegerField(), default=list)
    done_at = models.DateTimeField(null=True)
    # the last day in the post, None when the person stays
    leaves_on = models.DateField(null=True)
    queue_count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "dossiers_handover"
        indexes = [
            models.Index(fields=["planned_for"], name="handover_planned", condition=models.Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class HandoverLine(models.Model):
    """One open task that changed hands; to nobody means back to the queue of the post."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="lines")  # part of the record
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")  # goes with the dossier
    token_id = models.BigIntegerField()
    step_name = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    to_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "dossiers_handover_line"

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.token_id}"
