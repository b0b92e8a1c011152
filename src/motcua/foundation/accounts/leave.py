"""Absences with those who stand in, what people are qualified for, and how many people a unit shall have."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.foundation.accounts.staff_types import AbsenceKind, AbsenceState
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.types import AgencyKind, Role

_RUNNING = [AbsenceState.ASKED, AbsenceState.APPROVED]


class Absence(models.Model):
    """A person is away over a range of days (the upper end is the day of return)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=16, choices=AbsenceKind)
    state = models.CharField(max_length=10, choices=AbsenceState, default=AbsenceState.ASKED)
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "accounts_absence"
        constraints = [
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=_RUNNING),
            ),
            models.CheckConstraint(name="absence_not_empty", condition=models.Q(valid__isempty=False)),
        ]
        indexes = [models.Index(fields=["state", "person"], name="absence_state_person")]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class Substitution(models.Model):
    """Somebody stands in for one post of an absent person; `capacity` says how they sign, '' that they do not."""

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="substitutions")  # part of it
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="substitutions")
    capacity = models.CharField(max_length=10, blank=True)
    authority = models.CharField(max_length=120, blank=True)  # number and day of the written authorisation

    class Meta:
        db_table = "accounts_substitution"
        constraints = [
            models.UniqueConstraint(fields=["absence", "post", "substitute"], name="substitution_once"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for post {self.post_id}"


class Qualification(models.Model):
    """What a person proved to be able to do in posts of a role: a certificate of training with its days."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="qualifications")
    role = models.CharField(max_length=20, choices=Role)
    certificate = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "accounts_qualification"

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class StaffingNumber(models.Model):
    """How many people units of a kind (or one unit) shall have for a role, by which decision."""

    agency_kind = models.CharField(max_length=20, choices=AgencyKind)
    agency = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role)
    fewest = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=250, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "accounts_staffing_number"
        constraints = [
            ExclusionConstraint(
                name="staffing_kind_no_overlap",
                expressions=[
                    ("agency_kind", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(agency__isnull=True),
            ),
            ExclusionConstraint(
                name="staffing_agency_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(agency__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_kind} {self.role} {self.fewest}"
