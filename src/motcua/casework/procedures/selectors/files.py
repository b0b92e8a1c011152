"""Files of records that were handed in: the list, one file, its differences and its problems."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from motcua.casework.procedures.models import RecordDifference, RecordsFile, RecordsFileProblem
from motcua.casework.procedures.selectors.comparing import changes_of
from motcua.casework.procedures.types import (
    Compared,
    DifferenceKind,
    DifferenceLine,
    DifferenceState,
    ImportProblem,
    RecordsFileLine,
    RecordsFileState,
)
from motcua.foundation.core.types import NotFound

_SHOWN_CHANGES = 4


def records_files(*, offset: int = 0, rows: int = 25) -> list[RecordsFileLine]:
    """Return files, the latest first; three statements whatever their number."""
    found = list(_files().order_by("-pk")[offset : offset + rows])
    counts = _counts([row.pk for row in found])
    return [_line(row, counts.get(row.pk, {})) for row in found]


def records_file(public_id: UUID) -> RecordsFileLine:
    """Return one file.

    Raises:
        NotFound: no such file.
    """
    row = _files().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return _line(row, _counts([row.pk]).get(row.pk, {}))


def _files() -> QuerySet[Any]:
    rows = RecordsFile.objects.select_related("person").defer("packed")
    return rows.annotate(
        noted=Count("problems"), refused=Count("problems__line", filter=Q(problems__is_fatal=True), distinct=True)
    )


def _counts(file_ids: Iterable[int]) -> dict[int, dict[tuple[str, str], int]]:
    rows = RecordDifference.objects.filter(file_id__in=list(file_ids)).order_by()
    found: dict[int, dict[tuple[str, str], int]] = {}
    for file_id, state, kind, count in rows.values_list("file_id", "state", "kind").annotate(n=Count("pk")):
        found.setdefault(file_id, {})[state, kind] = count
    return found


def _line(row: Any, counts: dict[tuple[str, str], int]) -> RecordsFileLine:
    states: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for (state, kind), count in counts.items():
        states[state] = states.get(state, 0) + count
        kinds[kind] = kinds.get(kind, 0) + (count if state == DifferenceState.OPEN else 0)
    return RecordsFileLine(
        public_id=row.public_id, name=row.name, size=row.size, state=RecordsFileState(row.state), reason=row.reason,
        by=row.person.full_name if row.person else "", at=row.at, named=row.named, same=row.same,
        problems=row.noted, refused=row.refused, states=states, kinds=kinds,
    )  # fmt: skip


def difference_ids(
    file_id: UUID, *, kind: str = "", state: str = "", text: str = "", free_only: bool = False
) -> list[int]:
    """Return the ids of all differences that fit, for an act on all of them; `free_only`: those not accepted yet."""
    rows = _fitting(file_id, kind, state, text)
    if free_only:
        rows = rows.exclude(state__in=(DifferenceState.ACCEPTED, DifferenceState.CHOSEN))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def differences(
    file_id: UUID, *, kind: str = "", state: str = "", text: str = "", offset: int = 0, rows: int = 25
) -> list[DifferenceLine]:
    """Return differences that fit, changed ones first, each with its first changes; six statements at most."""
    order = Case(
        When(kind=DifferenceKind.CHANGED, then=Value(0)), When(kind=DifferenceKind.NEW, then=Value(1)), default=2
    )
    found = _fitting(file_id, kind, state, text).select_related("person").order_by(order, "code")
    return list(_lines(found[offset : offset + rows], most=_SHOWN_CHANGES))


def difference(file_id: UUID, difference_id: int) -> DifferenceLine:
    """Return one difference with all its changes.

    Raises:
        NotFound: the file has no such difference.
    """
    rows = RecordDifference.objects.filter(file__public_id=file_id, pk=difference_id).select_related("person")
    found = next(_lines(rows), None)
    if found is None:
        raise NotFound
    return found


def all_differences(file_id: UUID, *, kind: str = "", state: str = "", text: str = "") -> Iterator[DifferenceLine]:
    """Yield every difference that fits with all its changes, a hundred at a time, for an export."""
    ids = list(_fitting(file_id, kind, state, text).order_by("code").values_list("pk", flat=True))
    for start in range(0, len(ids), 100):
        rows = RecordDifference.objects.filter(pk__in=ids[start : start + 100]).select_related("person")
        yield from _lines(rows.order_by("code"))


def _fitting(file_id: UUID, kind: str, state: str, text: str) -> QuerySet[RecordDifference]:
    rows = RecordDifference.objects.filter(file__public_id=file_id)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text))
    return rows


def _lines(rows: Iterable[RecordDifference], *, most: int | None = None) -> Iterator[DifferenceLine]:
    listed = list(rows)
    compared = [Compared(row.code, row.name, DifferenceKind(row.kind), row.base_id, row.content) for row in listed]
    for row, (_item, changes) in zip(listed, changes_of(compared), strict=True):
        shown = changes if most is None else changes[:most]
        yield DifferenceLine(
            id=row.pk, code=row.code, name=row.name, kind=DifferenceKind(row.kind), state=DifferenceState(row.state),
            changes=shown, more=len(changes) - len(shown), note=row.note,
            by=row.person.full_name if row.person else "", at=row.at, effective_on=row.effective_on,
        )  # fmt: skip


def file_problems(file_id: UUID, *, fatal_only: bool = False, offset: int = 0, rows: int = 50) -> list[ImportProblem]:
    """Return the problems of a file in the order of its lines."""
    found = RecordsFileProblem.objects.filter(file__public_id=file_id).order_by("position")
    if fatal_only:
        found = found.filter(is_fatal=True)
    return [
        ImportProblem(row.line, row.code, row.place, row.text, row.is_fatal, row.values)
        for row in found[offset : offset + rows]
    ]
