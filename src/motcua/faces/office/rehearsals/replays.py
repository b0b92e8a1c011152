"""Last year's dossiers in a draft process: who would be stuck, which steps come in between or fall away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.dossiers.selectors.replaying import MOST, replay_process
from motcua.casework.dossiers.types.replaying import ReplayedWay, ReplayedWays
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Graph, ProcessNotSound
from motcua.faces.office import exporting
from motcua.faces.office.rehearsals import telling
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day

HERE = "office:procedures"
SHOWN = 100


@act("bench.walk")
@require_safe
def replay(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show what would change for the dossiers of a period, those that get stuck first."""
    at = clock.now()
    form, since, until = telling.period(request.GET, civil_day(at))
    version_id = workflow.version_numbered(code, number)
    context: dict[str, Any] = {"card": workflow.version_card(version_id), "code": code, "number": number, "form": form}
    try:
        graph = workflow.graph(version_id)
    except ProcessNotSound as refusal:
        context["problems"] = refusal.problems
        return page(request, "office/rehearsals/replay.html", context, here=HERE, at=at)
    told = replay_process(actor=request.actor, code=code, graph=graph, since=since, until=until)  # type: ignore[attr-defined]
    rows = [_row(graph, way) for way in _in_order(told)]
    context |= {
        "told": told, "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN), "most": MOST,
        "changed": len(told.ways) - told.same,
        "added": [(telling.named(graph, key), count) for key, count in told.added.items()],
        "left_out": list(told.left_out.items()),
    }  # fmt: skip
    return page(request, "office/rehearsals/replay.html", context, here=HERE, status=422 if form.errors else 200, at=at)


def _in_order(told: ReplayedWays) -> list[ReplayedWay]:
    return [*told.dead_ends, *(way for way in told.ways if not way.is_same and not way.reason)]


def _row(graph: Graph, way: ReplayedWay) -> dict[str, Any]:
    return {
        "way": way,
        "reason": telling.STUCK.get(way.reason, ""),
        "node": telling.named(graph, way.node) if way.node else "",
        "outcome": telling.outcome_label(graph.nodes.get(way.node), way.outcome) if way.outcome else "",
        "added": [telling.named(graph, key) for key in way.added],
    }


@act("bench.walk")
@require_safe
def export(request: HttpRequest, code: str, number: int, kind: str) -> Any:
    """Return every dossier looked at as a file."""
    at = clock.now()
    _form, since, until = telling.period(request.GET, civil_day(at))
    graph = workflow.graph(workflow.version_numbered(code, number))
    told = replay_process(actor=request.actor, code=code, graph=graph, since=since, until=until)  # type: ignore[attr-defined]
    head = [
        _("Dossier code"), _("Stuck at"), _("Why"), _("New steps"), _("Steps left out"), _("Hours before"),
        _("Hours after"),
    ]  # fmt: skip
    lines = (
        [
            way.code, row["node"], str(row["reason"]), ", ".join(row["added"]), ", ".join(way.left_out),
            float(way.hours_before), float(way.hours_after),
        ]
        for way in told.ways
        for row in [_row(graph, way)]
    )  # fmt: skip
    return exporting.answer(kind, name=f"chay-thu-{code}-{number}", head=head, rows=lines)
