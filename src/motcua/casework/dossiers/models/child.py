"""Child dossiers: what a called process of another agency became."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier


class ChildDossier(models.Model):
    """One waiting call of a dossier's process and the dossier that it opened at another agency: one for each token.

    The child has its own agency, process version, clock and access; only results pass between the two.

    Attributes:
        problem: code of why no child could be opened; an officer then records the answer by hand.
        answered_at: when the parent took the answer; withdrawn_at: when the parent no longer waited for it.
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

    class Meta:
        db_table = "dossiers_child"

    def __str__(self) -> str:
        return f"{self.parent_id} {self.node}"
