"""Books are opened and closed; corrections and signatures stand beside their lines, append-only."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("dossiers_book_correction", "dossiers_book_signature")
OPENED = """
UPDATE dossiers_book AS b SET opened_at = (SELECT min(entered_at) FROM dossiers_book_line AS l WHERE l.book_id = b.id)
"""
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("dossiers", "0016_work_views")]
    operations = [
        migrations.AddField("registerbook", "opened_at", models.DateTimeField(null=True)),
        migrations.AddField("registerbook", "opened_by", models.BigIntegerField(null=True)),
        migrations.AddField("registerbook", "closed_at", models.DateTimeField(null=True)),
        migrations.AddField("registerbook", "closed_by", models.BigIntegerField(null=True)),
        migrations.AddField(
            "registerbook", "closing_note", models.CharField(blank=True, db_default="", max_length=500)
        ),
        migrations.RunSQL(OPENED, migrations.RunSQL.noop),
        migrations.CreateModel(
            "BookCorrection",
            [
                ID,
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("subject", "What it is about"),
                            ("signer", "Signer"),
                            ("note", "Remark"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=300)),
                ("after", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(max_length=300)),
                ("by_id", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dossiers.bookline",
                    ),
                ),
            ],
            options={"db_table": "dossiers_book_correction"},
        ),
        migrations.CreateModel(
            "BookSignature",
            [
                ID,
                ("name", models.CharField(max_length=200)),
                (
                    "how",
                    models.CharField(
                        choices=[("paper", "On the printed page"), ("pad", "On a signature pad")], max_length=5
                    ),
                ),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="dossiers.bookline",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={"db_table": "dossiers_book_signature"},
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION motcua_append_only()",
                f"DROP TRIGGER {table}_append_only ON {table}",
            )
            for table in TABLES
        ),
    ]
