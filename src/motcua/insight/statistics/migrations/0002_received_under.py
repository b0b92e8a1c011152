from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierfact",
            name="received_under_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(
                condition=models.Q(("received_under_id__isnull", False)),
                fields=["received_under_id", "received_on"],
                name="fact_inherited",
            ),
        ),
    ]
