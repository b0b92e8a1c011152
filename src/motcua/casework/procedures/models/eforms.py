"""Electronic forms: their versions with states, the steps of a draft, and blocks that forms share."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.casework.procedures.types.forms import FormState
from motcua.foundation.core.ids import uuid7


class EForm(models.Model):
    """An electronic form for its whole life; what is asked is in its versions."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    source_note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "procedures_eform"

    def __str__(self) -> str:
        return self.code


class EFormVersion(models.Model):
    """What a form asks, as a checked JSON Schema with its layout.

    A draft is worked on and has no days; published, it is in force over a half-open range of days, never changes again
    (a trigger of the database sees to it) and is pinned by dossiers. One draft a form.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    eform = models.ForeignKey(EForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=FormState, default=FormState.PUBLISHED)
    schema = models.JSONField()
    examples = models.JSONField(default=list)
    valid = DateRangeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "procedures_eform_version"
        constraints = [
            models.UniqueConstraint(fields=["eform", "number"], name="eform_version_number_once"),
            models.UniqueConstraint(
                fields=["eform"], condition=models.Q(state=FormState.DRAFT), name="eform_version_one_draft"
            ),
            models.CheckConstraint(
                name="eform_version_published_has_days",
                condition=models.Q(state=FormState.DRAFT, valid__isnull=True)
                | models.Q(state=FormState.PUBLISHED, valid__isnull=False),
            ),
            ExclusionConstraint(
                name="eform_version_no_overlap",
                expressions=[("eform", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.eform_id} v{self.number}"


class EFormStep(models.Model):
    """What a draft was before a change, so that the change can be taken back; goes when the draft is published."""

    version = models.ForeignKey(EFormVersion, on_delete=models.CASCADE, related_name="steps")  # part of the draft
    number = models.PositiveIntegerField()
    schema = models.JSONField()
    words = models.CharField(max_length=200)

    class Meta:
        db_table = "procedures_eform_step"
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="eform_step_once")]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.number}"


class EFormBlock(models.Model):
    """A named part that forms share, such as the person who hands in: a section with its questions.

    Forms take a copy and note the revision they took; a later revision is offered to their drafts as a difference.
    """

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    changed_at = models.DateTimeField(null=True)
    changed_by_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "procedures_eform_block"

    def __str__(self) -> str:
        return self.code
