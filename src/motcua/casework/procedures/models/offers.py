"""Who takes which procedure, through which process and with which form."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from motcua.casework.procedures.models.catalogue import Procedure
from motcua.casework.procedures.models.eforms import EForm
from motcua.casework.procedures.types import Channel, OfferAct, QuickForm
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.types import Level


class Offer(models.Model):
    """A procedure taken by one agency, or by all communes for their citizens, over a half-open range of days."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="offers")
    agency = models.ForeignKey(
        "organisations.Agency", null=True, on_delete=models.PROTECT, related_name="procedure_offers"
    )
    level = models.CharField(max_length=10, choices=Level)
    at_centre = models.BooleanField(default=True)
    process_code = models.CharField(max_length=80)
    eform = models.ForeignKey(EForm, null=True, on_delete=models.PROTECT, related_name="offers")
    channels = ArrayField(models.CharField(max_length=10, choices=Channel))
    quick_form = models.CharField(max_length=20, choices=QuickForm, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "procedures_offer"
        constraints = [
            models.CheckConstraint(
                name="offer_agency_or_all_communes",
                condition=models.Q(agency__isnull=False) | models.Q(level=Level.COMMUNE),
            ),
            ExclusionConstraint(
                name="offer_no_overlap",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (
                        Coalesce("agency_id", models.Value(0, output_field=models.BigIntegerField())),
                        RangeOperators.EQUAL,
                    ),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["agency"], name="offer_agency")]

    def __str__(self) -> str:
        return f"{self.procedure_id} by {self.agency_id or 'all communes'}"


class OfferException(models.Model):
    """A commune that does not take a procedure which all other communes take."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="exceptions")  # part of the offer
    agency = models.ForeignKey("organisations.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "procedures_offer_exception"
        constraints = [models.UniqueConstraint(fields=["offer", "agency"], name="offer_exception_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} not {self.agency_id}"


class OfferChange(models.Model):
    """What was done to an offer, by whom and why: a journal that is only added to; null person: the system."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=OfferAct)
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "procedures_offer_change"

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.act}"
