"""Reorganisations: what changes in the structure on a day, by which decision, and how far it has come."""

from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.types import AgencyKind, ItemAct, Level, ReorganisationState


class Reorganisation(models.Model):
    """Changes of the structure decided together: drafted, planned, carried out on a day by the job, or undone before.

    `person` columns are plain numbers because accounts stand above organisations; the decision's file lies in the file
    store under `decision_file`.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.CharField(max_length=250)
    on = models.DateField()
    decision_number = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    decision_file = models.UUIDField(null=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ReorganisationState, default=ReorganisationState.DRAFT)
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True)
    lock_version = models.IntegerField(default=0)

    class Meta:
        db_table = "organisations_reorganisation"
        constraints = [
            models.CheckConstraint(
                name="reorganisation_done_has_instant",
                condition=models.Q(state__in=["under_way", "carried_out"], carried_out_at__isnull=False)
                | (~models.Q(state__in=["under_way", "carried_out"]) & models.Q(carried_out_at__isnull=True)),
            )
        ]
        indexes = [models.Index(fields=["state", "on"], name="reorganisation_state_on")]

    def __str__(self) -> str:
        return self.title


class ReorganisationItem(models.Model):
    """One change. Agencies are named by their codes, because some of them are founded by the same act.

    `agency_code` is what changes (or is founded), `target_code` who takes over, `parent_code` what it then belongs to.
    The descriptive columns say what is founded or how it is called from the day on; '' leaves a thing as it is.
    `is_derived` marks what was concluded from other items, such as divisions that follow their agency.
    """

    reorganisation = models.ForeignKey(  # part of the act
        Reorganisation, on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=ItemAct)
    agency_code = models.CharField(max_length=35)
    target_code = models.CharField(max_length=35, blank=True)
    is_default = models.BooleanField(default=True)
    survives = models.BooleanField(default=False)
    is_derived = models.BooleanField(default=False)
    parent_code = models.CharField(max_length=35, blank=True)
    kind = models.CharField(max_length=20, choices=AgencyKind, blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    name = models.CharField(max_length=250, blank=True)
    short_name = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=250, blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    division_kind = models.CharField(max_length=40, blank=True)
    place_kind = models.CharField(max_length=20, blank=True)
    ward_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        db_table = "organisations_reorganisation_item"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "agency_code", "act", "target_code"], name="reorganisation_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.agency_code}"


class ReorganisationProgress(models.Model):
    """How far one kind of things has followed to the successors; what makes the job restartable visible."""

    reorganisation = models.ForeignKey(  # part of the act
        Reorganisation, on_delete=models.CASCADE, related_name="progress"
    )
    follower = models.CharField(max_length=60)
    moved = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "organisations_reorganisation_progress"
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "follower"], name="reorganisation_progress_once")
        ]

    def __str__(self) -> str:
        return f"{self.follower} {self.moved}"


class ReorganisationLog(models.Model):
    """Who did what to a reorganisation, and why."""

    reorganisation = models.ForeignKey(  # part of the act
        Reorganisation, on_delete=models.CASCADE, related_name="log"
    )
    act = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)
    person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "organisations_reorganisation_log"

    def __str__(self) -> str:
        return f"{self.act} {self.at}"
