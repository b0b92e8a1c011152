"""People of a dossier and answers of its form: versioned, encrypted, destroyable while the journal still verifies."""

from django.db import models

from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.types import PartyKind, PartyRole


class Party(models.Model):
    """One version of one person or organisation of a dossier. A correction adds a version and ends the old one."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole)
    ordinal = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    kind = models.CharField(max_length=14, choices=PartyKind)
    full_name = models.CharField(max_length=200)
    # JSON with identity, phone, email, address, born_on
    details_cipher = models.BinaryField()
    identity_digest = models.BinaryField(null=True)
    identity_digest_next = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_digest_next = models.BinaryField(null=True)

    class Meta:
        db_table = "dossiers_party"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "role", "ordinal", "version"], name="party_version_once"),
        ]
        indexes = [
            models.Index(
                fields=["identity_digest"], name="party_identity", condition=models.Q(identity_digest__isnull=False)
            ),
            models.Index(fields=["phone_digest"], name="party_phone", condition=models.Q(phone_digest__isnull=False)),
            models.Index(
                fields=["identity_digest_next"],
                name="party_identity_next",
                condition=models.Q(identity_digest_next__isnull=False),
            ),
            models.Index(
                fields=["phone_digest_next"],
                name="party_phone_next",
                condition=models.Q(phone_digest_next__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.ordinal} of dossier {self.dossier_id}"


class FormAnswer(models.Model):
    """One version of the e-form's answers: encrypted canonical JSON."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField(default=1)
    eform_version_id = models.BigIntegerField(null=True)
    answers_cipher = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_form_answer"
        constraints = [models.UniqueConstraint(fields=["dossier", "version"], name="form_answer_version_once")]

    def __str__(self) -> str:
        return f"answers {self.version} of dossier {self.dossier_id}"
