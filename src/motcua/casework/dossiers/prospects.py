"""What an outcome of a task asks for and leads to, read off the compiled process."""

from django.utils.translation import get_language

from motcua.casework.dossiers.policies import SIGN_ACTS, UNSIGNED
from motcua.casework.workflow.types import Act, Graph, Holder, Node, NodeKind, OutcomeStyle, Task


def needs_of(graph: Graph, task: Task, outcome: str) -> frozenset[str]:
    """Return what a form must ask for when this outcome is chosen."""
    needs = set()
    chosen = task.spec.outcome(outcome)
    if chosen and chosen.needs_reason:
        needs.add("reason")
    if any(node.act == Act.WAIT_SUPPLEMENT for node in reached(graph, task.spec, outcome)):
        needs |= {"supplement"}
        needs.discard("reason")
    if any(node.several for node in reached(graph, task.spec, outcome)):
        needs.add("asked")
    asks = task.act == Act.ASK_SUPPLEMENT and not outcome.startswith(UNSIGNED)
    if asks or (task.act == Act.EXAMINE and "supplement" in outcome):
        needs.add("supplement")
        needs.discard("reason")
    if task.act in SIGN_ACTS and not outcome.startswith(UNSIGNED):
        needs.add("signature")
    if task.act == Act.ISSUE:
        needs.add("number")
    if task.act == Act.RETURN_RESULT:
        needs.add("recipient")
    if wants_papers(task.spec, outcome):
        needs.add("papers")
    if task.act == Act.REFUSE_AT_DESK:
        needs.add("refusal")
    return frozenset(needs)


def wants_papers(node: Node, outcome: str) -> bool:
    """Tell whether files must be attached: with an outcome of the main style, not where a step goes back."""
    chosen = node.outcome(outcome)
    return bool(node.papers) and chosen is not None and chosen.style == OutcomeStyle.PRIMARY


def reached(graph: Graph, node: Node, outcome: str) -> list[Node]:
    """Return the tasks that an outcome may open next, as drawn; conditions on other variables count as possible."""
    found: list[Node] = []
    waiting, passed = [node.id], {node.id}
    while waiting:
        current = graph.nodes[waiting.pop()]
        for flow in _flows(current, outcome):
            target = graph.nodes[flow.target]
            if target.kind == NodeKind.TASK:
                found.append(target)
            elif target.id not in passed:
                passed.add(target.id)
                waiting.append(target.id)
    return found


def _flows(node: Node, outcome: str):
    if node.kind != NodeKind.EXCLUSIVE:
        return node.outgoing
    chosen = []
    for flow in node.outgoing:
        try:
            if flow.test is not None and flow.test({"outcome": outcome}):
                chosen.append(flow)
        except (KeyError, TypeError, LookupError):
            chosen.append(flow)
    return chosen or [flow for flow in node.outgoing if flow.is_default]


def next_staff_task(graph: Graph, node: Node, outcome: str) -> Node | None:
    """Return the one staff task that an outcome leads to; None for another's turn, several tasks, or the end."""
    found = {item.id: item for item in reached(graph, node, outcome)}
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and only.holder == Holder.STAFF else None


def next_name(graph: Graph, node: Node, outcome: str) -> str:
    """Return the names of the steps that an outcome leads to, '' for the end."""
    return ", ".join(in_language(item.name, item.name_en) for item in reached(graph, node, outcome))


def in_language(vietnamese: str, english: str) -> str:
    """Return the English words on English pages where there are some."""
    return english if english and get_language() == "en" else vietnamese
