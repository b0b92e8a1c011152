"""Ratings: one a dossier."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.casework.dossiers.models import Dossier
from motcua.engagement.surveys.types import Level, Reason


class Rating(models.Model):
    """What a party said of a settled dossier; given once, never changed. The agency is the one that decided.

    It outlives a destroyed dossier without naming it and without the comment, so that public scores stay.
    """

    dossier = models.OneToOneField(Dossier, null=True, on_delete=models.PROTECT, related_name="+")
    agency_id = models.BigIntegerField()
    level = models.CharField(max_length=20, choices=Level.choices)
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason.choices), default=list)
    comment = models.TextField(default="")
    given_at = models.DateTimeField()

    class Meta:
        db_table = "surveys_rating"
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="rating_level_known"),
            models.CheckConstraint(
                condition=models.Q(level=Level.NOT_SATISFIED) | models.Q(reasons=[]),
                name="rating_reasons_when_not_satisfied",
            ),
        ]
        indexes = [models.Index(fields=["given_at", "level"], name="rating_by_time")]

    def __str__(self) -> str:
        return f"rating of dossier {self.dossier_id}"
