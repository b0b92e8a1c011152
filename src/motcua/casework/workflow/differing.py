"""What changed between two drawings of a process, in words that a reader of the decision understands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.compiling import readable_process
from motcua.casework.workflow.types import Act, Difference, Flow, Graph, Holder, Node, NodeKind, TaskPlace
from motcua.foundation.organisations.types import Role

Text = str | Promise
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# What of an element is told, in this order; a field of Node that is not here is told under its own name.
_ASPECTS: dict[str, Text] = {
    "name": _("name"),
    "name_en": _("name in English"),
    "kind": _("kind of element"),
    "lane": _("lane"),
    "role": _("who does it"),
    "place": _("which agency"),
    "division": _("kind of division"),
    "hours": _("working hours"),
    "act": _("act"),
    "holder": _("whose turn it is"),
    "pauses": _("the clock stands meanwhile"),
    "message": _("message waited for"),
    "timer": _("timer"),
    "host": _("step on whose edge it stands"),
    "interrupts": _("ends the step"),
    "several": _("done by several agencies"),
    "calls": _("procedure called"),
    "connector": _("what it starts"),
    "signature": _("signature needed"),
    "papers": _("papers needed"),
}
_UNTOLD = frozenset({"id", "incoming", "outgoing", "outcomes", "lapses", "boundaries"})
_LABELS: Mapping[str, Any] = {"role": Role, "place": TaskPlace, "act": Act, "holder": Holder, "kind": NodeKind}


def differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Return what changed, steps first, then gateways and events, arrows, values; () when it runs and reads the same.

    Places on the sheet do not count. A file that cannot be read at all counts as empty.
    """
    old, new = readable_process(before), readable_process(after)
    found: list[Difference] = []
    if old and new and old.name != new.name:
        found.append(Difference(CHANGED, "process", "", new.name, _ASPECTS["name"], old.name, new.name))
    nodes = (dict(old.nodes) if old else {}, dict(new.nodes) if new else {})
    for wanted in (True, False):
        found += _elements(*nodes, tasks=wanted)
    found += _arrows(old, new)
    found += _values(old, new)
    return tuple(found)


def marks_of(found: tuple[Difference, ...], *, after: bool) -> dict[str, str]:
    """Return element id -> mark for the picture of one side: what was removed shows before, what was added after."""
    hidden = REMOVED if after else ADDED
    return {item.element_id: item.kind for item in found if item.element_id and item.kind != hidden}


def _elements(old: Mapping[str, Node], new: Mapping[str, Node], *, tasks: bool) -> Iterator[Difference]:
    def told(node: Node | None) -> bool:
        return node is not None and (node.kind == NodeKind.TASK) == tasks

    for key, node in new.items():
        if key not in old and told(node):
            yield Difference(ADDED, node.kind, key, called(node), after=_summary(node))
    for key, node in old.items():
        if key not in new and told(node):
            yield Difference(REMOVED, node.kind, key, called(node), before=_summary(node))
        elif told(new.get(key)):
            yield from _changes(node, new[key])


def _changes(old: Node, new: Node) -> Iterator[Difference]:
    for name in [*_ASPECTS, *(field.name for field in fields(Node) if field.name not in _ASPECTS)]:
        if name in _UNTOLD or not hasattr(new, name):
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            aspect = _ASPECTS.get(name, name)
            yield Difference(CHANGED, new.kind, new.id, called(new), aspect, shown(name, before), shown(name, after))
    yield from _outcomes(old, new)


def _outcomes(old: Node, new: Node) -> Iterator[Difference]:
    was = {outcome.code: outcome for outcome in old.outcomes}
    now = {outcome.code: outcome for outcome in new.outcomes}
    for code in [*was, *(code for code in now if code not in was)]:
        before, after = was.get(code), now.get(code)
        if before != after:
            texts = (_outcome_text(before), _outcome_text(after))
            yield Difference(CHANGED, new.kind, new.id, called(new), _("outcome"), *texts)
    if list(was) != list(now) and set(was) == set(now):
        names = (" · ".join(was[code].label for code in was), " · ".join(now[code].label for code in now))
        yield Difference(CHANGED, new.kind, new.id, called(new), _("order of the outcomes"), *names)


def _outcome_text(outcome: Any) -> str:
    if outcome is None:
        return ""
    parts = [f"“{outcome.label}” ({outcome.code})"]
    parts += [f"en: {outcome.label_en}"] if outcome.label_en else []
    parts += [str(outcome.style)] if outcome.style != "primary" else []
    parts += [str(_("needs a reason"))] if outcome.needs_reason else []
    return ", ".join(parts)


def _arrows(old: Graph | None, new: Graph | None) -> Iterator[Difference]:
    was, now = _flows(old), _flows(new)
    pairs = {(flow.source, flow.target): flow for flow in was.values() if flow.id not in now}
    matched: set[str] = set()
    for key, flow in now.items():
        former = was.get(key) or pairs.get((flow.source, flow.target))
        if former is None or former.id in matched:
            yield Difference(ADDED, "arrow", key, _way(new, flow), after=_condition(flow))
            continue
        matched.add(former.id)
        yield from _arrow_changes(old, new, former, flow)
    for key, flow in was.items():
        if key not in matched:
            yield Difference(REMOVED, "arrow", key, _way(old, flow), before=_condition(flow))


def _arrow_changes(old: Graph | None, new: Graph | None, was: Flow, now: Flow) -> Iterator[Difference]:
    name = _way(new, now)
    if (was.source, was.target) != (now.source, now.target):
        yield Difference(CHANGED, "arrow", now.id, name, _("where it leads"), _way(old, was), name)
    if (was.condition, was.is_default) != (now.condition, now.is_default):
        yield Difference(CHANGED, "arrow", now.id, name, _("condition"), _condition(was), _condition(now))
    if was.name != now.name:
        yield Difference(CHANGED, "arrow", now.id, name, _("label"), was.name, now.name)


def _flows(graph: Graph | None) -> dict[str, Flow]:
    return {flow.id: flow for node in graph.nodes.values() for flow in node.outgoing} if graph else {}


def _way(graph: Graph | None, flow: Flow) -> str:
    if graph is None:
        return flow.id
    return " → ".join(called(graph.nodes[key]) for key in (flow.source, flow.target) if key in graph.nodes)


def _condition(flow: Flow) -> str:
    return str(_("in every other case")) if flow.is_default else flow.condition


def _values(old: Graph | None, new: Graph | None) -> Iterator[Difference]:
    was, now = (dict(graph.variables) if graph else {} for graph in (old, new))
    text: Callable[[Any], str] = lambda value: f"{value.label or value.name} ({value.kind})"  # noqa: E731
    for name in [*was, *(name for name in now if name not in was)]:
        before, after = was.get(name), now.get(name)
        if before is None and after is not None:
            yield Difference(ADDED, "value", "", name, after=text(after))
        elif after is None and before is not None:
            yield Difference(REMOVED, "value", "", name, before=text(before))
        elif before != after:
            yield Difference(CHANGED, "value", "", name, _("kind or label"), text(before), text(after))


def called(node: Node) -> str:
    """Return what people call an element: its name, else its kind."""
    return node.name or str(NodeKind(node.kind).label)


def _summary(node: Node) -> str:
    if node.kind != NodeKind.TASK:
        return ""
    parts = [shown("role", node.role), shown("place", node.place)]
    parts += [str(_("%(hours)s hours")) % {"hours": shown("hours", node.hours)}] if node.hours is not None else []
    return ", ".join(part for part in parts if part)


def shown(name: str, value: Any) -> str:
    """Return a setting of an element as people read it."""
    if name in _LABELS:
        return str(_LABELS[name](value).label) if value in _LABELS[name].values else str(value)
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if name == "hours" and value is not None:
        return f"{value.normalize():f}"
    if name == "timer" and value is not None:
        return _timer(value)
    if isinstance(value, tuple):
        return " · ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _timer(timer: Any) -> str:
    if timer.hours is not None:
        return str(_("%(hours)s working hours")) % {"hours": f"{timer.hours.normalize():f}"}
    days, seconds = divmod(timer.seconds or 0, 86_400)
    hours = seconds / 3600
    return str(_("%(days)s days %(hours)s hours by the clock")) % {"days": days, "hours": f"{hours:g}"}
