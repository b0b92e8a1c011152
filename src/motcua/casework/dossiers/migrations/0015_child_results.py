"""What came back with a child dossier's end, kept at its parent: number, title and file of the result."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("dossiers", "0014_reopening"),
    ]

    operations = [
        migrations.AddField("childdossier", "agency_id", models.BigIntegerField(null=True)),
        migrations.AddField("childdossier", "code", models.CharField(blank=True, db_default="", max_length=50)),
        migrations.AddField("childdossier", "ended_as", models.CharField(blank=True, db_default="", max_length=14)),
        migrations.AddField("childdossier", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "childdossier", "result_number", models.CharField(blank=True, db_default="", max_length=60)
        ),
        migrations.AddField(
            "childdossier", "result_title", models.CharField(blank=True, db_default="", max_length=300)
        ),
        migrations.AddField("childdossier", "result_is_refusal", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "childdossier",
            "result_file",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
            ),
        ),
    ]
