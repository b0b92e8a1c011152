"""Who confirmed what a paper of a procedure is, and when: a journal that is only added to."""

from django.db import models

from motcua.casework.procedures.models.record import CaseComponent
from motcua.casework.procedures.types import ComponentKind
from motcua.foundation.accounts.models import Person


class ComponentConfirmation(models.Model):
    """One confirmation of a paper's kind; a later one may correct it, none is taken away.

    Attributes:
        proposed: the kind that stood there before, as the import or an earlier person had put it.
        person: who confirmed; null for the system, which loads a demonstration.
    """

    component = models.ForeignKey(CaseComponent, on_delete=models.PROTECT, related_name="confirmations")
    proposed = models.CharField(max_length=10, choices=ComponentKind)
    kind = models.CharField(max_length=10, choices=ComponentKind)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "procedures_component_confirmation"

    def __str__(self) -> str:
        return f"{self.component_id}: {self.proposed} -> {self.kind}"
