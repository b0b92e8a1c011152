"""Internal procedures, their cases, papers and history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from motcua.casework.internal.types import CaseState, EntryAct
from motcua.foundation.core.ids import uuid7


class InternalProcedure(models.Model):
    """A kind of internal work: which process runs it, which form starts it, how its cases are numbered.

    Attributes:
        suffix: end of a case's code, as in 12/2026/XDVB. is_open: new cases may be started.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    note = models.CharField(max_length=500, blank=True)
    suffix = models.CharField(max_length=20)
    process_code = models.CharField(max_length=60)
    eform_code = models.CharField(max_length=80)
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "internal_procedure"

    def __str__(self) -> str:
        return self.code


class CaseSequence(models.Model):
    """The last number of an agency's cases of one year and suffix."""

    agency = models.ForeignKey("organisations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    suffix = models.CharField(max_length=20)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "internal_sequence"
        constraints = [models.UniqueConstraint(fields=["agency", "year", "suffix"], name="internal_sequence_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}{self.suffix}: {self.last}"


class InternalCase(models.Model):
    """One piece of internal work on its way. Never a dossier: it has tables, lists and numbers of its own.

    Attributes:
        version: the process as it was in force at the start, pinned; eform_version likewise.
        agency_ids: agencies that see it: the one that leads, those asked, those that had a step of it.
        signed_at: when it was signed; nothing signed ends without `document_number`.
        issuer: the agency whose clerk numbered the document.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    procedure = models.ForeignKey(InternalProcedure, on_delete=models.PROTECT, related_name="cases")
    lead_agency = models.ForeignKey("organisations.Agency", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    title_folded = models.CharField(max_length=320)
    version = models.ForeignKey("workflow.ProcessVersion", on_delete=models.PROTECT, related_name="+")
    run = models.OneToOneField("workflow.Run", on_delete=models.PROTECT, related_name="+")
    eform_version = models.ForeignKey("procedures.EFormVersion", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    agency_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.RUNNING)
    started_at = models.DateTimeField()
    started_by_id = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    issuer = models.ForeignKey("organisations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "internal_case"
        constraints = [
            models.UniqueConstraint(fields=["lead_agency", "code"], name="internal_case_code_once"),
            models.UniqueConstraint(
                fields=["issuer", "document_number"],
                name="internal_case_number_once",
                condition=~models.Q(document_number=""),
            ),
            # What was signed is done only with a number, whatever happens above.
            models.CheckConstraint(
                name="internal_case_done_numbered",
                condition=~models.Q(state=CaseState.DONE)
                | (~models.Q(document_number="") & models.Q(issued_on__isnull=False, issuer__isnull=False)),
            ),
        ]
        indexes = [
            GinIndex(fields=["agency_ids"], name="internal_case_agencies"),
            models.Index(fields=["-started_at", "-id"], name="internal_case_newest"),
        ]

    def __str__(self) -> str:
        return self.code


class InternalEntry(models.Model):
    """A line of a case's history, append-only: who did what at which step, with the note or opinion given."""

    case = models.ForeignKey(InternalCase, on_delete=models.PROTECT, related_name="entries", db_index=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=10, choices=EntryAct)
    node = models.CharField(max_length=64, blank=True)
    step_name = models.CharField(max_length=250, blank=True)
    step_name_en = models.CharField(max_length=250, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_label = models.CharField(max_length=200, blank=True)
    outcome_label_en = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "internal_entry"
        indexes = [models.Index(fields=["case", "id"], name="internal_entry_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act} {self.node}"


class InternalPaper(models.Model):
    """A file that came with a line of the history; it stays."""

    entry = models.ForeignKey(InternalEntry, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="internal_papers")

    class Meta:
        db_table = "internal_paper"
        constraints = [models.UniqueConstraint(fields=["entry", "file"], name="internal_paper_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.file_id}"
