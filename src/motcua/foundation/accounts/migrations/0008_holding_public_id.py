"""Posts held get an id that may stand in an address; those that are there get theirs here."""

from django.db import migrations, models

import motcua.foundation.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_personal_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="postholding",
            name="public_id",
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunSQL("UPDATE accounts_post_holding SET public_id = gen_random_uuid()", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="postholding",
            name="public_id",
            field=models.UUIDField(default=motcua.foundation.core.ids.uuid7, editable=False, unique=True),
        ),
    ]
