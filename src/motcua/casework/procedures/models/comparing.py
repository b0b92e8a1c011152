"""Files of records that a person handed in to be compared, and what was decided of each difference."""

from django.db import models

from motcua.casework.procedures.models.catalogue import ProcedureVersion
from motcua.casework.procedures.types import DifferenceKind, DifferenceState, RecordsFileState
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7


class RecordsFile(models.Model):
    """One file of records handed in at the office; a job reads it and lists how it differs from the catalogue.

    The content is kept gzipped until it is read: what differs then stands in the differences.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    packed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=RecordsFileState, default=RecordsFileState.WAITING)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # codes in the file, and those of them that are as in the catalogue
    named = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "procedures_records_file"
        constraints = [
            models.CheckConstraint(
                name="records_file_content_until_read",
                condition=models.Q(packed__isnull=False) | ~models.Q(state=RecordsFileState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecordsFileProblem(models.Model):
    """Something in a record of the file that could not be taken as it stood, by its place."""

    file = models.ForeignKey(RecordsFile, on_delete=models.CASCADE, related_name="problems")  # part of the file
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    values = models.JSONField(default=dict)
    is_fatal = models.BooleanField()

    class Meta:
        db_table = "procedures_records_file_problem"
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="records_file_problem_once")]

    def __str__(self) -> str:
        return f"line {self.line} {self.place}"


class RecordDifference(models.Model):
    """One procedure in which the file differs from the catalogue, and what a person decided of it.

    Attributes:
        base: the version it was compared with; None for a new procedure.
        content: the file's record, null where it is missing there. What differs is told when it is shown.
        effective_on, person, at: when what was accepted takes effect, who decided and when.
    """

    file = models.ForeignKey(RecordsFile, on_delete=models.CASCADE, related_name="differences")  # part of the file
    code = models.CharField(max_length=40)
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=DifferenceKind)
    base = models.ForeignKey(ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=DifferenceState, default=DifferenceState.OPEN)
    effective_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_record_difference"
        constraints = [
            models.UniqueConstraint(fields=["file", "code"], name="record_difference_once"),
            models.CheckConstraint(
                name="record_difference_decided",
                condition=models.Q(state=DifferenceState.OPEN, at__isnull=True)
                | (~models.Q(state=DifferenceState.OPEN) & models.Q(at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["file", "state", "kind"], name="record_difference_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"
