"""Clicking through a process as citizen and officers, and the tests kept with it. Nothing real is touched."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services
from motcua.casework.workflow.services.rehearsal import MOST_STEPS, Done, rehearse
from motcua.casework.workflow.types import Graph, Holder, Node, ProcessNotSound, ScenarioInput
from motcua.faces.office.rehearsals import telling
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal

HERE = "office:procedures"
LONGEST_TEXT = 20_000


@act("bench.walk")
@require_http_methods(["GET", "POST"])
def walk(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show where a walk stands; a POST does a step, takes the last one back or begins anew."""
    steps, values = _walked(request)
    if request.method == "POST":
        steps = _moved(request, steps)
    return _page(request, code, number, steps, values)


def _walked(request: HttpRequest) -> tuple[list[Done], dict[str, Any]]:
    """Return the steps done so far and the values given, as the page carries them; what cannot be read is nothing."""
    text = request.POST.get("walked", "")[:LONGEST_TEXT]
    try:
        found = json.loads(text) if text else []
        steps = [Done(str(node)[:64], str(outcome)[:40]) for node, outcome in found][:MOST_STEPS]
    except (ValueError, TypeError, RecursionError):
        steps = []
    values = {
        name.removeprefix("value-"): text.strip()[:100]
        for name, text in request.POST.items()
        if name.startswith("value-") and isinstance(text, str) and text.strip()
    }
    return steps, values


def _moved(request: HttpRequest, steps: list[Done]) -> list[Done]:
    if request.POST.get("again"):
        return []
    if request.POST.get("back"):
        return steps[:-1]
    node, _sign, outcome = request.POST.get("step", "").partition("|")
    return [*steps, Done(node[:64], outcome[:40])] if node else steps


def _typed(graph: Graph, values: dict[str, str]) -> dict[str, object]:
    """Return the values of the kinds that the process declares; what does not fit is left out."""
    found: dict[str, object] = {}
    for name, variable in graph.variables.items():
        text = values.get(name, "")
        if not text:
            continue
        if variable.kind == "boolean":
            found[name] = text == "yes"
        elif variable.kind == "number":
            try:
                found[name] = float(Decimal(text.replace(",", ".")))
            except InvalidOperation:
                continue
        else:
            found[name] = text
    return found


def _page(
    request: HttpRequest, code: str, number: int, steps: list[Done], values: dict[str, str], *,
    wrong: dict[str, list[str]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    version_id = workflow.version_numbered(code, number)
    card = workflow.version_card(version_id)
    context: dict[str, Any] = {"card": card, "code": code, "number": number, "wrong": wrong or {}}
    context["may_keep"] = may(request.actor, "bench.keep")  # type: ignore[attr-defined]
    try:
        graph = workflow.graph(version_id)
    except ProcessNotSound as refusal:
        context["problems"] = refusal.problems
        return page(request, "office/rehearsals/walk.html", context, here=HERE, status=status)
    told = rehearse(graph, steps, _typed(graph, values))
    stuck = told.stuck
    if stuck:  # the step that cannot be done is not kept
        steps = steps[: stuck.place]
    context |= {
        "told": told,
        "stuck": stuck and (telling.named(graph, stuck.node), telling.STUCK[stuck.reason]),
        "walked": json.dumps([[step.node, step.code] for step in steps]),
        "taken": [_taken(graph, item) for item in told.taken],
        "open": [_open(graph, graph.nodes[key]) for key in told.open],
        "variables": [(item, values.get(name, "")) for name, item in graph.variables.items()],
        "picture": mark_safe(workflow.picture(version_id, highlight=set(told.open))),
        "results": [_result(graph, item) for item in services.run_scenarios(code=code, graph=graph)],
        "entered": {name: request.POST.get(name, "") for name in ("name", "at_most_hours")},
    }
    return page(request, "office/rehearsals/walk.html", context, here=HERE, status=status)


def _taken(graph: Graph, item: Any) -> dict[str, Any]:
    node = graph.nodes[item.node]
    host = graph.nodes[node.host] if node.host else node
    return {
        "name": telling.name_of(node), "who": telling.who(host), "outcome": telling.outcome_label(node, item.code),
        "begun": item.begun, "ended": item.ended,
    }  # fmt: skip


def _open(graph: Graph, node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "name": telling.name_of(node),
        "who": telling.who(node),
        "is_citizen": node.holder == Holder.CITIZEN,
        "hours": node.hours,
        "pauses": node.pauses,
        "ways": [(way.code, telling.outcome_label(node, way.code), way.style) for way in node.ways],
        "events": [(event.id, telling.name_of(event)) for event in graph.events_of(node) if event.outgoing],
    }


def _result(graph: Graph, item: Any) -> dict[str, Any]:
    return {
        "item": item,
        "reason": telling.STUCK.get(item.reason, ""),
        "node": telling.named(graph, item.node) if item.node else "",
        "open": [telling.named(graph, key) for key in item.open],
    }


@act("bench.keep")
@require_POST
def keep(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Keep the walk as a test: it shall come to where it stands now, within the hours given."""
    steps, values = _walked(request)
    text = request.POST.get("at_most_hours", "").strip().replace(",", ".")
    wrong: dict[str, list[str]] = {}
    hours = None
    if text:
        try:
            hours = Decimal(text)
        except InvalidOperation:
            hours = Decimal(-1)
        if not hours.is_finite() or not 0 < hours < 10_000:
            wrong["at_most_hours"] = [_("Enter working hours, for example 56 or 7.5.")]
    graph = workflow.graph(workflow.version_numbered(code, number))
    typed = _typed(graph, values)
    told = rehearse(graph, steps, typed)
    wish = ScenarioInput(
        request.POST.get("name", ""), tuple((step.node, step.code) for step in steps), typed, told.open, hours
    )
    if not wrong:
        try:
            at = clock.now()
            services.keep_scenario(code=code, scenario=wish, actor_person_id=request.actor.person_id, at=at)  # type: ignore[attr-defined]
            messages.success(request, _("The test is kept. It runs before every publishing of this process."))
            return redirect("office:bench", code, number)
        except Refusal as refusal:
            wrong = getattr(refusal, "fields", {}) or {"name": [str(refusal)]}
    return _page(request, code, number, steps, values, wrong=wrong, status=422)


@act("bench.keep")
@require_POST
def drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a test away."""
    services.drop_scenario(code=code, public_id=_uuid(request.POST.get("test", "")))
    messages.success(request, _("The test was taken away."))
    return redirect("office:bench", code, number)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
