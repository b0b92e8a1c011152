"""What the application's own database role may do, laid down anew after every migration by the owner of the tables.

Two roles: the owner runs migrations, backups and the few acts that only an owner may do; the application works as
`MOTCUA_APP_ROLE` and can read and write rows, but never change or remove a row of a table that is only added to. Which
tables those are, the database itself says: they carry a trigger that runs `motcua_append_only` or `motcua_owner_only`.
On a server with one role only the triggers alone protect them.
"""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

# Functions of triggers, by what they leave to the application.
APPEND_ONLY, OWNER_ONLY = "motcua_append_only", "motcua_owner_only"
# Functions that run with the owner's rights: only the application may call them, nobody else.
OWNERS_FUNCTIONS = "motcua_destroy_%"
# Django's own list of what was migrated.
MIGRATIONS = "django_migrations"

_GUARDED = """
SELECT c.relname, p.proname, t.tgenabled IN ('O', 'A') AND (t.tgtype & 2) = 2, t.tgtype & 60
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = ANY(%s) AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
# Bits of pg_trigger.tgtype
_INSERT, _DELETE, _UPDATE, _TRUNCATE = 4, 8, 16, 32


@dataclass(frozen=True, slots=True)
class Protection:
    """How well the database keeps what must never change.

    Attributes:
        app_role: the application's role. user: who is connected now. owner: who owns the tables.
        is_split: the application works as a role that owns nothing.
        missing: what an owner has to mend, in sentences; empty when all is well.
        remarks: what is weaker than it could be, but not broken.
    """

    app_role: str
    user: str
    owner: str
    is_split: bool
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    tables: tuple[str, ...] = field(default=())


def lay_down(**_signal: Any) -> None:
    """Give the application's role what it needs and take away what it must not have; needs the owner.

    Tables that are only added to are guarded against being emptied first, those made by the last migration too. Where
    the role does not exist, or where we are that role ourselves, nothing more happens: there is one role only.
    """
    role = settings.MOTCUA_APP_ROLE
    with transaction.atomic(), connection.cursor() as cursor:
        _guard_against_emptying(cursor)
        if not _is_other_role(cursor, role):
            return
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        for table, withheld in _withheld(cursor).items():
            cursor.execute(
                sql.SQL("REVOKE {} ON {} FROM {}").format(sql.SQL(", ".join(withheld)), sql.Identifier(table), name)
            )
        for function in _owners_functions(cursor):
            cursor.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function)))
            cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(function), name))


def _guard_against_emptying(cursor: Any) -> None:
    cursor.execute(_GUARDED, [[APPEND_ONLY]])
    seen: dict[str, int] = {}
    for table, _function, _works, events in cursor.fetchall():
        seen[table] = seen.get(table, 0) | events
    for table in (table for table, events in seen.items() if not events & _TRUNCATE):
        statement = "CREATE TRIGGER {} BEFORE TRUNCATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION {}()"
        names = (f"{table}_no_truncate", table, APPEND_ONLY)
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def protection() -> Protection:
    """Return how the journal and its like are protected in this database, seen by whoever is connected."""
    role = settings.MOTCUA_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = %s",
            [MIGRATIONS],
        )
        user, owner = cursor.fetchone() or ("", "")
        withheld = _withheld(cursor)
        missing = [*_broken_guards(cursor), *(_surplus(cursor, role, withheld) if _exists(cursor, role) else ())]
        remarks = _remarks(cursor, role, user, owner)
    return Protection(role, user, owner, user != owner, tuple(missing), tuple(remarks), tuple(sorted(withheld)))


def _exists(cursor: Any, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _is_other_role(cursor: Any, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
    return cursor.fetchone() is not None


def _withheld(cursor: Any) -> dict[str, tuple[str, ...]]:
    """Return the privileges that the application must not have, by table."""
    cursor.execute(_GUARDED, [[APPEND_ONLY, OWNER_ONLY]])
    found: dict[str, tuple[str, ...]] = {MIGRATIONS: ("INSERT", "UPDATE", "DELETE", "TRUNCATE")}
    for table, function, _works, _events in cursor.fetchall():
        insert = function == OWNER_ONLY or "INSERT" in found.get(table, ())
        found[table] = (*(("INSERT",) if insert else ()), "UPDATE", "DELETE", "TRUNCATE")
    return found


def _owners_functions(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE %s AND prosecdef "
        "AND pronamespace = 'public'::regnamespace",
        [OWNERS_FUNCTIONS],
    )
    return [row[0] for row in cursor.fetchall()]


def _broken_guards(cursor: Any) -> list[str]:
    """Return a sentence for each guarded table whose triggers are off, or do not see every act."""
    cursor.execute(_GUARDED, [[APPEND_ONLY, OWNER_ONLY]])
    seen: dict[str, int] = {}
    off: list[str] = []
    for table, _function, works, events in cursor.fetchall():
        if works:
            seen[table] = seen.get(table, 0) | events
        else:
            off.append(f"The trigger that guards {table} is switched off: ALTER TABLE {table} ENABLE TRIGGER USER;")
            seen.setdefault(table, 0)
    names = {"UPDATE": _UPDATE, "DELETE": _DELETE, "TRUNCATE": _TRUNCATE}
    lacking = [
        f"No trigger guards {table} against {', '.join(acts)}: run `motcua migrate`."
        for table, events in seen.items()
        if events and (acts := [name for name, bit in names.items() if not events & bit])
    ]
    return off + lacking if seen else ["No table is guarded by triggers: run `motcua migrate`."]


def _surplus(cursor: Any, role: str, withheld: dict[str, tuple[str, ...]]) -> list[str]:
    """Return a sentence for each table where the application's role may do more, or less, than it should."""
    found = []
    for table, acts in withheld.items():
        cursor.execute(
            "SELECT act FROM unnest(%s::text[]) act WHERE has_table_privilege(%s, %s::text, act)",
            [list(acts), role, f"public.{table}"],
        )
        held = [row[0] for row in cursor.fetchall()]
        if held:
            found.append(f"{role} may {', '.join(held)} on {table}: REVOKE {', '.join(held)} ON {table} FROM {role};")
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace "
        "AND NOT has_table_privilege(%s, oid, 'SELECT') ORDER BY 1",
        [role],
    )
    if unread := [row[0] for row in cursor.fetchall()]:
        found.append(f"{role} cannot read {', '.join(unread)}: run `motcua migrate` as the owner.")
    cursor.execute(
        "SELECT count(*) FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace, "
        "aclexplode(d.defaclacl) a WHERE n.nspname = 'public' AND d.defaclobjtype = 'r' AND a.grantee = %s::regrole",
        [role],
    )
    if not cursor.fetchone()[0]:
        found.append(f"New tables would not be open to {role}: run `motcua migrate` as the owner.")
    return found


def _remarks(cursor: Any, role: str, user: str, owner: str) -> list[str]:
    if not _exists(cursor, role):
        told = (
            f"This server has one role: {user} owns the tables and works with them, so triggers alone keep the journal "
            f"as it is. Create the role {role} and run `motcua migrate` as the owner (docs/operations.md)."
        )
        return [told]
    cursor.execute("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role])
    found = [f"{role} has rights over the whole server; it needs none."] if cursor.fetchone()[0] else []
    cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [role, owner])
    if role != owner and cursor.fetchone()[0]:
        found.append(f"{role} is a member of {owner} and can take its rights: REVOKE {owner} FROM {role};")
    return found
