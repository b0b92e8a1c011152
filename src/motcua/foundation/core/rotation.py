"""Changing the keys of personal data: every app tells here which of its columns are sealed, and how they are found.

One pass reads every row, encrypts anew what is not under the newest key and writes the digests that the present keys
ask for. It can be broken off and begun again at any moment, and may run twice at once: a row that is right is left
alone, a batch is locked while it is mended, and rows that somebody else holds are taken up by the next pass.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction
from psycopg import sql

from motcua.foundation.core import personal_data

BATCH = 500
MOST_PASSES = 5
Values = Mapping[str, tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed columns of one table.

    Attributes:
        ciphers: column -> purpose that its ciphertext is bound to.
        digests: from the texts by column, digest column -> (normalised value, purpose), None where there is none.
        columns: the digest columns; beside each stands one more named `…_next`.
    """

    table: str
    ciphers: Mapping[str, str]
    columns: tuple[str, ...] = ()
    digests: Callable[[Mapping[str, str]], Values] | None = None


@dataclass(slots=True)
class TableState:
    """How one table stands.

    Attributes:
        by_key: number of ciphertexts by the number of their key.
        stale: rows with a ciphertext under an older key, or a digest that the present keys do not ask for.
        unreadable: rows whose key is not configured, or whose bytes were changed.
        unsealed: rows with a digest and nothing to make a new one from: they are renewed when their owner comes next.
    """

    table: str
    rows: int = 0
    by_key: dict[int, int] = field(default_factory=dict)
    stale: int = 0
    unreadable: int = 0
    unsealed: int = 0


@dataclass(frozen=True, slots=True)
class RotationState:
    """How the change of keys stands, over all tables.

    Attributes:
        droppable: numbers of keys under which nothing stands any more and which are not the newest.
    """

    tables: tuple[TableState, ...]
    newest: int
    droppable: tuple[int, ...]
    has_next: bool

    @property
    def is_complete(self) -> bool:
        """Tell whether every row is as the present keys ask for."""
        return not any(table.stale or table.unreadable for table in self.tables)

    @property
    def unsealed(self) -> int:
        """Return how many digests only their owner's next visit can renew."""
        return sum(table.unsealed for table in self.tables)


_registered: dict[str, Sealed] = {}


def register(*items: Sealed) -> None:
    """Add tables; called from AppConfig.ready()."""
    for item in items:
        _registered[item.table] = item


def registered() -> dict[str, Sealed]:
    """Return what is registered, by table."""
    return dict(_registered)


def rotate(*, batch: int = BATCH, told: Callable[[str, int], None] | None = None) -> int:
    """Bring every row under the present keys; return how many rows were changed.

    Args:
        told: called after each batch with the table and the number of rows changed in it.
    """
    changed = 0
    for item in _registered.values():
        for _number in range(MOST_PASSES):
            for count in _pass(item, batch):
                changed += count
                if told:
                    told(item.table, count)
            if not state_of(item).stale:
                break
    return changed


def _pass(item: Sealed, batch: int) -> Iterator[int]:
    last = 0
    while True:
        with transaction.atomic():
            rows = _read(item, after=last, limit=batch, lock=True)
            changes = [(row["id"], change) for row in rows if (change := _changes(item, row))]
            for key, change in changes:
                _write(item, key, change)
        yield len(changes)
        if not rows:
            if (last := _next_id(item, last, batch)) == 0:
                return
            continue
        last = rows[-1]["id"]


def _next_id(item: Sealed, after: int, batch: int) -> int:
    """Return the id up to which others hold every row, 0 at the end of the table."""
    held = _read(item, after=after, limit=batch, lock=False)
    return int(held[-1]["id"]) if held else 0


def _names(item: Sealed) -> list[str]:
    digests = [name for column in item.columns for name in (column, f"{column}_next")]
    return ["id", *item.ciphers, *digests]


def _read(item: Sealed, *, after: int, limit: int, lock: bool) -> list[dict[str, Any]]:
    names = _names(item)
    statement = sql.SQL("SELECT {} FROM {} WHERE id > %s ORDER BY id LIMIT %s").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(item.table)
    )
    if lock:
        statement += sql.SQL(" FOR NO KEY UPDATE SKIP LOCKED")
    with connection.cursor() as cursor:
        cursor.execute(statement, [after, limit])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _write(item: Sealed, key: int, change: Mapping[str, bytes | None]) -> None:
    pairs = [sql.SQL("{} = %s").format(sql.Identifier(name)) for name in change]
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(item.table), sql.SQL(", ").join(pairs))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*change.values(), key])


def _changes(item: Sealed, row: Mapping[str, Any]) -> dict[str, bytes | None]:
    """Return what has to be written so that a row is as the present keys ask for; nothing for a row we cannot read."""
    try:
        texts = {
            name: personal_data.decrypt(row[name], purpose=purpose)
            for name, purpose in item.ciphers.items()
            if row[name] is not None
        }
    except (InvalidTag, KeyError):
        return {}
    newest = personal_data.newest_key()
    found: dict[str, bytes | None] = {
        name: personal_data.encrypt(text, purpose=item.ciphers[name])
        for name, text in texts.items()
        if personal_data.key_number(row[name]) != newest
    }
    for name, wanted in _digests(item, texts).items():
        kept = row[name]
        if (None if kept is None else bytes(kept)) != wanted:
            found[name] = wanted
    return found


def _digests(item: Sealed, texts: Mapping[str, str]) -> dict[str, bytes | None]:
    if item.digests is None or not texts:
        return {}
    found: dict[str, bytes | None] = {}
    for column, given in item.digests(texts).items():
        found[column] = personal_data.digest(given[0], purpose=given[1]) if given else None
        found[f"{column}_next"] = personal_data.next_digest(given[0], purpose=given[1]) if given else None
    return found


def state_of(item: Sealed) -> TableState:
    """Return how one table stands, by reading every row; locks nothing and changes nothing."""
    state, last = TableState(item.table), 0
    while rows := _read(item, after=last, limit=BATCH, lock=False):
        for row in rows:
            _count(item, row, state)
        last = rows[-1]["id"]
    return state


def _count(item: Sealed, row: Mapping[str, Any], state: TableState) -> None:
    known = personal_data.known_keys()
    numbers = [personal_data.key_number(row[name]) for name in item.ciphers if row[name] is not None]
    state.rows += 1
    for number in numbers:
        state.by_key[number] = state.by_key.get(number, 0) + 1
    if any(number not in known for number in numbers):
        state.unreadable += 1
    elif not numbers and any(row[name] is not None for name in item.columns):
        state.unsealed += 1
    elif _changes(item, row):
        state.stale += 1


def rotation_state() -> RotationState:
    """Return how the change of keys stands; reads every sealed row."""
    tables = tuple(state_of(item) for item in _registered.values())
    used = {number for table in tables for number in table.by_key}
    newest = personal_data.newest_key()
    droppable = tuple(number for number in personal_data.known_keys() if number not in used | {newest})
    return RotationState(tables, newest, droppable, personal_data.next_digest("-", purpose="-") is not None)
