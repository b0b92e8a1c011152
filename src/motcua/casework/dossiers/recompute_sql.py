"""The statements of a recomputation: rows that moved, with journal, history and news, written by batch.

Called by services.recomputing only, under the locks of the dossiers.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.casework.dossiers import journal

_MOVE = """
UPDATE dossiers_dossier d
SET due_at = v.due_at, statutory_due_at = v.law, acceptance_due_at = v.answer_by, journal_seq = v.seq,
  journal_hash = v.hash
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::int[], %s::bytea[])
  AS v(id, due_at, law, answer_by, seq, hash)
WHERE d.id = v.id
"""
_HISTORY = "dossier_id, old_due_at, new_due_at, reason_code, reason, form, changed_at, person_id"
_OUTBOX = "topic, subject, payload, occurred_at"

Moved = tuple[int, datetime | None, datetime | None, datetime | None, int, bytes | memoryview]


def move(rows: Sequence[Moved]) -> None:
    """Write (id, due, statutory due, acceptance due, journal seq, journal hash) of many dossiers."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [list(column) for column in zip(*rows, strict=True)])


def add_journal(rows: Iterable[tuple[Any, ...]]) -> None:
    """Append chained journal rows."""
    _copy("dossiers_journal", journal.COLUMNS, rows)


def add_history(rows: Iterable[tuple[Any, ...]]) -> None:
    """Append changes of due dates."""
    _copy("dossiers_due_date_change", _HISTORY, rows)


def add_news(rows: Iterable[tuple[Any, ...]]) -> None:
    """Append outbox rows in the order given."""
    _copy("core_outbox_event", _OUTBOX, rows)


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
