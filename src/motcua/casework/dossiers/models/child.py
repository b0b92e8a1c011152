"""Child dossiers: what a called process of another agency became."""

from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models.dossier import Dossier


class ChildDossier(models.Model):
    """One waiting call of a dossier's process and the dossier that it opened at another agency: one for each token.

    The child has its own agency, process version, clock and access; only results pass between the two.

    Attributes:
        problem: code of why no child could be opened; an officer then records the answer by hand.
        answered_at: when the parent took the answer; withdrawn_at: when the parent no longer waited for it.
        agency_id: who decides the child. The rest came back with its end and outlives it, as the parent's own record:
        code: the child's; ended_as: its State; result_file: by reference, the signed file or the scan.
    """

    # The database itself keeps these true when a dossier is destroyed (migration 0012).
    parent = models.ForeignKey(Dossier, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    child = models.OneToOneField(Dossier, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    token_id = models.BigIntegerField(unique=True)
    node = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    problem = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    agency_id = models.BigIntegerField(null=True)
    code = models.CharField(max_length=50, blank=True, db_default="")
    ended_as = models.CharField(max_length=14, blank=True, db_default="")
    ended_at = models.DateTimeField(null=True)
    result_number = models.CharField(max_length=60, blank=True, db_default="")
    result_title = models.CharField(max_length=300, blank=True, db_default="")
    result_is_refusal = models.BooleanField(default=False, db_default=False)
    result_file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_child"

    def __str__(self) -> str:
        return f"{self.parent_id} {self.node}"
