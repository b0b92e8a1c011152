"""Purpose, agency and order of a reading; seals of the access log; unusual readings; samples; preparations."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.core.ids

APPEND_ONLY = ("dossiers_access_seal", "dossiers_inspection_sample")
PURPOSES = [
    ("", "not recorded"),
    ("handling", "handling the dossier"),
    ("desk", "service at the desk"),
    ("leading", "leading and checking the work"),
    ("control", "control of administrative procedures"),
    ("inspection", "inspection by order"),
    ("lookup", "finding a person's data for a new dossier"),
    ("export", "list taken out as a file"),
    ("question", "answering a question of the applicant"),
    ("complaint", "handling a complaint or feedback"),
    ("cooperation", "request of another body"),
    ("support", "technical support"),
    ("other", "another reason"),
]
RULES = [
    ("foreign_hour", "many dossiers without a task of their own in one hour"),
    ("foreign_day", "many dossiers without a task of their own in one day"),
    ("night", "many dossiers at night"),
]


def _id() -> tuple[str, models.BigAutoField]:
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _public_id() -> tuple[str, models.UUIDField]:
    return ("public_id", models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_inspection_orders"), ("dossiers", "0003_time")]
    operations = [
        migrations.AddField("accesslog", "agency_id", models.BigIntegerField(null=True)),
        migrations.AddField("accesslog", "order_id", models.BigIntegerField(null=True)),
        migrations.AddField(
            "accesslog", "purpose", models.CharField(blank=True, choices=PURPOSES, default="", max_length=20)
        ),
        migrations.AddField("accesslog", "reason", models.CharField(blank=True, max_length=200)),
        migrations.AddIndex("accesslog", models.Index(fields=["read_at", "person_id"], name="access_log_instant")),
        migrations.AddIndex(
            "dossier",
            models.Index(
                condition=models.Q(("helping_agency__isnull", False)),
                fields=["helping_agency", "-id"],
                name="dossier_helping",
            ),
        ),
        migrations.CreateModel(
            name="AccessSeal",
            fields=[
                _id(),
                ("day", models.DateField(unique=True)),
                ("row_count", models.PositiveIntegerField()),
                ("digest", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"db_table": "dossiers_access_seal"},
        ),
        migrations.CreateModel(
            name="UnusualReading",
            fields=[
                _id(),
                _public_id(),
                ("person_id", models.BigIntegerField()),
                ("rule", models.CharField(choices=RULES, max_length=20)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("dossiers", models.PositiveIntegerField()),
                ("threshold", models.PositiveIntegerField()),
                ("found_at", models.DateTimeField()),
                ("explanation", models.CharField(blank=True, max_length=1000)),
                ("explained_by", models.BigIntegerField(null=True)),
                ("explained_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "dossiers_unusual_reading",
                "indexes": [
                    models.Index(
                        condition=models.Q(("explained_at__isnull", True)), fields=["-id"], name="unusual_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "rule", "since"), name="unusual_reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionSample",
            fields=[
                _id(),
                _public_id(),
                ("seed", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("population", models.PositiveIntegerField()),
                ("upto_id", models.BigIntegerField()),
                (
                    "dossier_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("drawn_by", models.BigIntegerField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.inspectionorder"
                    ),
                ),
            ],
            options={"db_table": "dossiers_inspection_sample"},
        ),
        migrations.CreateModel(
            name="Preparation",
            fields=[
                _id(),
                ("task_public_id", models.UUIDField(unique=True)),
                ("outcome", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=2000)),
                ("person_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                ("prepared_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={"db_table": "dossiers_preparation"},
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION motcua_append_only()",
                f"DROP TRIGGER {table}_append_only ON {table}",
            )
            for table in APPEND_ONLY
        ),
    ]
