"""Processes as pictures and as steps, and the procedures of an agency with what they still lack."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Act, Graph, Holder, Node, NodeKind, TaskPlace, VersionState
from motcua.faces.office.access.purposes import ONE_READING, reads
from motcua.faces.office.processes.sheet import STATES
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.types import Role

HERE = "office:procedures"


@act("office.processes")
@require_GET
def process(request: HttpRequest, code: str, number: int = 0) -> HttpResponse:
    """Show a version of a process, the one in force without a number: picture, steps with hours, longest way."""
    if number:
        return _process_page(request, workflow.version_numbered(code, number), {})
    version_id = workflow.published_version(code, on=civil_day(clock.now()))
    if version_id is None:
        raise NotFound
    return _process_page(request, version_id, {})


@act("dossiers.see")
@reads("dossier", quiet=ONE_READING)
@require_GET
def of_dossier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the process of a dossier with the steps where it lies now."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    if not view.process_version_id:
        raise NotFound
    present = {task.node for task in view.open_tasks}
    return _process_page(request, view.process_version_id, {"view": view, "present": present})


def _process_page(request: HttpRequest, version_id: int, context: dict[str, Any]) -> HttpResponse:
    card = workflow.version_card(version_id)
    present = context.get("present", frozenset())
    verdict = workflow.verdict(workflow.drawing(version_id))
    tone, icon = STATES[VersionState(card.state)]
    context |= {
        "card": card,
        "state": VersionState(card.state).label,
        "tone": tone,
        "icon": icon,
        "picture": mark_safe(workflow.picture(version_id, highlight=present)),
        "steps": _steps(verdict.graph, present) if verdict.graph else [],
        "longest_seconds": int((verdict.hours or 0) * 3600),
        "file_url": reverse("office:process-file", args=[card.code, card.number]) if may_look(request) else "",
    }
    return page(request, "office/processes/process.html", context, here=HERE)


def may_look(request: HttpRequest) -> bool:
    """Tell whether the person may see processes apart from a dossier's own."""
    return may(request.actor, "office.processes")  # type: ignore[attr-defined]


def _steps(graph: Graph, present: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": node.name_en if node.name_en and get_language() == "en" else node.name,
            "who": _who(node),
            "where": TaskPlace(node.place).label if node.place else "",
            "hours": node.hours,
            "act": Act(node.act).label if node.act in Act.values else node.act,
            "pauses": node.pauses,
            "outcomes": node.outcomes,
            "is_now": node.id in present,
        }
        for node in _in_order(graph)
    ]


def _in_order(graph: Graph) -> list[Node]:
    """Return the tasks as a run meets them from the start on, nearest first; then those that no arrow leads to."""
    met, waiting = [], [graph.start]
    seen = set(waiting)
    while waiting:
        node = graph.nodes.get(waiting.pop(0))
        if node is None:
            continue
        met.append(node)
        following = [flow.target for flow in graph.leaving(node) if flow.target not in seen]
        seen.update(following)
        waiting += following
    return [
        node for node in [*met, *(task for task in graph.tasks if task.id not in seen)] if node.kind == NodeKind.TASK
    ]


def _who(node: Node) -> str:
    if node.holder != Holder.STAFF:
        return str(Holder(node.holder).label)
    return str(Role(node.role).label) if node.role in Role.values else node.role


@act("office.processes")
@require_GET
def procedures_(request: HttpRequest) -> HttpResponse:
    """Show what my agency takes in, by which process and form, and what is missing."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    on, text = civil_day(at), request.GET.get("q", "").strip()[:100]
    agencies = list(dict.fromkeys(post.agency_id for post in actor.posts))
    offers = [offer for agency_id in agencies[:3] for offer in procedures.offers_of_agency(agency_id, on=on)]
    names = procedures.procedure_refs([offer.procedure_id for offer in offers], on=on)
    versions = workflow.published_versions([offer.process_code for offer in offers], on=on)
    rows = [
        {
            "offer": offer,
            "code": offer.procedure_code,
            "name": names[offer.procedure_id].name,
            "version_id": versions.get(offer.process_code),
            "has_form": offer.eform_id is not None,
        }
        for offer in offers
        if offer.procedure_id in names
    ]
    if text:
        wanted = fold(text)
        rows = [row for row in rows if wanted in fold(f"{row['name']} {row['code']}")]
    gaps = sum(row["version_id"] is None for row in rows)
    only_gaps = request.GET.get("gaps") == "1"
    context = {
        "now": at,
        "text": text,
        "rows": [row for row in rows if not only_gaps or row["version_id"] is None],
        "total": len(rows),
        "gaps": gaps,
        "without_form": sum(not row["has_form"] for row in rows),
        "only_gaps": only_gaps,
    }
    return page(request, "office/processes/procedures.html", context, here=HERE, at=at)
