"""Decisions that publish procedures, their items and who did what to them when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.casework.procedures.models.catalogue import ProcedureVersion
from motcua.casework.procedures.types.decisions import DecisionAct, DecisionState, IssuerKind
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7


class Decision(models.Model):
    """A decision publishing procedures (quyết định công bố), from the department's draft to the public list.

    Once published it does not change; what was wrong is put right by another one (`corrects`). `is_past`: entered for
    the record with what it said (`stated`: act -> number), without items.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.TextField()
    number = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200)
    issuer_kind = models.CharField(max_length=10, choices=IssuerKind)
    signer = models.CharField(max_length=150, blank=True)
    effective_on = models.DateField(null=True)
    is_shortened = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    is_past = models.BooleanField(default=False)
    stated = models.JSONField(default=dict, blank=True)

    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    lock_version = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # When it was entered in the national database, by whom, and until when it had to be.
    entered_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    entry_due_on = models.DateField(null=True)
    warned_on = models.DateField(null=True)

    class Meta:
        db_table = "procedures_decision"
        constraints = [
            models.CheckConstraint(
                name="decision_published_whole",
                condition=~Q(state=DecisionState.PUBLISHED)
                | (~Q(number="") & Q(issued_on__isnull=False, published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_checked_known",
                condition=Q(state=DecisionState.DRAFT) | Q(checked_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"],
                name="decision_number_once",
                condition=Q(state=DecisionState.PUBLISHED),
            ),
        ]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="decision_by_day")]

    def __str__(self) -> str:
        return self.number or self.title[:80]


class DecisionItem(models.Model):
    """What a decision does to one procedure; `record` is its text as drafted, in the national format.

    `name`, `field_name` and `levels` are what lists show: the record's, or those of the version that ends.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")  # a draft may be discarded
    position = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=DecisionAct)
    procedure_code = models.CharField(max_length=40)
    name = models.TextField(blank=True)
    field_name = models.CharField(max_length=300, blank=True)
    levels = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    record = models.JSONField(null=True)
    base_version = models.ForeignKey(ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField(null=True)
    successors = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        db_table = "procedures_decision_item"
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure_code"], name="decision_item_procedure_once"),
            models.CheckConstraint(
                name="decision_item_record_iff_kept",
                condition=Q(act__in=["new", "amended"], record__isnull=False)
                | Q(act__in=["replaced", "abolished"], record__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["procedure_code"], name="decision_item_code")]

    def __str__(self) -> str:
        return f"{self.act} {self.procedure_code}"


class DecisionLog(models.Model):
    """One thing that was done to a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="log")  # goes with a discarded draft
    act = models.CharField(max_length=20)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "procedures_decision_log"

    def __str__(self) -> str:
        return f"{self.act} {self.decision_id}"
