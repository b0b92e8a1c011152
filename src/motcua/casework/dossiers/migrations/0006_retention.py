"""How long dossiers are kept, and the record that a destroyed one leaves; lines of books outlive dossiers."""

import django.db.models.deletion
from django.db import migrations, models

ENDINGS = [
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("not_accepted", "Not accepted"),
    ("withdrawn", "Withdrawn"),
    ("stopped", "Stopped"),
]
KNOWN = ["granted", "refused", "not_accepted", "withdrawn", "stopped"]
# Assumed until the province decides: the archive's own table of periods goes by subject, not by how a dossier ended.
SOURCE = "Luật Lưu trữ 33/2024/QH15; bảng thời hạn bảo quản của tỉnh (giả định, chờ xác nhận)"
MONTHS = {"granted": 240, "refused": 120, "not_accepted": 60, "withdrawn": 60, "stopped": 120}


def fill(apps, schema_editor):
    period = apps.get_model("dossiers", "RetentionPeriod")
    period.objects.bulk_create(
        period(ending=ending, months=months, legal_source=SOURCE, is_assumed=True) for ending, months in MONTHS.items()
    )


def _id() -> tuple[str, models.BigAutoField]:
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_desk_notices")]
    operations = [
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                _id(),
                ("ending", models.CharField(choices=ENDINGS, max_length=14)),
                ("procedure_code", models.CharField(blank=True, max_length=50)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("legal_source", models.CharField(max_length=300)),
                ("is_assumed", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "dossiers_retention",
                "constraints": [
                    models.UniqueConstraint(fields=("ending", "procedure_code"), name="retention_once"),
                    models.CheckConstraint(condition=models.Q(("ending__in", KNOWN)), name="retention_ending_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                _id(),
                ("dossier_id", models.BigIntegerField(unique=True)),
                ("code_digest", models.BinaryField()),
                ("chain_head", models.BinaryField()),
                ("journal_rows", models.IntegerField()),
                ("ending", models.CharField(choices=ENDINGS, max_length=14)),
                ("receiving_agency_id", models.BigIntegerField()),
                ("accepted_on", models.DateField(null=True)),
                ("closed_on", models.DateField()),
                ("kept_until", models.DateField()),
                ("destroyed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("person_id", models.BigIntegerField(null=True)),
                ("decision_number", models.CharField(max_length=60)),
                ("decision_on", models.DateField()),
                ("transaction_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "dossiers_destruction",
                "indexes": [models.Index(fields=["receiving_agency_id", "accepted_on"], name="destruction_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision_number", ""), _negated=True), name="destruction_by_decision"
                    )
                ],
            },
        ),
        migrations.AlterField(
            "bookline",
            "dossier",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="book_lines",
                to="dossiers.dossier",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
