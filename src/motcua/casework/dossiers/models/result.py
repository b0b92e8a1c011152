"""Signed results, the books that number them, and the originals of a certification."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models.dossier import Dossier
from motcua.casework.dossiers.types import Capacity, SignedHow
from motcua.foundation.organisations.models import Agency


class RegisterBook(models.Model):
    """A yearly book of an agency; its last number is the one row that issuing shares.

    Its first number opens it, or a person before that; once closed no number is taken and nothing is written in it.
    """

    # made by the database: the first number opens a book in one statement
    public_id = models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.IntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    closing_note = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "dossiers_book"
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="book_year_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class BookLine(models.Model):
    """One line of a book: a number given to a dossier's result or to one certified original.

    It outlives the dossier: once that is destroyed the line names none.
    """

    book = models.ForeignKey(RegisterBook, on_delete=models.PROTECT, related_name="lines")
    number = models.IntegerField()
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="book_lines")
    entered_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_book_line"
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="book_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Result(models.Model):
    """What was decided: signed by a person in a capacity, numbered and sealed by the clerk, then handed over."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="result")
    title = models.CharField(max_length=300)
    is_refusal = models.BooleanField(default=False)
    signed_how = models.CharField(max_length=8, choices=SignedHow)
    signer_person_id = models.BigIntegerField(null=True)
    signer_name = models.CharField(max_length=150)
    capacity = models.CharField(max_length=5, choices=Capacity, blank=True)
    signed_at = models.DateTimeField()
    number = models.CharField(max_length=40, blank=True)
    line = models.OneToOneField(BookLine, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.BigIntegerField(null=True)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    returned_to = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "dossiers_result"
        constraints = [
            models.CheckConstraint(
                name="result_number_iff_issued",
                condition=models.Q(number="", issued_at__isnull=True)
                | (~models.Q(number="") & models.Q(issued_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.number or f"result of dossier {self.dossier_id}"


class CertifiedOriginal(models.Model):
    """One original of a certification: pages, copies, its fee, and from the clerk's act its number."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="certified_originals")
    ordinal = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=250)
    pages = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    fee_vnd = models.BigIntegerField()
    number = models.CharField(max_length=40, blank=True)
    line = models.OneToOneField(BookLine, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_certified_original"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="certified_original_once"),
            models.CheckConstraint(condition=models.Q(pages__gte=1, copies__gte=1), name="certified_original_counts"),
        ]

    def __str__(self) -> str:
        return self.number or f"original {self.ordinal} of dossier {self.dossier_id}"
