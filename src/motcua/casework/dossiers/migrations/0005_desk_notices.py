"""Forms 02 and 03 given at a desk before anything is taken in; the database refuses to change or remove them."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.core.ids

TRIGGER = """
CREATE TRIGGER dossiers_desk_notice_append_only BEFORE UPDATE OR DELETE ON dossiers_desk_notice
FOR EACH ROW EXECUTE FUNCTION motcua_append_only()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_readings"),
        ("organisations", "0001_initial"),
        ("procedures", "0002_component_confirmations"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("guidance", "What to bring, form 02"), ("refusal", "Refusal, form 03")], max_length=10
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("details_cipher", models.BinaryField()),
                ("lines", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("legal_basis", models.CharField(blank=True, max_length=300)),
                ("given_at", models.DateTimeField()),
                ("person_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.case",
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_desk_notice",
                "indexes": [models.Index(fields=["agency", "-given_at", "-id"], name="desk_notice_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "kind", "year", "number"), name="desk_notice_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "guidance"), models.Q(("lines", []), _negated=True)),
                            models.Q(
                                ("kind", "refusal"),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("legal_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="desk_notice_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER dossiers_desk_notice_append_only ON dossiers_desk_notice"),
    ]
