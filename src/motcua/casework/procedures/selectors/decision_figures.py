"""Counts as provinces report them: what decisions did in a period, what is in force on a day by level and service."""

from collections import Counter
from datetime import date

from django.db.models import QuerySet

from motcua.casework.procedures.models import Decision, DecisionItem, ProcedureVersion
from motcua.casework.procedures.types import Nature
from motcua.casework.procedures.types.decisions import (
    CatalogueFigures,
    DecisionAct,
    DecisionFigures,
    DecisionState,
)


def decision_figures(*, since: date, until: date) -> DecisionFigures:
    """Return decisions of a period (day of the decision, both ends inside) and what they did; two statements."""
    rows = Decision.objects.filter(state=DecisionState.PUBLISHED, issued_on__gte=since, issued_on__lte=until)
    stated = list(rows.values_list("is_past", "stated"))
    acts = DecisionItem.objects.filter(decision__in=rows).values_list("act", flat=True)
    counts: Counter[str] = Counter(acts)
    for is_past, said in stated:
        if is_past:
            counts.update({act: int(number) for act, number in said.items()})
    return DecisionFigures(since, until, len(stated), {act: counts[act] for act in DecisionAct.values})


def catalogue_figures(*, on: date) -> CatalogueFigures:
    """Return procedures in force on a day by level and by how much of them is online; companies' services left out.

    One statement. A procedure whose record does not say its service level counts under ''.
    """
    rows = _in_force(on).values_list("levels", "service_level", "old_level")
    by_level: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    by_service: Counter[str] = Counter()
    by_old: Counter[int] = Counter()
    total = 0
    for levels, service, old in rows:
        total += 1
        by_service[service] += 1
        by_old[old or 0] += 1
        for level in levels:
            by_level[level] += 1
            cells[level, service] += 1
    return CatalogueFigures(on, total, by_level, cells, by_service, by_old)


def _in_force(on: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(valid__contains=on, nature=Nature.PROCEDURE)


def procedures_behind(
    *,
    on: date,
    level: str = "",
    service_level: str | None = None,
    old_level: int | None = None,
    offset: int = 0,
    rows: int | None = None,
) -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """Return (code, name, field, levels, service level) of the procedures behind a figure, in Vietnamese order.

    Args:
        service_level: None for all, '' for those whose record does not say; old_level: None for all, 0 for none.
    """
    found = _in_force(on)
    if level:
        found = found.filter(levels__contains=[level])
    if service_level is not None:
        found = found.filter(service_level=service_level)
    if old_level is not None:
        found = found.filter(old_level=old_level or None)
    shown = found.order_by("sort_key", "pk").values_list(
        "procedure__code", "name", "field__name", "levels", "service_level"
    )
    return [(*row[:3], tuple(row[3]), row[4]) for row in (shown[offset : offset + rows] if rows else shown)]
