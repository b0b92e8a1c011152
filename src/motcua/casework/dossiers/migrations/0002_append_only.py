"""Journal, access log, book lines, refusals and changes of due dates are append-only, refused by the database."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = (
    "dossiers_journal",
    "dossiers_access_log",
    "dossiers_book_line",
    "dossiers_refusal",
    "dossiers_due_date_change",
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION motcua_append_only()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION motcua_append_only()",
                f"DROP TRIGGER {table}_append_only ON {table}",
            )
            for table in TABLES
        ),
        # Room on the page for the updates of a dossier's life.
        migrations.RunSQL(
            "ALTER TABLE dossiers_dossier SET (fillfactor = 80)", "ALTER TABLE dossiers_dossier RESET (fillfactor)"
        ),
    ]
