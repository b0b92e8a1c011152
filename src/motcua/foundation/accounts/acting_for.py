"""Model of acting for somebody else: a child, an organisation, or whoever gave a mandate."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.foundation.accounts.types import RepresentationKind
from motcua.foundation.core.ids import uuid7


class Representation(models.Model):
    """A person may act for a principal.

    A child and an organisation are declared by whoever acts, with a paper that the desk checks with each dossier. A
    mandate is given by the principal's own account, accepted by the deputy, limited in scope, and ends by itself.
    `procedure_codes` empty means every procedure. `document_id` is the public id of a stored file.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=RepresentationKind)
    deputy = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    deputy_contact_digest = models.BinaryField(null=True)
    deputy_contact_digest_next = models.BinaryField(null=True)
    principal = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    principal_cipher = models.BinaryField()
    acts = ArrayField(models.CharField(max_length=10))
    procedure_codes = ArrayField(models.CharField(max_length=20), default=list)
    document_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=10, blank=True)

    class Meta:
        db_table = "accounts_representation"
        indexes = [
            models.Index(fields=["deputy"], name="representation_deputy", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["principal"], name="representation_principal", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["deputy_contact_digest"], name="representation_asked"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(acts=[]), name="representation_has_acts"),
            models.CheckConstraint(
                condition=~Q(kind="mandate") | Q(principal__isnull=False, valid_until__isnull=False),
                name="mandate_has_principal_and_end",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="representation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(principal__isnull=True) | Q(deputy__isnull=True) | ~Q(principal=F("deputy")),
                name="representation_of_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"representation {self.public_id}"
