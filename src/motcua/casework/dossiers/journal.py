"""Writing and verifying the hash chain of a dossier."""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import statements

COLUMNS = (
    "dossier_id, seq, act, node, outcome, actor_kind, person_id, post_id, unit_id, token_id, occurred_at, recorded_at, "
    "facts, salt, digest, hash"
)
_KINDS = (
    "bigint, int, text, text, text, text, bigint, bigint, bigint, bigint, timestamptz, timestamptz, jsonb, bytea, "
    "bytea, bytea"
)
_ROW = "(" + ", ".join(f"%s::{kind}" for kind in _KINDS.split(", ")) + ")"


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be written: an act with codes and ids; `changed` is digested, never stored."""

    act: str
    node: str = ""
    outcome: str = ""
    post_id: int | None = None
    unit_id: int | None = None
    token_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    changed: str = ""


def _canonical(values: Sequence[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def _instant(at: datetime) -> str:
    return f"{at.timestamp():.6f}"


def _link(previous: bytes, values: Sequence[Any]) -> bytes:
    return hashlib.sha256(previous + _canonical(values)).digest()


def record(
    dossier: Dossier, lines: Iterable[Line], *, actor: Actor, at: datetime, recorded_at: datetime | None = None
) -> None:
    """Append `lines` in one statement and move the dossier's `journal_seq` and `journal_hash` (not saved here).

    The caller holds the dossier's lock and saves the two fields with its other changes.
    """
    rows = rows_of(dossier, lines, actor=actor, at=at, recorded_at=recorded_at)
    if rows:
        with statements.prepared() as cursor:
            cursor.execute(insertion(len(rows)), [value for row in rows for value in row])


def insertion(count: int) -> str:
    """Return the statement that inserts `count` rows of `rows_of`."""
    return f"INSERT INTO dossiers_journal ({COLUMNS}) VALUES " + ", ".join([_ROW] * count)  # noqa: S608 - constants


def rows_of(
    dossier: Dossier, lines: Iterable[Line], *, actor: Actor, at: datetime, recorded_at: datetime | None = None
) -> list[tuple[Any, ...]]:
    """Return the chained rows of `lines` and move the dossier's `journal_seq` and `journal_hash` (not saved here)."""
    rows: list[tuple[Any, ...]] = []
    known = recorded_at or at
    for line in lines:
        seq = dossier.journal_seq + 1
        salt = os.urandom(16)
        digest = hashlib.sha256(salt + line.changed.encode()).digest()
        facts = json.dumps(_with_absent(line, actor), ensure_ascii=False, sort_keys=True, default=str)
        head = [dossier.pk, seq, line.act, line.node, line.outcome, actor.kind, actor.person_id]
        head += [line.post_id, line.unit_id, line.token_id]
        chained = [*head, _instant(at), _instant(known), json.loads(facts), salt.hex(), digest.hex()]
        link = _link(bytes(dossier.journal_hash), chained)
        rows.append((*head, at, known, facts, salt, digest, link))
        dossier.journal_seq, dossier.journal_hash = seq, link
    return rows


def _with_absent(line: Line, actor: Actor) -> dict[str, Any]:
    """Return the facts, with the absent person where the post acted in is held in their stead only."""
    if line.post_id is None or "for_person" in line.facts or not actor.stands_for:
        return line.facts
    posts = [post for post in actor.posts if post.post_id == line.post_id]
    absent = posts[0].standing_for_id if posts else None
    return line.facts | {"for_person": absent} if absent is not None else line.facts


def link_of(previous: bytes, entry: JournalEntry) -> bytes:
    """Return the hash that a row must have behind the hash `previous`."""
    return _link(
        previous,
        [
            entry.dossier_id, entry.seq, entry.act, entry.node, entry.outcome, entry.actor_kind, entry.person_id,
            entry.post_id, entry.unit_id, entry.token_id, _instant(entry.occurred_at), _instant(entry.recorded_at),
            entry.facts, bytes(entry.salt).hex(), bytes(entry.digest).hex(),
        ],
    )  # fmt: skip


def broken_link(dossier_id: int) -> int | None:
    """Return the first seq whose hash does not follow from the entry before, or None when the chain holds."""
    previous = b""
    expected = 1
    for entry in JournalEntry.objects.filter(dossier_id=dossier_id).order_by("seq").iterator():
        if entry.seq != expected or link_of(previous, entry) != bytes(entry.hash):
            return expected
        previous, expected = bytes(entry.hash), expected + 1
    return None
