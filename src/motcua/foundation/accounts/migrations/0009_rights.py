"""Whatever changes what somebody may do writes a new version of their user's row.

Web processes keep who acts and read that version with every request anyway, so a right that was given or taken away
counts with the next request, in every process. Also for holders who stand in: their posts are those of the absent.
"""

from django.db import migrations

_TOUCH = """
CREATE FUNCTION motcua_touch_users(persons bigint[]) RETURNS void LANGUAGE sql AS $$
  WITH whole AS (
    SELECT unnest(persons) AS id
    UNION SELECT s.substitute_id FROM accounts_substitution s JOIN accounts_absence a ON a.id = s.absence_id
      WHERE a.person_id = ANY(persons)
  ), users AS (
    SELECT u.id FROM accounts_user u JOIN accounts_person p ON p.user_id = u.id
    WHERE p.id IN (SELECT id FROM whole) ORDER BY u.id FOR NO KEY UPDATE OF u
  )
  UPDATE accounts_user u SET is_active = u.is_active FROM users WHERE u.id = users.id
$$;
"""

# table -> the persons whose rights hang on changed rows `c`
_PERSONS = {
    "accounts_post_holding": "SELECT c.person_id FROM changed c",
    "accounts_substitution": "SELECT c.substitute_id FROM changed c",
    "accounts_absence": "SELECT c.person_id FROM changed c",
    "accounts_inspection_order": "SELECT c.inspector_id FROM changed c",
    "accounts_person": "SELECT c.id FROM changed c",
    "organisations_post": "SELECT h.person_id FROM accounts_post_holding h JOIN changed c ON c.id = h.post_id",
}
# Nobody's rights hang on the new row yet, or on the one that is gone.
_UPDATED_ONLY = {"accounts_person", "organisations_post"}


def _function(table: str) -> str:
    return f"""
CREATE FUNCTION motcua_rights_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM motcua_touch_users(ARRAY({_PERSONS[table]}));
  RETURN NULL;
END $$;
"""


def _triggers(table: str) -> str:
    kinds = [("UPDATE", "NEW")]
    if table not in _UPDATED_ONLY:
        kinds += [("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")]
    return "".join(
        f"CREATE TRIGGER motcua_rights_{kind.lower()}_{which.lower()} AFTER {kind} ON {table} "
        f"REFERENCING {which} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION motcua_rights_{table}();\n"
        for kind, which in kinds
    )


def _drop(table: str) -> str:
    return f"DROP FUNCTION motcua_rights_{table}() CASCADE;\n"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_holding_public_id"),
        ("organisations", "0003_joint_bodies"),
    ]

    operations = [
        migrations.RunSQL(_TOUCH, "DROP FUNCTION motcua_touch_users(bigint[]) CASCADE"),
        *(migrations.RunSQL(_function(table) + _triggers(table), _drop(table)) for table in _PERSONS),
    ]
