"""Who looked at whose dossier: a log of its own, append-only, never in the journal's chain."""

from django.db import models


class AccessLog(models.Model):
    """One reading of a citizen's dossier or file by a person."""

    dossier_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=20)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_access_log"
        indexes = [models.Index(fields=["dossier_id", "read_at"], name="access_log_dossier")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.dossier_id}"
