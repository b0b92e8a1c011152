"""Houses, desks in them, and the posts of units."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models.agency import Agency, no_overlap
from motcua.foundation.organisations.types import Role


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
    # the post of an agency that ended, whose work and holder this one took over
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")
    valid = DateRangeField()

    class Meta:
        db_table = "organisations_post"
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]

    def __str__(self) -> str:
        return self.title
