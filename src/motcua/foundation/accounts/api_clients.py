"""Programs of partners that call the API, and what each of them asked for under which idempotency key."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from motcua.foundation.core.ids import uuid7


class ApiClient(models.Model):
    """A program with a key of its own: which acts it may call, how often, on which days.

    Made by `motcua issue_api_key`; ends with its range of days or when it is revoked. The key itself is shown once and
    nowhere kept: its random part has 256 bits, so a plain SHA-256 cannot be guessed back.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    key_digest = models.BinaryField(unique=True)
    key_hint = models.CharField(max_length=8)
    scopes = ArrayField(models.CharField(max_length=20))
    per_minute = models.PositiveIntegerField()
    valid = DateRangeField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_api_client"
        constraints = [
            models.CheckConstraint(name="api_client_has_scopes", condition=~Q(scopes=[])),
            models.CheckConstraint(name="api_client_rate_positive", condition=Q(per_minute__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.key_hint})"


class ApiRequest(models.Model):
    """One idempotency key of a client with a digest of what was sent: the same key with other content is a mistake.

    Kept thirty days, as long as the keys of dossiers.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_digest = models.BinaryField()
    content_digest = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_api_request"
        constraints = [models.UniqueConstraint(fields=["client", "key_digest"], name="api_request_once")]
        indexes = [models.Index(fields=["created_at"], name="api_request_age")]

    def __str__(self) -> str:
        return f"request of client {self.client_id} at {self.created_at:%Y-%m-%d %H:%M}"
