"""The one way in which rows that are only added to may go: with their whole dossier, in its time, leaving a record.

`motcua_append_only` lets a row go when a destruction of its dossier was recorded in this very transaction. Such a
record is let in by its guard alone: the dossier is closed, its period is over by the server's own clock. So it is for
everybody, the owner too. `motcua_destroy_dossier` does all of it with the owner's rights; the application may call it.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  dossier bigint;
BEGIN
  IF TG_OP <> 'TRUNCATE' AND TG_TABLE_NAME NOT IN ('dossiers_access_log', 'dossiers_destruction') THEN
    dossier := (to_jsonb(OLD) ->> 'dossier_id')::bigint;
    IF EXISTS (
      SELECT 1 FROM public.dossiers_destruction d
      WHERE d.dossier_id = dossier AND d.transaction_id = pg_current_xact_id()::text::bigint
    ) THEN
      IF TG_OP = 'DELETE' THEN
        RETURN OLD;
      END IF;
      -- A line that outlives its dossier names it no more; nothing else of it changes.
      IF to_jsonb(NEW) = to_jsonb(OLD) || '{"dossier_id": null}' THEN
        RETURN NEW;
      END IF;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
FORMER = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
# Tables that only the owner writes: the owner's function counts as the owner.
OWNER_ONLY = """
CREATE FUNCTION motcua_owner_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
    RAISE EXCEPTION '% is written by its owner only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dossiers_retention_owner_only
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON dossiers_retention
  FOR EACH STATEMENT EXECUTE FUNCTION motcua_owner_only();
CREATE TRIGGER dossiers_destruction_owner_only
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON dossiers_destruction
  FOR EACH STATEMENT EXECUTE FUNCTION motcua_owner_only();
"""
# Every table that is only added to is guarded against being emptied too. Tables made later bring both triggers.
TRUNCATE = """
DO $$
DECLARE
  guarded text;
BEGIN
  FOR guarded IN
    SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname = 'motcua_append_only' AND c.relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION motcua_append_only()',
      guarded || '_no_truncate', guarded
    );
  END LOOP;
END $$;
"""
UNGUARDED = """
DO $$
DECLARE
  guard record;
BEGIN
  FOR guard IN
    SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname LIKE '%\\_no\\_truncate' AND c.relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', guard.tgname, guard.relname);
  END LOOP;
END $$;
"""
# Fills in what the record has to say, and refuses a record that must not be.
GUARD = """
CREATE FUNCTION motcua_destruction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  dossier public.dossiers_dossier;
  period public.dossiers_retention;
  ends_at timestamptz;
BEGIN
  SELECT * INTO dossier FROM public.dossiers_dossier WHERE id = NEW.dossier_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'dossier % does not exist', NEW.dossier_id USING ERRCODE = 'no_data_found';
  ELSIF dossier.closed_at IS NULL THEN
    RAISE EXCEPTION 'dossier % is not closed', NEW.dossier_id USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.ending := CASE WHEN dossier.state <> 'returned' THEN dossier.state
                     WHEN dossier.outcome = 'refused' THEN 'refused' ELSE 'granted' END;
  SELECT r.* INTO period FROM public.dossiers_retention r
    JOIN public.procedures_version v ON v.id = dossier.procedure_version_id
    JOIN public.procedures_procedure p ON p.id = v.procedure_id
    WHERE r.ending = NEW.ending AND r.procedure_code IN ('', p.code)
    ORDER BY r.procedure_code DESC LIMIT 1;
  ends_at := dossier.closed_at + make_interval(months => period.months);
  IF period.months IS NULL OR ends_at > clock_timestamp() THEN
    RAISE EXCEPTION 'dossier % is still to be kept', NEW.dossier_id USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.code_digest := sha256(convert_to(coalesce(dossier.code, dossier.intake_number, ''), 'UTF8'));
  NEW.chain_head := dossier.journal_hash;
  NEW.journal_rows := dossier.journal_seq;
  NEW.receiving_agency_id := dossier.receiving_agency_id;
  NEW.accepted_on := (dossier.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
  NEW.closed_on := (dossier.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
  NEW.kept_until := (ends_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
  NEW.recorded_at := clock_timestamp();
  NEW.transaction_id := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER dossiers_destruction_guard BEFORE INSERT ON dossiers_destruction
  FOR EACH ROW EXECUTE FUNCTION motcua_destruction_guard();
CREATE TRIGGER dossiers_destruction_append_only BEFORE UPDATE OR DELETE ON dossiers_destruction
  FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""
# Rows that must name the erased ones go first and with them; rows that may name nobody stay and do so. Runs with the
# rights of whoever calls it: the owner's inside motcua_destroy_dossier.
ERASE = """
CREATE FUNCTION motcua_erase_rows(target regclass, condition text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  link record;
  within text;
  found bigint[];
  files bigint[] := '{}';
BEGIN
  FOR link IN
    SELECT a.attname AS col FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.conrelid = target AND c.confrelid = 'public.documents_file'::regclass
  LOOP
    EXECUTE format('SELECT coalesce(array_agg(%1$I), ''{}'') FROM %2$s WHERE (%3$s) AND %1$I IS NOT NULL',
                   link.col, target, condition) INTO found;
    files := files || found;
  END LOOP;
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col, a.attnotnull AS needed, r.attname AS key
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.confrelid = target
    ORDER BY a.attnotnull DESC, c.conrelid::regclass::text, a.attname
  LOOP
    within := format('%I IN (SELECT %I FROM %s WHERE %s)', link.col, link.key, target, condition);
    IF link.needed THEN
      files := files || motcua_erase_rows(link.child, within);
    ELSE
      EXECUTE format('UPDATE %s SET %I = NULL WHERE %s', link.child, link.col, within);
    END IF;
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE %s', target, condition);
  RETURN files;
END $$;
REVOKE ALL ON FUNCTION motcua_erase_rows(regclass, text) FROM PUBLIC;
"""
DESTROY = """
CREATE FUNCTION motcua_destroy_dossier(
  number bigint, person bigint, decision text, decided date, at timestamptz
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  run bigint;
  link record;
  record_id bigint;
  files bigint[] := '{}';
BEGIN
  INSERT INTO dossiers_destruction (dossier_id, person_id, decision_number, decision_on, destroyed_at)
    VALUES (number, person, decision, decided, at) RETURNING id INTO record_id;
  SELECT run_id INTO run FROM dossiers_dossier WHERE id = number;
  files := files || motcua_erase_rows('dossiers_draft', format('dossier_id = %s', number));
  files := files || motcua_erase_rows('dossiers_dossier', format('id = %s', number));
  DELETE FROM dossiers_journal WHERE dossier_id = number;
  DELETE FROM dossiers_idempotency_key WHERE dossier_id = number;
  IF run IS NOT NULL THEN
    PERFORM motcua_erase_rows('workflow_run', format('id = %s', run));
  END IF;
  -- Files that nothing else names; their content goes with the nightly sweep.
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'public.documents_file'::regclass
  LOOP
    EXECUTE format('SELECT coalesce(array_agg(f), ''{}'') FROM unnest($1) f '
                   'WHERE NOT EXISTS (SELECT 1 FROM %s WHERE %I = f)', link.child, link.col) INTO files USING files;
  END LOOP;
  DELETE FROM documents_file WHERE id = ANY(files);
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  RETURN record_id;
END $$;
REVOKE ALL ON FUNCTION motcua_destroy_dossier(bigint, bigint, text, date, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_retention"),
        ("documents", "0001_initial"),
        ("procedures", "0001_initial"),
        ("workflow", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(APPEND_ONLY, FORMER),
        migrations.RunSQL(
            OWNER_ONLY,
            "DROP TRIGGER dossiers_retention_owner_only ON dossiers_retention;"
            "DROP TRIGGER dossiers_destruction_owner_only ON dossiers_destruction;"
            "DROP FUNCTION motcua_owner_only();",
        ),
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER dossiers_destruction_append_only ON dossiers_destruction;"
            "DROP TRIGGER dossiers_destruction_guard ON dossiers_destruction;"
            "DROP FUNCTION motcua_destruction_guard();",
        ),
        migrations.RunSQL(TRUNCATE, UNGUARDED),
        migrations.RunSQL(ERASE, "DROP FUNCTION motcua_erase_rows(regclass, text)"),
        migrations.RunSQL(DESTROY, "DROP FUNCTION motcua_destroy_dossier(bigint, bigint, text, date, timestamptz)"),
    ]
