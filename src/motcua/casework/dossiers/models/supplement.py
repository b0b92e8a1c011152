"""What was asked of the citizen (form 02) and why something was refused (form 03)."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.models.papers import DossierPaper


class SupplementRequest(models.Model):
    """One complete request for what is missing; sent when the process reaches the waiting step."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    ordinal = models.PositiveSmallIntegerField()
    is_before_acceptance = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    answer_by_on = models.DateField(null=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_supplement"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="supplement_ordinal_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(answered_at__isnull=True), name="supplement_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"supplement {self.ordinal} of dossier {self.dossier_id}"


class SupplementItem(models.Model):
    """One thing missing, with its reason; tied to a paper where there is one."""

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    paper = models.ForeignKey(DossierPaper, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "dossiers_supplement_item"

    def __str__(self) -> str:
        return f"item of supplement {self.request_id}"


class RefusalNotice(models.Model):
    """Form 03: why the dossier was not accepted, or refused after examination."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="refusals")
    is_before_acceptance = models.BooleanField(default=True)
    reason = models.TextField()
    legal_basis = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_refusal"

    def __str__(self) -> str:
        return f"refusal of dossier {self.dossier_id}"
