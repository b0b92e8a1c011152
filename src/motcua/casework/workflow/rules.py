"""Rules over whole paths: how a process begins, that what is signed gets a number, how long the longest way takes."""

from dataclasses import dataclass
from decimal import Decimal

from motcua.casework.workflow.choices import asking_problems, choice_problems, possible_flows
from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.soundness import soundness_problems
from motcua.casework.workflow.types import Act, Graph, Node, NodeKind, Problem


def checked_process(xml: bytes) -> tuple[Graph | None, list[Problem]]:
    """Compile a file and check everything that publishing demands: (graph, []) or (None, problems)."""
    compiled, _problems = compile_process(xml)
    graph, problems = sound_process(xml)
    if compiled is not None:
        problems = [*problems, *intake_problems(compiled)]
    return (None, problems) if problems else (graph, [])


def sound_process(xml: bytes) -> tuple[Graph | None, list[Problem]]:
    """Compile a file and check that no run could be stranded, whatever it is for: (graph, []) or (None, problems)."""
    graph, problems = compile_process(xml)
    if graph is None:
        return None, problems
    problems = choice_problems(graph) + asking_problems(graph)
    if not problems:
        problems = soundness_problems(graph)
        known = {(item.code, item.element_id) for item in problems}
        if not any(code in {"deadlock", "double-token"} for code, _element in known):
            problems += [
                item for item in number_problems(graph) if ("result-without-number", item.element_id) not in known
            ]
    return (None, problems) if problems else (graph, [])


def intake_problems(graph: Graph) -> list[Problem]:
    """Return what keeps a process from beginning with its one intake, which acceptance itself does."""
    first = graph.nodes[graph.nodes[graph.start].outgoing[0].target]
    found = [] if first.act == Act.INTAKE else [problem("intake-missing", first.id, first.name)]
    found += [
        problem("intake-again", task.id, task.name)
        for task in graph.tasks
        if task.act == Act.INTAKE and (task.id != first.id or len(task.incoming) > 1)
    ]
    return found


def number_problems(graph: Graph) -> list[Problem]:
    """Return each task that signs and from which a result can be returned without a number given in between."""
    found: list[Problem] = []
    for task in graph.tasks:
        if task.act not in {Act.SIGN, Act.SIGN_REFUSAL}:
            continue
        found += [
            problem("signed-without-number", reached.id, reached.name, task=task.name)
            for reached in _reached_without_issue(graph, task)
            if reached.act == Act.RETURN_RESULT
        ]
    return found


def _reached_without_issue(graph: Graph, task: Node) -> list[Node]:
    seen: dict[str, Node] = {}
    stack = _next_tasks(graph, task)
    while stack:
        node = stack.pop()
        if node.id in seen or node.act == Act.ISSUE:
            continue
        seen[node.id] = node
        stack += _next_tasks(graph, node)
        # Only what was signed counts: an event that ends a signature's own task leaves nothing signed.
        stack += [reached for event in graph.events_of(node) for reached in _next_tasks(graph, event)]
    return list(seen.values())


def _next_tasks(graph: Graph, task: Node) -> list[Node]:
    """Return the tasks that may follow, by any outcome; a join is passed as if the other branches were there."""
    found: dict[str, Node] = {}
    for outcome in task.ways:
        seen: set[str] = set()
        stack: list[tuple[Node, dict[str, object]]] = [
            (graph.nodes[flow.target], {OUTCOME: outcome.code}) for flow in task.outgoing
        ]
        while stack:
            node, env = stack.pop()
            if node.id in seen:
                continue
            seen.add(node.id)
            if node.kind == NodeKind.TASK:
                found[node.id] = node
                continue
            is_join = node.kind == NodeKind.PARALLEL and len(node.incoming) > 1
            flows = possible_flows(node, env) if node.kind == NodeKind.EXCLUSIVE else list(node.outgoing)
            stack += [(graph.nodes[flow.target], {} if is_join else env) for flow in flows]
    return list(found.values())


@dataclass(frozen=True, slots=True)
class LongestPath:
    """The way through a process, no step twice, that takes most working hours; waits that pause the clock are free."""

    hours: Decimal
    tasks: tuple[Node, ...]


def longest_path(graph: Graph) -> LongestPath:
    """Return the longest way from start to an end without going back. The caller compares it with the legal limit."""
    backward = backward_flows(graph)
    kept: dict[str, _Way | None] = {}

    def longest(node: Node) -> _Way | None:
        if node.id not in kept:
            ways = [(flow, node.hours) for flow in node.outgoing]
            ways += [(flow, _hours_until(node, event)) for event in graph.events_of(node) for flow in event.outgoing]
            kept[node.id] = _longest_of(
                node,
                [
                    (longest(graph.nodes[flow.target]), Decimal(0) if node.pauses or hours is None else hours)
                    for flow, hours in ways
                    if flow.id not in backward
                ],
            )
        return kept[node.id]

    hours, tasks = longest(graph.nodes[graph.start]) or (Decimal(0), ())
    return LongestPath(hours, tasks)


_Way = tuple[Decimal, tuple[Node, ...]]


def _longest_of(node: Node, rests: list[tuple[_Way | None, Decimal]]) -> _Way | None:
    """Return the longest way from `node`, of what follows each arrow and the hours in the node before it is taken."""
    if node.kind in {NodeKind.END, NodeKind.TERMINATE}:
        return Decimal(0), ()
    ways = [(rest[0] + own, rest[1]) for rest, own in rests if rest is not None]
    if not ways:
        return None
    hours, tasks = max(ways, key=lambda way: way[0])
    return hours, (node, *tasks) if node.kind == NodeKind.TASK else tasks


def _hours_until(node: Node, event: Node) -> Decimal | None:
    """Return the working hours in a task before an event on its edge goes off, as far as they are drawn."""
    return event.timer.hours if event.timer and event.timer.hours is not None else node.hours


def backward_flows(graph: Graph) -> frozenset[str]:
    """Return the ids of arrows that close a loop, found depth first from the start in drawing order."""
    backward: set[str] = set()
    done: set[str] = set()
    on_way = {graph.start}
    stack = [(graph.start, iter(graph.leaving(graph.nodes[graph.start])))]
    while stack:
        key, flows = stack[-1]
        flow = next(flows, None)
        if flow is None:
            stack.pop()
            on_way.discard(key)
            done.add(key)
        elif flow.target in on_way:
            backward.add(flow.id)
        elif flow.target not in done:
            on_way.add(flow.target)
            stack.append((flow.target, iter(graph.leaving(graph.nodes[flow.target]))))
    return frozenset(backward)
