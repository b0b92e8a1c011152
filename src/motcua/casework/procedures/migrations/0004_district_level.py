from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0003_limits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="offer",
            name="level",
            field=models.CharField(
                choices=[
                    ("province", "Provincial level"),
                    ("district", "District level"),
                    ("commune", "Commune level"),
                ],
                max_length=10,
            ),
        ),
    ]
