"""Checks of exclusive gateways: a declared outcome leads to exactly one arrow; an outcome asked for is declared."""

from collections.abc import Iterator, Mapping

from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Act, Flow, Graph, Holder, Node, NodeKind, Problem

# What a token passes without resting.
PASSED = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.SERVICE})


def possible_flows(gateway: Node, env: Mapping[str, object]) -> list[Flow]:
    """Return the arrows that a run with `env` may take; a value missing from `env` may be anything."""
    if len(gateway.outgoing) == 1:
        return list(gateway.outgoing)
    possible = []
    for flow in gateway.outgoing:
        truth = flow.test(env) if flow.test else False
        if truth is not False:
            possible.append(flow)
        if truth is True:
            return possible
    return possible + [flow for flow in gateway.outgoing if flow.is_default]


def choice_problems(graph: Graph) -> list[Problem]:
    """Return the problems of all exclusive gateways."""
    found: dict[tuple[str, str, str, str], Problem] = {}
    offered: dict[str, set[str]] = {}
    for node in graph.nodes.values():
        if node.kind in {NodeKind.TASK, NodeKind.BOUNDARY}:
            for outcome in node.ways:
                for gateway in gateways_behind(graph, node, {OUTCOME: outcome.code}):
                    offered.setdefault(gateway.id, set()).update(item.code for item in node.ways)
                    for item in _decided(gateway, node, outcome.code):
                        found[(item.code, gateway.id, node.id, outcome.code)] = item
        elif node.kind == NodeKind.START or (node.kind == NodeKind.PARALLEL and len(node.incoming) > 1):
            for gateway in gateways_behind(graph, node, {}):
                for item in _undecided(gateway):
                    found[(item.code, gateway.id, "", "")] = item
    return [*found.values(), *_unknown_outcomes(graph, offered)]


def gateways_behind(graph: Graph, node: Node, env: Mapping[str, object]) -> Iterator[Node]:
    """Yield the exclusive gateways with a choice that a token leaving `node` meets before it rests."""
    seen = {node.id}
    stack = [graph.nodes[flow.target] for flow in node.outgoing]
    while stack:
        gateway = stack.pop()
        is_join = gateway.kind == NodeKind.PARALLEL and len(gateway.incoming) > 1
        if gateway.id in seen or is_join or gateway.kind not in PASSED:
            continue
        seen.add(gateway.id)
        flows = list(gateway.outgoing)
        if gateway.kind == NodeKind.EXCLUSIVE and len(flows) > 1:
            yield gateway
            flows = possible_flows(gateway, env)
        stack += [graph.nodes[flow.target] for flow in flows]


def _decided(gateway: Node, task: Node, code: str) -> list[Problem]:
    env = {OUTCOME: code}
    outcome = task.ending(code)
    label = outcome.label if outcome else code
    truths = [flow.test(env) for flow in gateway.outgoing if flow.test]
    has_default = any(flow.is_default for flow in gateway.outgoing)
    if truths.count(True) > 1:
        return [problem("outcome-twofold", gateway.id, gateway.name, outcome=label, task=task.name)]
    if True in truths or has_default:
        return []
    if None in truths:
        return [problem("choice-open", gateway.id, gateway.name)]
    return [problem("outcome-nowhere", gateway.id, gateway.name, outcome=label, task=task.name)]


def _undecided(gateway: Node) -> list[Problem]:
    if any(OUTCOME in flow.names for flow in gateway.outgoing):
        return [problem("outcome-unclear", gateway.id, gateway.name)]
    if not any(flow.is_default for flow in gateway.outgoing):
        return [problem("choice-open", gateway.id, gateway.name)]
    return []


def _unknown_outcomes(graph: Graph, offered: dict[str, set[str]]) -> list[Problem]:
    return [
        problem("outcome-unknown", flow.id, gateway.name or gateway.id, outcome=code)
        for gateway in graph.nodes.values()
        if gateway.id in offered
        for flow in gateway.outgoing
        for code in sorted(flow.outcomes - offered[gateway.id])
    ]


def asking_problems(graph: Graph) -> list[Problem]:
    """Return the tasks of several agencies to which a way leads on which no officer could have chosen them."""
    found: dict[str, Problem] = {}
    for node in graph.nodes.values():
        is_join = node.kind == NodeKind.PARALLEL and len(node.incoming) > 1
        is_officers = node.is_work and node.holder == Holder.STAFF and node.act != Act.INTAKE
        if is_officers or not (is_join or node.kind in {NodeKind.TASK, NodeKind.START, NodeKind.BOUNDARY}):
            continue
        for task in tasks_behind(graph, node):
            if task.several:
                found[task.id] = problem("asked-unknown", task.id, task.name)
    return list(found.values())


def tasks_behind(graph: Graph, node: Node) -> list[Node]:
    """Return the tasks that a token leaving `node` may open at once, joins left out."""
    found: dict[str, Node] = {}
    seen: set[str] = set()
    stack = [flow.target for flow in node.outgoing]
    while stack:
        target = graph.nodes[stack.pop()]
        is_join = target.kind == NodeKind.PARALLEL and len(target.incoming) > 1
        if target.kind == NodeKind.TASK:
            found[target.id] = target
        elif target.id not in seen and target.kind in PASSED and not is_join:
            seen.add(target.id)
            stack += [flow.target for flow in target.outgoing]
    return list(found.values())
