"""The journal of confirmed kinds of papers; the database refuses to change or remove its rows."""

import django.db.models.deletion
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER procedures_component_confirmation_append_only BEFORE UPDATE OR DELETE
ON procedures_component_confirmation FOR EACH ROW EXECUTE FUNCTION motcua_append_only()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_clients"),
        ("procedures", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComponentConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposed",
                    models.CharField(
                        choices=[("submit", "Hand in"), ("show", "Show and take back"), ("note", "Note")], max_length=10
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("submit", "Hand in"), ("show", "Show and take back"), ("note", "Note")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="procedures.casecomponent",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "db_table": "procedures_component_confirmation",
            },
        ),
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(
            TRIGGER,
            "DROP TRIGGER procedures_component_confirmation_append_only ON procedures_component_confirmation",
        ),
    ]
