"""A filing that a citizen has not submitted yet: kept encrypted for its time, then gone."""

from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.procedures.models import Case, Offer
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7


class Draft(models.Model):
    """An online filing in progress, resumed by its secret link or by the account that owns it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    secret_digest = models.BinaryField()
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    content_cipher = models.BinaryField()
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    dossier_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_draft"
        indexes = [models.Index(fields=["expires_at"], name="draft_expiry")]

    def __str__(self) -> str:
        return f"draft {self.public_id}"


class DraftFile(models.Model):
    """A file put into a draft for one paper."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")  # goes with the draft
    component_id = models.BigIntegerField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_draft_file"

    def __str__(self) -> str:
        return f"file of draft {self.draft_id}"
