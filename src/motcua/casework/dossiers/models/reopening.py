"""Closed dossiers opened again, the results that a correction replaced, and second supplements approved."""

from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.models.result import BookLine
from motcua.casework.dossiers.types import Capacity, ExtensionState, Fault, SignedHow, StopEffect


class SupplementApproval(models.Model):
    """A supplement beyond those that the law allows: an officer asks a leader for it; granted, it is used once.

    Law: Decree 61/2018/NĐ-CP, art. 11(2c).
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_approvals")
    state = models.CharField(max_length=10, choices=ExtensionState)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    approver_name = models.CharField(max_length=150, blank=True)
    answer = models.TextField(blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_supplement_approval"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(state="proposed") | models.Q(state="granted", used_at__isnull=True),
                name="supplement_approval_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="supplement_approval_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"approval of a supplement of dossier {self.dossier_id}"


class Reopening(models.Model):
    """A closed dossier opened again by a leader, or for the correction of a wrong result.

    `effect` says whether the rest of the limit goes on or the limit starts from zero; both due instants are kept.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reopenings")
    is_correction = models.BooleanField(default=False)
    fault = models.CharField(max_length=10, choices=Fault, blank=True)
    reason = models.TextField()
    ground = models.CharField(max_length=300)
    step = models.CharField(max_length=100)
    effect = models.CharField(max_length=10, choices=StopEffect)
    fee_vnd = models.BigIntegerField(default=0)
    former_state = models.CharField(max_length=14)
    finished_before = models.DateTimeField(null=True)
    closed_before = models.DateTimeField(null=True)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "dossiers_reopening"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(fault="agency") | models.Q(fee_vnd=0), name="reopening_agency_pays_its_fault"
            ),
            models.CheckConstraint(
                condition=models.Q(is_correction=False, fault="")
                | (models.Q(is_correction=True) & ~models.Q(fault="")),
                name="reopening_fault_iff_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening of dossier {self.dossier_id}"


class ReplacedResult(models.Model):
    """A result that another one replaces: kept as it was; its number stays in the book, struck through by `remark`."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="replaced_results")
    reopening = models.OneToOneField(Reopening, on_delete=models.PROTECT, related_name="replaced")
    title = models.CharField(max_length=300)
    is_refusal = models.BooleanField(default=False)
    signed_how = models.CharField(max_length=8, choices=SignedHow)
    signer_person_id = models.BigIntegerField(null=True)
    signer_name = models.CharField(max_length=150)
    capacity = models.CharField(max_length=5, choices=Capacity, blank=True)
    signed_at = models.DateTimeField()
    number = models.CharField(max_length=40, blank=True)
    line = models.OneToOneField(BookLine, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.BigIntegerField(null=True)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    returned_to = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=300)
    replaced_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_replaced_result"

    def __str__(self) -> str:
        return self.number or f"replaced result of dossier {self.dossier_id}"
