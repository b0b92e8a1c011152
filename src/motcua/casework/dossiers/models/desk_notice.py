"""What a desk gave in writing to somebody whose papers it did not take in: form 02 or 03 without a dossier."""

from django.db import models

from motcua.casework.dossiers.types import DeskNoticeKind
from motcua.casework.procedures.models import Case, ProcedureVersion
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Agency


class DeskNotice(models.Model):
    """A request for a supplement or a refusal handed over at the desk before anything was taken in.

    It is a fact and stays as it was printed: the row is only added, and no dossier, deadline or figure of dossiers
    hangs on it. Whoever comes back with the papers begins anew.

    Attributes:
        key: idempotency key of the form; the same key gives the same notice.
        number: running number in the agency's book of that kind and year, without gaps.
        name: of the person at the desk, for lists; the rest is encrypted in `details_cipher`.
        lines: [{"component": id or null, "name": ..., "reason": ...}] of form 02.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=DeskNoticeKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    procedure_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    details_cipher = models.BinaryField()
    lines = models.JSONField(default=list)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    person_id = models.BigIntegerField()
    post_id = models.BigIntegerField()

    class Meta:
        db_table = "dossiers_desk_notice"
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year", "number"], name="desk_notice_number_once"),
            models.CheckConstraint(
                name="desk_notice_says_why",
                condition=(models.Q(kind="guidance") & ~models.Q(lines=[]))
                | (models.Q(kind="refusal") & ~models.Q(reason="") & ~models.Q(legal_basis="")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-given_at", "-id"], name="desk_notice_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"
