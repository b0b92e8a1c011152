"""Books have an address of their own: no number in a row of rows leaves the house."""

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_books")]
    operations = [
        migrations.AddField(
            "registerbook",
            "public_id",
            models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True
            ),
        ),
    ]
