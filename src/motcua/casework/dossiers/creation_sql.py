"""The few statements that write a new dossier, on Django's connection. Called by services.creation only.

The dossier row comes last, with its journal and its event, right after its code: the number row is the last lock that
anybody could wait for. The foreign keys of its parts are deferred to commit.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.models import Dossier
from motcua.foundation.core import outbox, statements

_CLAIM = """
INSERT INTO dossiers_idempotency_key (key, dossier_id, created_at)
VALUES (%s, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')), %s)
ON CONFLICT (key) DO NOTHING RETURNING dossier_id
"""

# Types of the columns of a dossier's parts that are not text.
_KINDS = {
    "dossier_id": "bigint", "component_id": "bigint", "eform_version_id": "bigint", "paper_id": "bigint",
    "file_id": "bigint", "fee_vnd": "bigint", "ordinal": "smallint", "version": "smallint", "originals": "smallint",
    "certified": "smallint", "plain": "smallint", "pages": "int", "copies": "int", "is_current": "boolean",
    "is_checked": "boolean", "details_cipher": "bytea", "identity_digest": "bytea", "phone_digest": "bytea",
    "identity_digest_next": "bytea", "phone_digest_next": "bytea",
    "answers_cipher": "bytea", "given_at": "timestamptz", "added_at": "timestamptz",
}  # fmt: skip


def claim_key(key: str, at: datetime) -> int | None:
    """Take the idempotency key; return the new dossier's id, or None when the key was used before.

    A second transaction with the same key waits here until the first ends.
    """
    with statements.prepared() as cursor:
        cursor.execute(_CLAIM, [key, at])
        row = cursor.fetchone()
    return row[0] if row else None


def insert_rows(table: str, columns: str, rows: list[tuple[Any, ...]], *, returning: str = "") -> list[tuple[Any, ...]]:
    """Insert many rows in one statement; return what `returning` names, in the order given."""
    if not rows:
        return []
    kinds = [_KINDS.get(name, "text") for name in columns.split(", ")]
    places = ", ".join(["(" + ", ".join(f"%s::{kind}" for kind in kinds) + ")"] * len(rows))
    tail = f" RETURNING {returning}" if returning else ""
    with statements.prepared() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES {places}{tail}",  # noqa: S608 - names are constants of this package
            [value for row in rows for value in row],
        )
        return cursor.fetchall() if returning else []


def _columns(dossier: Dossier) -> tuple[list[str], list[Any]]:
    names: list[str] = []
    values: list[Any] = []
    for field in dossier._meta.concrete_fields:
        if field.column is not None:
            names.append(field.column)
            values.append(field.get_db_prep_save(getattr(dossier, field.attname), connection))
    return names, values


def insert_dossier(dossier: Dossier) -> None:
    """Insert a filing that has no code yet."""
    names, values = _columns(dossier)
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO dossiers_dossier ({', '.join(names)}) VALUES ({places})", values)  # noqa: S608


@cache
def recorded_statement(lines: int) -> str:
    """Return the statement that inserts a dossier with its journal lines and one event."""
    fields = Dossier._meta.concrete_fields
    columns, places = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    return (
        f"WITH j AS ({journal.insertion(lines)}), o AS ({outbox.INSERT}) "  # noqa: S608 - names of columns
        f"INSERT INTO dossiers_dossier ({columns}) VALUES ({places})"
    )


def insert_recorded(dossier: Dossier, lines: list[tuple[Any, ...]], event: tuple[Any, ...]) -> None:
    """Insert a dossier that is accepted as it comes, with its first journal lines and its event, in one statement."""
    values: list[Any] = [value for line in lines for value in line]
    values += event
    values += [getattr(dossier, field.attname) for field in Dossier._meta.concrete_fields]
    with statements.prepared() as cursor:
        cursor.execute(recorded_statement(len(lines)), values)
