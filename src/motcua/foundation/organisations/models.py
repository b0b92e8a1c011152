"""Agencies with dated names and parents, premises, desks and posts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.types import AgencyKind, Level, Role


def no_overlap(name: str, *fields: str) -> ExclusionConstraint:
    """Return the constraint that periods of the same `fields` never overlap."""
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in fields), ("valid", RangeOperators.OVERLAPS)],
    )


class Agency(models.Model):
    """One agency, division or company for its whole life; what changes with time is in AgencyPeriod."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        db_table = "organisations_agency"

    def __str__(self) -> str:
        return self.code


class AgencyPeriod(models.Model):
    """Name, parent and address of an agency over a half-open range of days; a reorganisation starts a new one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="periods")
    parent = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="child_periods")
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=250, blank=True)
    sort_key = models.CharField(max_length=400)
    division_kind = models.CharField(max_length=40, blank=True)
    place_kind = models.CharField(max_length=20, blank=True)
    ward_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_agency_period"
        constraints = [no_overlap("agency_period_no_overlap", "agency")]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """On `on`, `successor` took over from `predecessor`; old dossiers keep the predecessor."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        db_table = "organisations_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="agency_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class Premises(models.Model):
    """A house where a centre receives citizens; one centre may have two after a merger."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="premises")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=250)
    phone = models.CharField(max_length=30, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_premises"

    def __str__(self) -> str:
        return self.name


class Desk(models.Model):
    """A numbered place at premises for a group of fields or departments."""

    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="desks")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_desk"
        constraints = [no_overlap("desk_number_no_overlap", "premises", "number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Post(models.Model):
    """A position in a unit, whoever holds it; a process gives work to (unit, role)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=150)
    capacity = models.CharField(max_length=10, blank=True)
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_post"
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]

    def __str__(self) -> str:
        return self.title
