"""Looking through whole journals for what somebody changed, removed or put in behind the application's back.

Each row's hash is over the row and the hash before it, and the dossier's own row keeps the last number and hash. The
daily numbers of codes have no gaps, so a dossier that vanished with its whole journal leaves one, unless a record says
that it was destroyed.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from motcua.casework.dossiers.journal import link_of
from motcua.casework.dossiers.models import Destruction, Dossier, JournalEntry
from motcua.casework.dossiers.numbering import dossier_code
from motcua.casework.dossiers.types.destruction import Damage, JournalDamage, JournalReport
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations

CHUNK = 2000
# Numbers given on a day against dossiers and destruction records that are there.
_GAPS = """
WITH there AS (
  SELECT receiving_agency_id AS agency_id, (accepted_at AT TIME ZONE %(zone)s)::date AS day, count(*) AS number
  FROM dossiers_dossier WHERE code IS NOT NULL GROUP BY 1, 2
), gone AS (
  SELECT receiving_agency_id AS agency_id, accepted_on AS day, count(*) AS number
  FROM dossiers_destruction WHERE accepted_on IS NOT NULL GROUP BY 1, 2
)
SELECT s.agency_id, s.day, s.last FROM dossiers_code_sequence s
LEFT JOIN there USING (agency_id, day) LEFT JOIN gone USING (agency_id, day)
WHERE coalesce(there.number, 0) + coalesce(gone.number, 0) < s.last ORDER BY s.day, s.agency_id
"""


def look_through(*, dossier_id: int | None = None) -> JournalReport:
    """Return what is wrong with the journal of one dossier, or with all of them, as they are at one instant.

    A row is named `changed` when its hash does not follow from its own content, `removed` when its number is missing,
    `inserted` when it stands where nothing was written. Memory stays small whatever the number of rows.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:  # others go on working: heads and rows have to be of one instant
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _look(dossier_id)


def _look(dossier_id: int | None) -> JournalReport:
    entries = JournalEntry.objects.order_by("dossier_id", "seq")
    dossiers = Dossier.objects.order_by("pk")
    if dossier_id is not None:
        entries, dossiers = entries.filter(dossier_id=dossier_id), dossiers.filter(pk=dossier_id)
    damages: list[JournalDamage] = []
    rows = 0
    heads = _Heads(dossiers)
    for key, journal in groupby(entries.iterator(chunk_size=CHUNK), key=lambda entry: entry.dossier_id):
        for empty in heads.before(key):
            damages += _missing_tail(empty, 0, b"")
        seen, found = _through(heads.take(key), key, journal)
        rows += seen
        damages += found
    for empty in heads.before(None):
        damages += _missing_tail(empty, 0, b"")
    if dossier_id is None:
        damages += _vanished()
    return JournalReport(heads.count, rows, Destruction.objects.count(), tuple(damages))


Head = tuple[int, str, int, bytes]


class _Heads:
    """Id, name, last number and last hash of each dossier, read along with the rows of the journals."""

    def __init__(self, dossiers: Any) -> None:
        columns = ("pk", "code", "intake_number", "journal_seq", "journal_hash")
        self._rows = (
            (pk, code or intake or f"#{pk}", seq, bytes(digest))
            for pk, code, intake, seq, digest in dossiers.values_list(*columns).iterator(chunk_size=CHUNK)
        )
        self.count = 0
        self._next: Head | None = None
        self._step()

    def _step(self) -> None:
        self._next = next(self._rows, None)
        self.count += self._next is not None

    def before(self, key: int | None) -> Iterator[Head]:
        """Yield the dossiers up to `key` (None: all that are left) that were passed over: they have no rows."""
        while self._next is not None and (key is None or self._next[0] < key):
            yield self._next
            self._step()

    def take(self, key: int) -> Head | None:
        """Return the dossier `key`, None when there is none."""
        if self._next is None or self._next[0] != key:
            return None
        head = self._next
        self._step()
        return head


def _through(head: Head | None, key: int, journal: Iterator[JournalEntry]) -> tuple[int, list[JournalDamage]]:
    """Follow the chain of one dossier; return the number of rows and what is wrong."""
    name = head[1] if head else f"#{key}"
    previous, expected, rows = b"", 1, 0
    found: list[JournalDamage] = []
    for entry in journal:
        rows += 1
        if head is None or entry.seq > head[2] or entry.seq < expected:
            found.append(JournalDamage(name, entry.seq, Damage.INSERTED, "" if head else "no such dossier"))
            continue
        missing = list(range(expected, entry.seq))
        found += [JournalDamage(name, seq, Damage.REMOVED) for seq in missing]
        # Behind a gap the hash before is lost with the row, so only the next link can be followed again.
        if not missing and link_of(previous, entry) != bytes(entry.hash):
            found.append(JournalDamage(name, entry.seq, Damage.CHANGED))
        previous, expected = bytes(entry.hash), entry.seq + 1
    if head is not None:
        found += _missing_tail(head, expected - 1, previous)
    return rows, found


def _missing_tail(head: Head, last: int, digest: bytes) -> list[JournalDamage]:
    """Return what the dossier's own row knows and the journal does not."""
    _pk, name, seq, expected = head
    if last < seq:
        return [JournalDamage(name, missing, Damage.REMOVED) for missing in range(last + 1, seq + 1)]
    if digest != expected:
        return [JournalDamage(name, last or None, Damage.CHANGED, "the dossier's own row names another last hash")]
    return []


def _vanished() -> list[JournalDamage]:
    """Return the codes that were given but name neither a dossier nor a destroyed one."""
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, {"zone": str(VIETNAM)})
        gaps = cursor.fetchall()
    return [damage for agency_id, day, last in gaps for damage in _missing_codes(agency_id, day, last)]


def _missing_codes(agency_id: int, day: date, last: int) -> Iterator[JournalDamage]:
    start = datetime.combine(day, time(), tzinfo=VIETNAM)
    there = set(
        Dossier.objects.filter(
            receiving_agency_id=agency_id, accepted_at__gte=start, accepted_at__lt=start + timedelta(days=1)
        ).values_list("code", flat=True)
    )
    gone = Destruction.objects.filter(receiving_agency_id=agency_id, accepted_on=day)
    digests = {bytes(digest) for digest in gone.values_list("code_digest", flat=True)}
    known = next((code for code in there if code), "")
    agency = known.rsplit("-", 2)[0] or organisations.agency(agency_id, on=day).code
    for number in range(1, last + 1):
        code = dossier_code(agency, day, number)
        if code not in there and hashlib.sha256(code.encode()).digest() not in digests:
            yield JournalDamage(code, None, Damage.DOSSIER_REMOVED)
