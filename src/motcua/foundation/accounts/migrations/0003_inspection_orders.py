"""Orders of inspection: what an inspector may read, for what purpose, until when."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.core.ids

PERSON = "accounts.person"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_api_clients")]
    operations = [
        migrations.CreateModel(
            name="InspectionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True),
                ),
                ("number", models.CharField(max_length=60)),
                ("issued_on", models.DateField()),
                (
                    "inspector",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=PERSON),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=PERSON
                    ),
                ),
                ("purpose", models.CharField(max_length=300)),
                (
                    "unit_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("filed", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "revoked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "db_table": "accounts_inspection_order",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unit_ids", []), _negated=True), name="inspection_order_names_units"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False), ("valid__upper_inf", False)),
                        name="inspection_order_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inspector", models.F("made_by")), _negated=True),
                        name="inspection_order_not_by_oneself",
                    ),
                ],
            },
        ),
    ]
