"""The history of a case is append-only, refused by the database; so are the files that came with it."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION internal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("internal", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION internal_append_only()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION internal_append_only()",
                f"DROP TRIGGER {table}_append_only ON {table}",
            )
            for table in ("internal_entry", "internal_paper")
        ),
    ]
