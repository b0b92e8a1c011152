"""What is left for a person to confirm in the lists of papers."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from motcua.casework.procedures.models import CaseComponent, ComponentConfirmation, ProcedureVersion
from motcua.casework.procedures.types import (
    CaseToConfirm,
    ConfirmationLine,
    PaperToConfirm,
    SheetToConfirm,
    VersionsToConfirm,
    VersionToConfirm,
)
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound

PAGE_ROWS = 25


def versions_to_confirm(
    *, on: date, text: str = "", is_open: bool = True, page: int = 1, rows: int = PAGE_ROWS
) -> VersionsToConfirm:
    """Return the versions in force on `on` or later whose papers wait for a person, most papers first; 2 statements.

    Args:
        text: words of the name, with or without marks, or a part of the code.
        is_open: only those with a paper left; else every version that has papers.
    """
    found = _counted(on)
    if text.strip():
        found = found.filter(Q(name_fold__contains=fold(text.strip())) | Q(procedure__code__contains=text.strip()))
    sums = found.values_list("open_papers", flat=True)
    left = [count for count in sums if count]
    listed = found.filter(open_papers__gt=0) if is_open else found.filter(papers__gt=0)
    start = (max(page, 1) - 1) * rows
    cut = list(listed.order_by("-open_papers", "sort_key", "pk")[start : start + rows + 1])
    return VersionsToConfirm(
        rows=tuple(
            VersionToConfirm(
                code=row.procedure.code, name=row.name, field=row.field.name, since=row.valid.lower,
                papers=row.papers, open_papers=row.open_papers,
            )
            for row in cut[:rows]
        ),
        has_more=len(cut) > rows,
        open_versions=len(left),
        open_papers=sum(left),
    )  # fmt: skip


def _counted(on: date) -> QuerySet[Any]:
    return (
        ProcedureVersion.objects.filter(Q(valid__upper_inf=True) | Q(valid__endswith__gt=on))
        .select_related("procedure", "field")
        .only("name", "valid", "sort_key", "procedure__code", "field__name")
        .annotate(
            papers=Count("cases__components"),
            open_papers=Count("cases__components", filter=Q(cases__components__is_confirmed=False)),
        )
    )


def sheet_to_confirm(code: str, *, on: date, since: date | None = None) -> SheetToConfirm:
    """Return every paper of a version with its kind, per case, and who confirmed it; 3 statements.

    Args:
        since: first day of the version; else the one in force on `on`, or the next one.

    Raises:
        NotFound: no such version.
    """
    versions = ProcedureVersion.objects.select_related("procedure", "field").filter(procedure__code=code)
    if since is not None:
        version = versions.filter(valid__startswith=since).first()
    else:
        current = versions.filter(Q(valid__upper_inf=True) | Q(valid__endswith__gt=on))
        version = current.order_by(F("valid").asc()).first()
    if version is None:
        raise NotFound
    components = (
        CaseComponent.objects.filter(case__version=version)
        .select_related("case")
        .prefetch_related("form_files")
        .order_by("case__position", "position")
    )
    last = _last_confirmations(version.pk)
    cases: dict[int, CaseToConfirm] = {}
    for row in components:
        case = cases.setdefault(row.case_id, CaseToConfirm(name=row.case.name, papers=[]))
        case.papers.append(_paper(row, last.get(row.pk)))
    return SheetToConfirm(
        version_id=version.pk, code=version.procedure.code, name=version.name, field=version.field.name,
        since=version.valid.lower, cases=tuple(cases.values()),
    )  # fmt: skip


def _last_confirmations(version_id: int) -> dict[int, ConfirmationLine]:
    rows = (
        ComponentConfirmation.objects.filter(component__case__version_id=version_id)
        .order_by("component_id", "pk")
        .values_list("component_id", "proposed", "person__full_name", "at")
    )
    return {pk: ConfirmationLine(proposed=proposed, by=name or "", at=at) for pk, proposed, name, at in rows}


def _paper(row: CaseComponent, last: ConfirmationLine | None) -> PaperToConfirm:
    return PaperToConfirm(
        id=row.pk, name=row.name, kind=row.kind, is_confirmed=row.is_confirmed, originals=row.originals,
        certified=row.certified_copies, plain=row.plain_copies,
        forms=tuple(file.name for file in row.form_files.all()), last=last,
    )  # fmt: skip
