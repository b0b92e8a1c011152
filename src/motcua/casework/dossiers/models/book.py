"""What is written into a book beside its numbers: corrections and signatures of citizens. Append-only."""

from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models.result import BookLine
from motcua.casework.dossiers.types.books import BookField, BookSignedHow


class BookCorrection(models.Model):
    """A correction of one field of a line: the old text stays readable, struck through, with who signs for it."""

    line = models.ForeignKey(BookLine, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=10, choices=BookField)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_book_correction"

    def __str__(self) -> str:
        return f"{self.field} of line {self.line_id}"


class BookSignature(models.Model):
    """The citizen's signature on a line of a book, where the law asks for it (Law on civil status)."""

    line = models.OneToOneField(BookLine, on_delete=models.PROTECT, related_name="signature")
    name = models.CharField(max_length=200)
    how = models.CharField(max_length=5, choices=BookSignedHow)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_book_signature"

    def __str__(self) -> str:
        return f"signature on line {self.line_id}"
