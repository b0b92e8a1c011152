"""A later file beside the catalogue: what is new in it, what it changes, what it no longer holds."""

from collections.abc import Iterable
from datetime import date

from motcua.casework.procedures.models import ProcedureVersion
from motcua.casework.procedures.reading.canonical import digest_of
from motcua.casework.procedures.reading.differing import record_difference
from motcua.casework.procedures.reading.lines import read_lines
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.reading.text import one_line
from motcua.casework.procedures.selectors.records import newest_records
from motcua.casework.procedures.types import Compared, Comparison, DifferenceKind, ImportProblem, RecordJson

_BATCH = 200


def compare_records(lines: Iterable[str | bytes], *, on: date) -> Comparison:
    """Compare the records of a file with the newest versions; nothing is written.

    A record that could not be taken stands among the problems only. Of a code that comes twice the first counts.
    "Missing" are procedures in force on `on` that the file does not name at all.
    """
    problems: list[ImportProblem] = []
    found: list[Compared] = []
    seen: set[str] = set()
    batch: dict[str, RecordJson] = {}
    for notebook, raw in read_lines(lines):
        draft = read_record(raw, notebook) if raw is not None else None
        problems.extend(notebook.problems)
        if notebook.code:
            is_first = notebook.code not in seen
            seen.add(notebook.code)
            if draft is not None and is_first:
                batch[draft.code] = draft.raw
        if len(batch) >= _BATCH:
            found.extend(_compared(batch))
            batch = {}
    found.extend(_compared(batch))
    missing = _missing(seen, on)
    return Comparison(tuple(found), missing, tuple(problems), read=len(seen))


def _compared(batch: dict[str, RecordJson]) -> list[Compared]:
    before = newest_records(batch)
    found: list[Compared] = []
    for code, raw in batch.items():
        name = one_line(raw.get("name"))
        old = before.get(code)
        if old is None:
            found.append(Compared(code, name, DifferenceKind.NEW, (), raw))
        elif digest_of(old.content) != digest_of(raw):
            changes = tuple(record_difference(old.content, raw))
            found.append(Compared(code, name, DifferenceKind.CHANGED, changes, raw))
    return found


def _missing(seen: set[str], on: date) -> tuple[Compared, ...]:
    rows = ProcedureVersion.objects.filter(valid__contains=on).order_by("procedure__code")
    return tuple(
        Compared(code, name, DifferenceKind.MISSING, (), None)
        for code, name in rows.values_list("procedure__code", "name")
        if code not in seen
    )
