"""Samples drawn by inspectors, and what a secretary has prepared for a leader."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.foundation.accounts.models import InspectionOrder
from motcua.foundation.core.ids import uuid7


class InspectionSample(models.Model):
    """A random sample of the dossiers of an order. Append-only.

    Drawn by the digest of seed and public id among the dossiers with an id up to `upto_id`, so that anybody can draw
    the same again.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    order = models.ForeignKey(InspectionOrder, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    upto_id = models.BigIntegerField()
    dossier_ids = ArrayField(models.BigIntegerField())
    drawn_by = models.BigIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_inspection_sample"

    def __str__(self) -> str:
        return f"{self.size} of {self.population}, seed {self.seed}"


class Preparation(models.Model):
    """What a secretary proposes for one task of a leader: the leader alone decides and signs."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    task_public_id = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=60)
    note = models.CharField(max_length=2000, blank=True)
    person_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    prepared_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_preparation"

    def __str__(self) -> str:
        return f"{self.task_public_id}: {self.outcome}"
