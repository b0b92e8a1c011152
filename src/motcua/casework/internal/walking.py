"""What an outcome leads to, looked up in the drawing before anybody chooses it. Pure."""

from collections.abc import Iterator

from motcua.casework.workflow.types import Graph, Node, NodeKind


def behind(graph: Graph, node: Node, outcome: str) -> list[Node]:
    """Return the tasks that open right behind a task with this outcome, as far as the outcome alone says."""
    return list(_walk(graph, node, outcome, frozenset()))


def _walk(graph: Graph, node: Node, outcome: str, seen: frozenset[str]) -> Iterator[Node]:
    flows = node.outgoing
    if node.kind == NodeKind.EXCLUSIVE:
        chosen = [flow for flow in flows if outcome in flow.outcomes]
        flows = tuple(chosen or [flow for flow in flows if flow.is_default])
    for flow in flows:
        target = graph.nodes[flow.target]
        if target.kind == NodeKind.TASK:
            yield target
        elif target.id not in seen:
            yield from _walk(graph, target, outcome, seen | {target.id})
