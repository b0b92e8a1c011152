"""The few statements that write a new dossier, on Django's connection. Called by services.creation only.

The dossier row comes last, with its code, so that the number row is the last lock; the foreign keys of its parts are
deferred to commit.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from motcua.casework.dossiers.models import Dossier
from motcua.foundation.core import statements
from motcua.foundation.core.clock import civil_day

_CLAIM = """
INSERT INTO dossiers_idempotency_key (key, dossier_id, created_at)
VALUES (%s, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')), %s)
ON CONFLICT (key) DO NOTHING RETURNING dossier_id
"""
_CODED = """
WITH n AS (
  INSERT INTO dossiers_code_sequence AS s (agency_id, day, last) VALUES (%s, %s, 1)
  ON CONFLICT (agency_id, day) DO UPDATE SET last = s.last + 1 RETURNING last
)
INSERT INTO dossiers_dossier ({columns}, code)
SELECT {places}, %s || '-' || to_char(%s::date, 'YYMMDD') || '-' ||
  CASE WHEN n.last < 10000 THEN lpad(n.last::text, 4, '0') ELSE n.last::text END
FROM n RETURNING code
"""


# Types of the columns of a dossier's parts that are not text.
_KINDS = {
    "dossier_id": "bigint", "component_id": "bigint", "eform_version_id": "bigint", "paper_id": "bigint",
    "file_id": "bigint", "fee_vnd": "bigint", "ordinal": "smallint", "version": "smallint", "originals": "smallint",
    "certified": "smallint", "plain": "smallint", "pages": "int", "copies": "int", "is_current": "boolean",
    "is_checked": "boolean", "details_cipher": "bytea", "identity_digest": "bytea", "phone_digest": "bytea",
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


def _columns(dossier: Dossier, *, skip: Iterable[str] = ()) -> tuple[list[str], list[Any]]:
    names: list[str] = []
    values: list[Any] = []
    for field in dossier._meta.concrete_fields:
        if field.column is not None and field.column not in skip:
            names.append(field.column)
            values.append(field.get_db_prep_save(getattr(dossier, field.attname), connection))
    return names, values


def insert_dossier(dossier: Dossier) -> None:
    """Insert a filing that has no code yet."""
    names, values = _columns(dossier)
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO dossiers_dossier ({', '.join(names)}) VALUES ({places})", values)  # noqa: S608


def insert_dossier_with_code(dossier: Dossier, *, agency_code: str, at: datetime) -> str:
    """Take the next code of the receiving agency and insert the dossier with it, in one statement; return the code."""
    day = civil_day(at)
    names, values = _columns(dossier, skip={"code"})
    kinds = _types()
    places = ", ".join(f"%s::{kinds[name]}" for name in names)
    statement = _CODED.format(columns=", ".join(names), places=places)
    with statements.prepared() as cursor:
        cursor.execute(statement, [dossier.receiving_agency_id, day, *values, agency_code, day])
        return cursor.fetchone()[0]


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    """Column types of the dossier table: a SELECT list needs them where a VALUES list does not."""
    kinds = {
        field.column: field.db_type(connection) or "text" for field in Dossier._meta.concrete_fields if field.column
    }
    return {name: kind.split(" GENERATED")[0] for name, kind in kinds.items()}
