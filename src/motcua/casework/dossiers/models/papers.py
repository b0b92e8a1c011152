"""The papers of a dossier: what is wanted, what came, with which files."""

from django.db import models

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models.dossier import Dossier


class DossierPaper(models.Model):
    """One paper of a dossier, from the published component or added by hand."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    component_id = models.BigIntegerField(null=True)
    ordinal = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=8, default="submit")
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    plain = models.PositiveSmallIntegerField(default=0)
    is_checked = models.BooleanField(default=False)

    class Meta:
        db_table = "dossiers_paper"
        constraints = [models.UniqueConstraint(fields=["dossier", "ordinal"], name="paper_ordinal_once")]

    def __str__(self) -> str:
        return f"paper {self.ordinal} of dossier {self.dossier_id}"


class PaperFile(models.Model):
    """A file of a paper; a supplement supersedes it, nothing is deleted."""

    paper = models.ForeignKey(DossierPaper, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_paper_file"

    def __str__(self) -> str:
        return f"file {self.file_id} of paper {self.paper_id}"
