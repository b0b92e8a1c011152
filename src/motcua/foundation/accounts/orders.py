"""Orders that let an inspector read: which units, which dossiers, for what purpose, until when."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from motcua.foundation.core.ids import uuid7


class InspectionOrder(models.Model):
    """A written order to inspect: without one an inspector sees nothing, after its end neither.

    Never changed once made: another order replaces it, and revoking only adds its instant. `unit_ids` names units as
    they stood on the day of the order; those below belong to them. A reform adds the heirs of units that end.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    inspector = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=300)
    unit_ids = ArrayField(models.BigIntegerField())
    filed = DateRangeField()
    valid = DateRangeField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "accounts_inspection_order"
        constraints = [
            models.CheckConstraint(name="inspection_order_names_units", condition=~Q(unit_ids=[])),
            models.CheckConstraint(
                name="inspection_order_has_end", condition=Q(valid__isempty=False, valid__upper_inf=False)
            ),
            models.CheckConstraint(name="inspection_order_not_by_oneself", condition=~Q(inspector=F("made_by"))),
        ]

    def __str__(self) -> str:
        return self.number
