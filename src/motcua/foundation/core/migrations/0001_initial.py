"""Extensions, the folding function and the ground's tables."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

# Equal to core.folding.fold: a property test holds the two together. PostgreSQL's unaccent maps đ and the marks of
# composed letters; what is not a letter or digit becomes one space.
FOLD = r"""
CREATE OR REPLACE FUNCTION motcua_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    lower(regexp_replace(normalize(translate(value, 'đĐ', 'dd'), NFD), '[\u0300-\u036f]', '', 'g')),
    '[^0-9a-z]+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION motcua_fold(text)"),
        migrations.CreateModel(
            name="OutboxEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=80)),
                ("payload", models.JSONField()),
                ("occurred_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "core_outbox_event",
                "indexes": [
                    models.Index(
                        fields=["id"], name="core_outbox_waiting", condition=models.Q(delivered_at__isnull=True)
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subscriber", models.CharField(max_length=80)),
                ("event_id", models.BigIntegerField()),
                ("subject", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=200)),
                ("attempts", models.PositiveIntegerField(default=1)),
                ("next_try_at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_outbox_failure",
                "indexes": [models.Index(fields=["subscriber", "subject"], name="core_failure_subject")],
                "constraints": [models.UniqueConstraint(fields=("subscriber", "event_id"), name="core_failure_once")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bucket", models.BinaryField()),
                ("window_start", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "core_attempt",
                "constraints": [
                    models.UniqueConstraint(fields=("bucket", "window_start"), name="core_attempt_window")
                ],
            },
        ),
    ]
