"""Stored files: one row per file that was taken."""

from django.db import models
from django.db.models import Q

from motcua.casework.documents.file_types import FileCard, FileKind, FileState, Purpose
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.ids import uuid7


class StoredFile(models.Model):
    """A file that somebody handed in or that the house made, with its content under `key` in the file store.

    A row is made only after the content lies safely under its key, and refused uploads leave neither. The content never
    changes; a correction is a new row. `owner_key` is a word of the caller ('draft:…', 'dossier:…'), never interpreted
    here: who may see a file is the owner's question.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=80, unique=True)
    preview_key = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=180)
    declared_type = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=FileKind)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.IntegerField(null=True)
    is_signed = models.BooleanField(default=False)
    purpose = models.CharField(max_length=20, choices=Purpose)
    state = models.CharField(max_length=10, choices=FileState)
    warnings = models.JSONField(default=list)
    refused_code = models.CharField(max_length=40, blank=True)
    owner_key = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()
    # Files outlive accounts: the archive decides when they go, so a person with files cannot be deleted.
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "documents_file"
        indexes = [
            models.Index(fields=["owner_key", "id"], name="file_owner"),
            models.Index(fields=["uploaded_at"], name="file_uploaded"),
        ]
        constraints = [
            models.CheckConstraint(name="file_size_positive", condition=Q(size__gt=0)),
            models.CheckConstraint(name="file_sha256_whole", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="file_refused_with_code",
                condition=(Q(state=FileState.REFUSED) & ~Q(refused_code=""))
                | (~Q(state=FileState.REFUSED) & Q(refused_code="")),
            ),
            models.CheckConstraint(
                name="file_warned_with_warnings",
                condition=~Q(state=FileState.WARNED, warnings=[]) & (~Q(state=FileState.READY) | Q(warnings=[])),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def media_type(self) -> str:
        """Return the media type found in the content."""
        return FileKind(self.kind).media_type

    def card(self) -> FileCard:
        """Return the frozen picture that other apps and pages use."""
        return FileCard(
            id=self.pk,
            public_id=str(self.public_id),
            name=self.name,
            kind=self.kind,
            media_type=self.media_type,
            size=self.size,
            sha256=self.sha256,
            pages=self.pages,
            purpose=self.purpose,
            state=self.state,
            warnings=tuple(self.warnings),
            is_signed=self.is_signed,
            has_preview=bool(self.preview_key),
            owner_key=self.owner_key,
            uploaded_at=self.uploaded_at,
        )

    def refuse(self, *, code: str) -> None:
        """Mark as no longer to be shown."""
        self.state, self.refused_code = FileState.REFUSED, code
