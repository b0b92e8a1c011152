"""The end of a dossier: how long each kind is kept, and what is left when it was destroyed."""

from django.db import models

from motcua.casework.dossiers.types.destruction import Ending


class RetentionPeriod(models.Model):
    """How long dossiers that ended in one way are kept, counted from their closing.

    A row with a procedure's code goes before the one for all procedures. No months: kept for ever. Written by the
    owner of the database only (`motcua retention`), because destroying is allowed by these rows.
    """

    ending = models.CharField(max_length=14, choices=Ending)
    procedure_code = models.CharField(max_length=50, blank=True)
    months = models.PositiveSmallIntegerField(null=True)
    legal_source = models.CharField(max_length=300)
    is_assumed = models.BooleanField(default=True)

    class Meta:
        db_table = "dossiers_retention"
        constraints = [
            models.UniqueConstraint(fields=["ending", "procedure_code"], name="retention_once"),
            models.CheckConstraint(condition=models.Q(ending__in=Ending.values), name="retention_ending_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ending} {self.procedure_code}: {self.months} months"


class Destruction(models.Model):
    """What is left of a destroyed dossier: enough to prove that it was, and by whose decision; nothing of its content.

    Written by the database's own function only; its guard fills in digest, head, dates and transaction. `code_digest`
    is the SHA-256 of the code, so that whoever holds a receipt can be told. Nothing has a foreign key to it.
    """

    dossier_id = models.BigIntegerField(unique=True)
    code_digest = models.BinaryField()
    chain_head = models.BinaryField()
    journal_rows = models.IntegerField()
    ending = models.CharField(max_length=14, choices=Ending)
    receiving_agency_id = models.BigIntegerField()
    accepted_on = models.DateField(null=True)
    closed_on = models.DateField()
    kept_until = models.DateField()
    destroyed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    decision_number = models.CharField(max_length=60)
    decision_on = models.DateField()
    transaction_id = models.BigIntegerField()

    class Meta:
        db_table = "dossiers_destruction"
        constraints = [models.CheckConstraint(condition=~models.Q(decision_number=""), name="destruction_by_decision")]
        indexes = [models.Index(fields=["receiving_agency_id", "accepted_on"], name="destruction_day")]

    def __str__(self) -> str:
        return f"dossier {self.dossier_id}, {self.decision_number}"
