from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0002_code_messages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(choices=[('filed', 'Filing received'), ('accepted', 'Accepted, with the date of the result'), ('supplement_asked', 'Something is missing'), ('not_accepted', 'Not accepted'), ('result_available', 'The result is ready'), ('withdrawn', 'Taken back'), ('stopped', 'Stopped without a decision'), ('due_date_changed', 'New date of the result'), ('inherited', 'Another agency goes on with it')], max_length=20),
        ),
    ]
