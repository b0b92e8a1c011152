"""Records as JSON: written out of versions, checked, and told apart part by part."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from motcua.casework.procedures.models import ProcedureVersion
from motcua.casework.procedures.reading.completeness import missing_parts
from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.page import loaded_versions
from motcua.casework.procedures.selectors.rebuilding import rebuilt
from motcua.casework.procedures.types import ImportProblem, RecordJson, WrittenRecord
from motcua.foundation.core.types import NotFound

_CHUNK = 200


def record_of(code: str, *, on: date) -> RecordJson:
    """Return the record of a procedure as it was published, word for word, in force on `on`.

    A version older than the keeping of words is put together from its rows: the facts are all there, the words of
    its limits may be others.

    Raises:
        NotFound: no version of that code is in force on that day.
    """
    found = next(_written(ProcedureVersion.objects.filter(procedure__code=code, valid__contains=on)), None)
    if found is None:
        raise NotFound
    return found.content


def written_records(*, on: date, codes: Sequence[str] = ()) -> Iterator[WrittenRecord]:
    """Yield the records in force on `on` by code, all of them or those of `codes`; a few hundred are held at a time."""
    rows = ProcedureVersion.objects.filter(valid__contains=on)
    if codes:
        rows = rows.filter(procedure__code__in=codes)
    ids = list(rows.order_by("procedure__code").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        yield from _written(ProcedureVersion.objects.filter(pk__in=ids[start : start + _CHUNK]))


def records_of_versions(version_ids: Iterable[int]) -> dict[int, RecordJson]:
    """Return the records of versions by id, as they were published."""
    found = _written(ProcedureVersion.objects.filter(pk__in=list(version_ids)))
    return {record.version_id: record.content for record in found}


def _written(versions: Iterable[ProcedureVersion]) -> Iterator[WrittenRecord]:
    rows = ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions]).order_by("procedure__code")
    columns = ("pk", "procedure__code", "valid", "record__content")
    found = list(rows.values_list(*columns))
    bare = [pk for pk, _code, _valid, content in found if content is None]
    made = {version.pk: rebuilt(version) for version in loaded_versions().filter(pk__in=bare)} if bare else {}
    for pk, code, valid, content in found:
        yield WrittenRecord(code, pk, valid.lower, made[pk] if content is None else content)


def check_record(raw: RecordJson) -> list[ImportProblem]:
    """Return everything doubtful in a record, by place: what the reader says, then the parts that are missing.

    A problem with `is_fatal` keeps the record out; missing parts are no such problem, as the import takes records of
    the national database as they are, but a decision does not.
    """
    notebook = Notebook(line=0, code=str(raw.get("code") or "")[:40])
    read_record(raw, notebook)
    lacking = [ImportProblem(0, notebook.code, f"part.{gap.part.value}", gap.message) for gap in missing_parts(raw)]
    return [*notebook.problems, *lacking]


__all__ = ["check_record", "missing_parts", "record_of", "records_of_versions", "written_records"]
