"""Agencies for their whole life, what changes with time, who takes over from whom, and what they are called outside."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.types import AgencyKind, IdentifierScheme, Level


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
    # the Party body that this agency is one with: one staff, two seals; '' for ordinary agencies
    party_body = models.CharField(max_length=250, blank=True, default="")
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
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_agency_period"
        constraints = [no_overlap("agency_period_no_overlap", "agency")]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """On `on`, `successor` took over from `predecessor`; old dossiers keep the predecessor.

    A divided agency has several rows of one day, the main heir marked: who must be one goes there.
    """

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()
    is_default = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=250, blank=True)
    reorganisation = models.ForeignKey(
        "organisations.Reorganisation", null=True, on_delete=models.PROTECT, related_name="successions"
    )

    class Meta:
        db_table = "organisations_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="agency_succession_once"),
            models.UniqueConstraint(
                fields=["predecessor", "on"],
                name="agency_succession_one_default",
                condition=models.Q(is_default=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class AgencyIdentifier(models.Model):
    """An official electronic identifier of an agency over a half-open range of days, in one of the two orders."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=IdentifierScheme)
    value = models.CharField(max_length=35)
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_identifier"
        constraints = [
            no_overlap("identifier_agency_no_overlap", "agency", "scheme"),
            no_overlap("identifier_value_no_overlap", "scheme", "value"),
            models.CheckConstraint(name="identifier_shape", condition=models.Q(value__regex=r"^[A-Z0-9.]{1,35}$")),
        ]

    def __str__(self) -> str:
        return self.value


class AgencyArea(models.Model):
    """A commune whose people an agency above it serves: of a land office's branch, an electricity company."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="areas")
    place = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="served_by")
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_area"
        constraints = [no_overlap("area_no_overlap", "agency", "place")]

    def __str__(self) -> str:
        return f"{self.agency_id} serves {self.place_id}"
