"""What is wrong with the arrows themselves, before anything is explored."""

from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Graph, Node, NodeKind, Problem


def structure_problems(graph: Graph) -> list[Problem]:
    """Return what is wrong with the arrows themselves, before anything is explored."""
    found: list[Problem] = []
    for node in graph.nodes.values():
        found += _node_problems(graph, node)
    return found + _gateway_loops(graph)


def _node_problems(graph: Graph, node: Node) -> list[Problem]:
    found = []
    if node.kind == NodeKind.BOUNDARY:
        return _event_problems(graph, node)
    outgoing, is_end = len(node.outgoing), node.kind in {NodeKind.END, NodeKind.TERMINATE}
    if node.kind == NodeKind.START and node.incoming:
        found.append(problem("start-incoming", node.id, node.name))
    if node.kind != NodeKind.START and not node.incoming:
        found.append(problem("unreachable", node.id, node.name))
    if is_end and outgoing:
        found.append(problem("end-outgoing", node.id, node.name))
    if not is_end and not outgoing:
        found.append(problem("dead-end", node.id, node.name))
    if node.kind in {NodeKind.START, NodeKind.TASK, NodeKind.SERVICE} and outgoing > 1:
        found.append(problem("several-arrows", node.id, node.name, count=outgoing))
    if node.kind == NodeKind.EXCLUSIVE and outgoing > 1:
        return found + _condition_problems(graph, node)
    misplaced = [flow for flow in node.outgoing if flow.condition]
    return found + [problem("condition-misplaced", flow.id, flow.name) for flow in misplaced]


def _event_problems(graph: Graph, event: Node) -> list[Problem]:
    found = []
    host, arrows = graph.nodes.get(event.host), len(event.outgoing)
    if event.incoming:
        found.append(problem("event-host", event.id, event.name))
    if host is not None and host.several:
        if event.message or (event.interrupts and arrows):
            found.append(problem("several-event", event.id, event.name))
    elif event.interrupts and not arrows:
        found.append(problem("event-arrow-missing", event.id, event.name))
    if arrows > 1:
        found.append(problem("event-arrows", event.id, event.name, count=arrows))
    return found + [problem("condition-misplaced", flow.id, flow.name) for flow in event.outgoing if flow.condition]


def _condition_problems(graph: Graph, node: Node) -> list[Problem]:
    found = []
    for flow in node.outgoing:
        target = graph.nodes[flow.target]
        if flow.is_default and flow.condition:
            found.append(problem("condition-on-default", flow.id, node.name or node.id))
        if not flow.is_default and not flow.condition:
            found.append(problem("condition-missing", flow.id, node.name or node.id, target=target.name or target.id))
    return found


def _gateway_loops(graph: Graph) -> list[Problem]:
    gateways = {NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.SERVICE}
    found = []
    for node in graph.nodes.values():
        stack, seen = [flow.target for flow in node.outgoing], set()
        while stack and node.kind in gateways:
            key = stack.pop()
            if key == node.id:
                found.append(problem("gateway-loop", node.id, node.name))
                break
            if key not in seen and graph.nodes[key].kind in gateways:
                seen.add(key)
                stack += [flow.target for flow in graph.nodes[key].outgoing]
    return found
