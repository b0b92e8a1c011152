"""The parts of a published record that others point at or count with."""

from django.db import models

from motcua.casework.procedures.models.catalogue import ProcedureVersion
from motcua.casework.procedures.types import Channel, ComponentKind, FeeKind, LimitFlag, PlaceKind
from motcua.foundation.accounts.models import Person
from motcua.foundation.calendars.types import LimitUnit
from motcua.foundation.core.ids import uuid7


class Case(models.Model):
    """A variant of a procedure with papers of its own (trường hợp); name '' when there is only one."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="cases")
    position = models.PositiveSmallIntegerField()
    name = models.TextField(blank=True)
    # Steps of this case alone, one text a step; empty where the version's steps hold for all cases.
    steps = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "procedures_case"
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="case_position_once")]

    def __str__(self) -> str:
        return self.name[:80] or f"case {self.pk}"


class CaseComponent(models.Model):
    """A line in a case's list of papers: handed in, shown, or only a note.

    The import proposes the kind by rules; `is_confirmed` says that a person looked at it. Only hand in and show are
    ticked at a counter.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="components")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=ComponentKind)
    is_confirmed = models.BooleanField(default=False)
    originals = models.PositiveSmallIntegerField(default=0)
    certified_copies = models.PositiveSmallIntegerField(default=0)
    plain_copies = models.PositiveSmallIntegerField(default=0)
    paper_code = models.CharField(max_length=60, blank=True, default="")
    # Register in which the state already holds what this paper says: nobody hands it in (Decree 224/2026, art. 15).
    held_by_state = models.CharField(max_length=200, blank=True, default="")
    eform_code = models.CharField(max_length=80, blank=True, default="")
    template_file = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "procedures_component"
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="component_position_once"),
            models.CheckConstraint(name="component_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name[:80]


class TimeLimit(models.Model):
    """How long it takes, for a case (null: all), a channel and a kind of place; statutory and reduced.

    A row that `is_addition` holds for one kind of place and is added to the limit of all places ("+ 10 working days in
    remote communes"); without a reduced value it is added to what was promised too.

    One row per published way of filing; a way without a published limit has the unit `none`. `needs_review` marks a
    source that could be read in more than one way: no promise is made to a citizen before a person settled it. `flag`
    says why a person should look at the row, '' once one did.
    """

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="limits")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="limits")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    place_kind = models.CharField(max_length=10, choices=PlaceKind, default=PlaceKind.ANY)
    is_addition = models.BooleanField(default=False)
    statutory_value = models.PositiveSmallIntegerField(default=0)
    statutory_unit = models.CharField(max_length=15, choices=LimitUnit)
    reduced_value = models.PositiveSmallIntegerField(null=True)
    reduced_unit = models.CharField(max_length=15, choices=LimitUnit, blank=True)
    reduced_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    needs_review = models.BooleanField(default=False)
    flag = models.CharField(max_length=12, choices=LimitFlag, default=LimitFlag.NONE, blank=True)

    class Meta:
        db_table = "procedures_time_limit"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="time_limit_position_once"),
            models.CheckConstraint(
                name="time_limit_reduced_whole",
                condition=models.Q(reduced_value__isnull=True, reduced_unit="")
                | (models.Q(reduced_value__isnull=False) & ~models.Q(reduced_unit="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.statutory_value} {self.statutory_unit}"


class LimitChange(models.Model):
    """One settling of a limit, or of a version's rules of counting (`limit` null): before and after; only added to."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="limit_changes")
    limit = models.ForeignKey(TimeLimit, null=True, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "procedures_limit_change"

    def __str__(self) -> str:
        return f"limit {self.limit_id} of version {self.version_id}"


class Fee(models.Model):
    """A fee (phí) or state charge (lệ phí) for a case (null: all) and a channel; amount null when only words say it."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="fees")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="fees")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.CharField(max_length=10, choices=FeeKind)
    amount_vnd = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    code = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        db_table = "procedures_fee"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="fee_position_once"),
            models.CheckConstraint(name="fee_not_negative", condition=models.Q(amount_vnd__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.amount_vnd}"


class FeeExemption(models.Model):
    """Who pays no fee or a part of it only, for a case (null: all) and a channel ('': all).

    Attributes:
        percent: how much of the fee falls away; 100 for all of it.
        group: code of the group where one is set up, such as poor households; `who` is what citizens read.
    """

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="exemptions")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="exemptions")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    group = models.CharField(max_length=40, blank=True)
    who = models.TextField()
    percent = models.PositiveSmallIntegerField(default=100)
    note = models.TextField(blank=True)
    basis = models.TextField(blank=True)

    class Meta:
        db_table = "procedures_fee_exemption"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="fee_exemption_position_once"),
            models.CheckConstraint(name="fee_exemption_percent", condition=models.Q(percent__range=(1, 100))),
            models.CheckConstraint(name="fee_exemption_who", condition=~models.Q(who="")),
        ]

    def __str__(self) -> str:
        return f"{self.who[:60]} -{self.percent} %"


class VersionRecord(models.Model):
    """The record as it was published, word for word: what is written out again and compared with later files.

    Made with its version and never changed. Versions made before this table existed have none until the same record
    comes again; what is written out for them is put together from their rows.
    """

    version = models.OneToOneField(ProcedureVersion, primary_key=True, on_delete=models.PROTECT, related_name="record")
    content = models.JSONField()

    class Meta:
        db_table = "procedures_version_record"

    def __str__(self) -> str:
        return f"record of version {self.version_id}"


class ResultType(models.Model):
    """A kind of paper that procedures issue, with the national result code where one is published."""

    code = models.CharField(max_length=60, blank=True)
    name = models.TextField()

    class Meta:
        db_table = "procedures_result_type"
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="result_type_once")]

    def __str__(self) -> str:
        return self.name[:80]


class VersionResult(models.Model):
    """A result type that a version of a procedure leads to."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="results")
    result_type = models.ForeignKey(ResultType, on_delete=models.PROTECT, related_name="versions")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "procedures_version_result"
        constraints = [models.UniqueConstraint(fields=["version", "result_type"], name="version_result_once")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.result_type_id}"


class LegalBasis(models.Model):
    """A legal document that a version is based on, number and title as published."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="legal_bases")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=120, blank=True)
    title = models.TextField(blank=True)

    class Meta:
        db_table = "procedures_legal_basis"
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="legal_basis_position_once")]

    def __str__(self) -> str:
        return self.number or self.title[:80]


class FormFile(models.Model):
    """A form that goes with a paper: the published file name, and an address where there is one."""

    component = models.ForeignKey(CaseComponent, on_delete=models.PROTECT, related_name="form_files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        db_table = "procedures_form_file"
        constraints = [models.UniqueConstraint(fields=["component", "position"], name="form_file_position_once")]

    def __str__(self) -> str:
        return self.name
