"""The journal: append-only and hash-chained, guarded by a trigger in the database."""

from django.db import models


class JournalEntry(models.Model):
    """One thing that happened to a dossier: codes, ids, instants and a salted digest of what was changed.

    Never a name, number, address or answer. Nothing has a foreign key to it; its only unique key is (dossier, seq).
    """

    dossier_id = models.BigIntegerField()
    seq = models.IntegerField()
    act = models.CharField(max_length=30)
    node = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    actor_kind = models.CharField(max_length=8)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    token_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    salt = models.BinaryField()
    digest = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "dossiers_journal"
        constraints = [models.UniqueConstraint(fields=["dossier_id", "seq"], name="journal_seq_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.act}"
