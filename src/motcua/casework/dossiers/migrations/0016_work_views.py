"""Saved views of lists, and what the watchdog finds."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0015_child_results"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True),
                ),
                ("person_id", models.BigIntegerField()),
                ("place", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                ("filters", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("sort", models.CharField(default="due", max_length=20)),
                ("is_shared", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.agency",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_saved_view",
                "indexes": [models.Index(fields=["agency", "place", "name"], name="saved_view_of_agency")],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "place", "name"), name="saved_view_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("person_id", "place"),
                        name="saved_view_one_default",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StuckDossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody can do the step"),
                            ("silent", "Nothing has happened for a long time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("unit_id", models.BigIntegerField()),
                ("step_name", models.CharField(max_length=200)),
                ("task_id", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("owner_id", models.BigIntegerField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_by_id", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_stuck",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["since", "id"], name="stuck_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("dossier", "why"), name="stuck_once"
                    )
                ],
            },
        ),
    ]
