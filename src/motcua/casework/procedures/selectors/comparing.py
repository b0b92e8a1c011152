"""A later file beside the catalogue: what is new in it, what it changes, what it no longer holds."""

from collections.abc import Iterable, Iterator
from datetime import date

from motcua.casework.procedures.models import ProcedureVersion
from motcua.casework.procedures.reading.differing import record_difference
from motcua.casework.procedures.reading.drafts import RecordDraft
from motcua.casework.procedures.reading.lines import read_lines
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.records import records_of_versions
from motcua.casework.procedures.types import Change, Compared, Comparison, DifferenceKind, ImportProblem

_BATCH = 200


def compare_records(lines: Iterable[str | bytes], *, on: date) -> Comparison:
    """Compare the records of a file with the newest versions; nothing is written.

    A record that could not be taken stands among the problems only. Of a code that comes twice the first counts.
    "Missing" are procedures in force on `on` that the file does not name at all.
    """
    problems: list[ImportProblem] = []
    found: list[Compared] = []
    seen: set[str] = set()
    batch: dict[str, RecordDraft] = {}
    for notebook, raw in read_lines(lines):
        draft = read_record(raw, notebook) if raw is not None else None
        problems.extend(notebook.problems)
        if notebook.code and notebook.code not in seen:
            seen.add(notebook.code)
            if draft is not None:
                batch[draft.code] = draft
        if len(batch) >= _BATCH:
            found.extend(_compared(batch))
            batch = {}
    found.extend(_compared(batch))
    return Comparison(tuple(found), _missing(seen, on), tuple(problems), named=len(seen))


def _compared(batch: dict[str, RecordDraft]) -> Iterator[Compared]:
    rows = ProcedureVersion.objects.filter(procedure__code__in=list(batch)).order_by("procedure_id", "-valid")
    columns = ("procedure__code", "pk", "digest", "valid")
    before = {row[0]: row[1:] for row in rows.distinct("procedure_id").values_list(*columns)}
    for code, draft in batch.items():
        version_id, digest, valid = before.get(code, (None, "", None))
        is_over = valid is None or valid.upper is not None
        if is_over or digest != draft.digest:
            kind = DifferenceKind.NEW if is_over else DifferenceKind.CHANGED
            yield Compared(code, draft.columns["name"], kind, version_id, draft.raw)


def _missing(seen: set[str], on: date) -> tuple[Compared, ...]:
    rows = ProcedureVersion.objects.filter(valid__contains=on).order_by("procedure__code")
    return tuple(
        Compared(code, name, DifferenceKind.MISSING, version_id, None)
        for code, name, version_id in rows.values_list("procedure__code", "name", "pk")
        if code not in seen
    )


def changes_of(differences: Iterable[Compared]) -> Iterator[tuple[Compared, tuple[Change, ...]]]:
    """Yield each difference with its parts before and after, in words; new and missing ones have none."""
    listed = list(differences)
    for start in range(0, len(listed), _BATCH):
        chunk = listed[start : start + _BATCH]
        wanted = {item.base_id for item in chunk if item.kind == DifferenceKind.CHANGED and item.base_id}
        before = records_of_versions(wanted)
        for item in chunk:
            is_told = item.kind == DifferenceKind.CHANGED and item.content is not None
            old = before.get(item.base_id or 0)
            yield item, tuple(record_difference(old, item.content or {})) if is_told and old else ()
