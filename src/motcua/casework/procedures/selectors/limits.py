"""What is left for a person to settle in the limits of procedures."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.casework.procedures.models import LimitChange, ProcedureVersion
from motcua.casework.procedures.selectors.lines import limit_line
from motcua.casework.procedures.types import (
    FlaggedVersion,
    FlaggedVersions,
    LimitChangeLine,
    LimitSheet,
)
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound

PAGE_ROWS = 25


def flagged_limits(
    *, on: date, text: str = "", flag: str = "", shows_all: bool = False, page: int = 1, rows: int = PAGE_ROWS
) -> FlaggedVersions:
    """Return the versions in force on `on` whose limits a person should look at, most in doubt first; two queries.

    Args:
        text: words of the name or a part of the code; flag: one LimitFlag only; shows_all: settled ones too.
    """
    found = _counted(on, flag)
    if text.strip():
        found = found.filter(Q(name_fold__contains=fold(text.strip())) | Q(procedure__code__contains=text.strip()))
    counts = [count for count in found.values_list("flagged", flat=True) if count]
    listed = found if shows_all else found.filter(flagged__gt=0)
    start = (max(page, 1) - 1) * rows
    cut = list(listed.order_by("-in_doubt", "-flagged", "sort_key", "pk")[start : start + rows + 1])
    return FlaggedVersions(
        rows=tuple(
            FlaggedVersion(
                version_id=row.pk, code=row.procedure.code, name=row.name, field=row.field.name,
                since=row.valid.lower, flagged=row.flagged, in_doubt=row.in_doubt,
            )
            for row in cut[:rows]
        ),
        has_more=len(cut) > rows,
        versions=len(counts),
        limits=sum(counts),
    )  # fmt: skip


def _counted(on: date, flag: str) -> QuerySet[Any]:  # with counts that the table's class does not name
    wanted = Q(limits__flag=flag) if flag else ~Q(limits__flag="") & Q(limits__isnull=False)
    return (
        ProcedureVersion.objects.filter(valid__contains=on)
        .select_related("procedure", "field")
        .only("name", "valid", "sort_key", "procedure__code", "field__name")
        .annotate(
            flagged=Count("limits", filter=wanted),
            in_doubt=Count("limits", filter=Q(limits__needs_review=True)),
        )
    )


def limit_sheet(code: str, *, on: date) -> LimitSheet:
    """Return all limits of the version in force with its cases and the journal of their changes. Four queries.

    Raises:
        NotFound: no version in force.
    """
    found = ProcedureVersion.objects.select_related("procedure", "field")
    version = found.filter(procedure__code=code, valid__contains=on).first()
    if version is None:
        raise NotFound
    cases = tuple(version.cases.order_by("position").values_list("pk", "name"))
    changes = LimitChange.objects.filter(version=version).order_by("-pk")
    return LimitSheet(
        version_id=version.pk,
        code=version.procedure.code,
        name=version.name,
        field=version.field.name,
        since=version.valid.lower,
        limits=tuple(limit_line(row, dict(cases)) for row in version.limits.order_by("position")),
        cases=cases,
        rules=tuple(version.deadline_rules),
        changes=tuple(
            LimitChangeLine(limit_id, name or "", at, reason, before, after)
            for limit_id, name, at, reason, before, after in changes.values_list(
                "limit_id", "person__full_name", "at", "reason", "before", "after"
            )
        ),
    )
