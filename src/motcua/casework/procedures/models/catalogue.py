"""Fields, procedures with their dated versions, life events and the words people use instead of official ones."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from motcua.casework.procedures.columns import Fold, WeightedFold
from motcua.casework.procedures.types import AudienceGroup, Channel, Nature, OneStop, ProcedureLevel, ServiceLevel
from motcua.foundation.core.ids import uuid7


class Field(models.Model):
    """A field of administration (lĩnh vực) such as civil status or land; made by the import, never removed."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=300, unique=True)
    name_en = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=600)

    class Meta:
        db_table = "procedures_field"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """One administrative procedure for its whole life (TTHC), known by the national code.

    What is published changes with time and is in ProcedureVersion. Never one person's file: that is a dossier.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    # How often people ask for it, as an editor's judgement from 0 to 100; breaks ties in search.
    prominence = models.PositiveSmallIntegerField(default=0)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    class Meta:
        db_table = "procedures_procedure"

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """The record as published by one decision, in force over a half-open range of days.

    Made by the import or the editor; ends when the next version starts or the procedure is repealed. Dossiers pin it,
    so a version's content does not change after its first day.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="versions")
    valid = DateRangeField()

    name = models.TextField()
    name_en = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    levels = ArrayField(models.CharField(max_length=10, choices=ProcedureLevel))
    kind = models.CharField(max_length=120, blank=True)
    decision_no = models.CharField(max_length=120, blank=True)
    decision_issuer = models.CharField(max_length=40, blank=True)
    audience = ArrayField(models.CharField(max_length=120))
    audience_groups = ArrayField(models.CharField(max_length=15, choices=AudienceGroup))
    channels = ArrayField(models.CharField(max_length=10, choices=Channel))

    executing_agency_text = models.TextField(blank=True)
    executing_agencies = ArrayField(models.TextField())
    competent_agency = models.TextField(blank=True)
    authorized_agency = models.TextField(blank=True)
    coordinating_agency = models.TextField(blank=True)
    receiving_agency = models.TextField(blank=True, default="")
    receiving_address = models.TextField(blank=True)

    # What the province adds to the national record; '' or null: the record does not say.
    nature = models.CharField(max_length=20, choices=Nature, default=Nature.PROCEDURE)
    service_level = models.CharField(max_length=12, choices=ServiceLevel, blank=True, default="")
    partial_reason = models.TextField(blank=True, default="")
    old_level = models.PositiveSmallIntegerField(null=True)
    one_stop = models.CharField(max_length=16, choices=OneStop, blank=True, default="")
    territorial = models.BooleanField(null=True)
    no_result = models.BooleanField(default=False)

    procedure_text = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    requirements = models.TextField(blank=True)
    description = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    sets_required = models.PositiveSmallIntegerField(null=True)
    # codes of rules of counting (calendars) that the law of this field asks for beside those that hold for all
    deadline_rules = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    portal_url = models.URLField(max_length=500, blank=True)

    # The item of a decision that made it; null for what came by import or before decisions were kept.
    decision_item = models.ForeignKey(
        "procedures.DecisionItem", null=True, on_delete=models.PROTECT, related_name="versions"
    )
    # SHA-256 of the imported record in canonical JSON: an equal record changes nothing.
    digest = models.CharField(max_length=64)
    sort_key = models.TextField()
    # Field and result names, copied here by the service so that the stored vector covers them.
    search_extra = models.TextField(blank=True)
    name_fold = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    vector = models.GeneratedField(
        expression=WeightedFold("name", "keywords", "search_extra"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "procedures_version"
        constraints = [
            ExclusionConstraint(
                name="procedure_version_no_overlap",
                expressions=[("procedure", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(name="procedure_version_named", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="procedure_version_old_level",
                condition=models.Q(old_level__isnull=True) | models.Q(old_level__range=(1, 4)),
            ),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="procedure_version_vector"),
            GinIndex(OpClass("name_fold", "gin_trgm_ops"), name="procedure_version_trigram"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.name[:80]}"


class LifeEvent(models.Model):
    """An event in a person's or a business's life under which procedures are found; chosen by the province."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    procedures = models.ManyToManyField(Procedure, through="LifeEventProcedure", related_name="life_events")

    class Meta:
        db_table = "procedures_life_event"

    def __str__(self) -> str:
        return self.code


class LifeEventProcedure(models.Model):
    """A procedure under a life event, at its place in the list."""

    life_event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE)  # an arrangement, not a record
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "procedures_life_event_procedure"
        constraints = [models.UniqueConstraint(fields=["life_event", "procedure"], name="life_event_procedure_once")]

    def __str__(self) -> str:
        return f"{self.life_event_id}: {self.procedure_id}"


class SearchSynonym(models.Model):
    """Everyday words and the official words they stand for: 'sổ đỏ' -> 'giấy chứng nhận quyền sử dụng đất'."""

    phrase = models.CharField(max_length=120)
    meaning = models.CharField(max_length=250)
    phrase_fold = models.GeneratedField(expression=Fold("phrase"), output_field=models.TextField(), db_persist=True)

    class Meta:
        db_table = "procedures_synonym"
        constraints = [models.UniqueConstraint(fields=["phrase", "meaning"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.phrase} -> {self.meaning}"
