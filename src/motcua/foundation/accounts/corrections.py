"""Requests of people to have what is held about them put right."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.accounts.types import CorrectionState
from motcua.foundation.core.ids import uuid7


class CorrectionRequest(models.Model):
    """A person says that one item held about them is wrong, and what is right.

    `content_cipher` holds the item's words, the value as it was, the right value, the reason and the officer's answer.
    `section` and `item` name the item in the registry of held data. `document_id` is the public id of a stored file.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corrections")
    section = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    content_cipher = models.BinaryField()
    document_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "accounts_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section", "item"], condition=Q(state="waiting"), name="correction_waiting_once"
            ),
            models.CheckConstraint(
                name="correction_decided_whole",
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["asked_at", "id"], name="correction_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"correction {self.public_id}: {self.state}"
