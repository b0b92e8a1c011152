"""Handovers may be planned for a day; those that are there were carried out when they were made."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0012_asking_and_calling"),
    ]

    operations = [
        migrations.AddField("handover", "planned_for", models.DateField(null=True)),
        migrations.AddField(
            "handover",
            "successors",
            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField("handover", "done_at", models.DateTimeField(null=True)),
        migrations.RunSQL("UPDATE dossiers_handover SET done_at = made_at", migrations.RunSQL.noop),
        migrations.AddIndex(
            "handover",
            models.Index(fields=["planned_for"], name="handover_planned", condition=models.Q(done_at__isnull=True)),
        ),
    ]
