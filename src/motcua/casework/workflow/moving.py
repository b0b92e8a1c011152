"""What one finished task does to a run's tokens. Pure: knows the graph and the other open tokens, no database.

Gateways and service tasks are passed in no time; tokens rest at tasks and at parallel joins only. A parallel split
gives its branches a new path segment (`12`, inside it `12/15`); a join counts siblings of its own path only, and gives
back the path that was there before the split once nothing else moves inside it.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.casework.workflow.types import Flow, Graph, Node, NodeKind, TokenKind, VariableNotGiven

Choose = Callable[[Node], Flow]


@dataclass(frozen=True, slots=True)
class Resting:
    """An open token besides the one that moves; id 0 for one that this very step put down.

    Attributes:
        item: the agency asked, at a task of several; '' elsewhere.
    """

    id: int
    node: str
    kind: str
    via: str
    branch: str
    item: str = ""


@dataclass(slots=True)
class Move:
    """The result: tokens put down, ids of arrivals used up by joins, joins that fired, services and nodes passed."""

    landings: list[Resting] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)
    joins: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    terminated: bool = False


def choose_by(env: Mapping[str, object]) -> Choose:
    """Return the choice that a run makes: the first arrow whose condition holds, else the default."""

    def choose(gateway: Node) -> Flow:
        for flow in gateway.outgoing:
            if flow.test is None:
                continue
            truth = flow.test(env)
            if truth is None:
                raise VariableNotGiven(name=next(iter(sorted(flow.names - set(env)))))
            if truth:
                return flow
        default = next((flow for flow in gateway.outgoing if flow.is_default), None)
        if default is None:
            # Checked at publishing for outcomes; a declared value of an unforeseen kind is the only way here.
            raise VariableNotGiven(name=gateway.name or gateway.id)
        return default

    return choose


def advance(
    graph: Graph,
    leaving: Node,
    branch: str,
    *,
    choose: Choose,
    others: Callable[[], Sequence[Resting]],
    label: Callable[[Node], str],
) -> Move:
    """Let the token leave `leaving` (a task, an event on its edge, or the start).

    Args:
        others: the run's other open tokens; called only when a join, a split inside a split or an end asks for them.
        label: gives a split that fires its path segment, unique among the run's open splits.
    """
    return _Walk(graph, choose, others, label).run(leaving, branch)


class _Walk:
    def __init__(
        self, graph: Graph, choose: Choose, others: Callable[[], Sequence[Resting]], label: Callable[[Node], str]
    ) -> None:
        self.graph, self.choose, self.others, self.label = graph, choose, others, label
        self.move = Move()
        self.queue: deque[tuple[Flow, str]] = deque()

    def run(self, leaving: Node, branch: str) -> Move:
        self.queue.extend((flow, branch) for flow in leaving.outgoing)
        while self.queue:
            flow, branch = self.queue.popleft()
            node = self.graph.nodes[flow.target]
            self.move.passed.add(node.id)
            if node.kind == NodeKind.TERMINATE:
                self.queue.clear()
                self.move.landings.clear()
                self.move.terminated = True
            elif node.kind == NodeKind.TASK:
                self.move.landings.append(Resting(0, node.id, TokenKind.TASK, flow.id, branch))
            elif node.kind == NodeKind.EXCLUSIVE:
                chosen = self.choose(node) if len(node.outgoing) > 1 else node.outgoing[0]
                self.queue.appendleft((chosen, branch))
            elif node.kind == NodeKind.SERVICE:
                self.move.services.append(node.id)
                self.queue.appendleft((node.outgoing[0], branch))
            elif node.kind == NodeKind.PARALLEL:
                self._pass_parallel(node, flow, branch)
        return self.move

    def _pass_parallel(self, node: Node, flow: Flow, branch: str) -> None:
        if len(node.incoming) > 1:
            joined = self._join(node, flow, branch)
            if joined is None:
                self.move.landings.append(Resting(0, node.id, TokenKind.JOIN, flow.id, branch))
                return
            branch = joined
        if len(node.outgoing) > 1:
            branch = self._settled(branch)
            branch = f"{branch}/{self.label(node)}" if branch else self.label(node)
        self.queue.extend((out, branch) for out in node.outgoing)

    def _join(self, node: Node, flow: Flow, branch: str) -> str | None:
        """Return the path behind the join when it fires, None when a sibling is still missing."""
        nearest: dict[str, Resting] = {}
        for token in self._open():
            if token.node != node.id or token.kind != TokenKind.JOIN or not related(token.branch, branch):
                continue
            kept = nearest.get(token.via)
            if kept is None or len(common(token.branch, branch)) > len(common(kept.branch, branch)):
                nearest[token.via] = token
        if not set(node.incoming) <= {*nearest, flow.id}:
            return None
        for via, token in nearest.items():
            if via != flow.id:
                branch = common(branch, token.branch)
                self._use_up(token)
        self.move.joins.append(node.id)
        return self._settled(branch)

    def _use_up(self, token: Resting) -> None:
        if token.id:
            self.move.consumed.add(token.id)
        else:
            self.move.landings.remove(token)

    def _open(self) -> list[Resting]:
        return [token for token in self.others() if token.id not in self.move.consumed] + self.move.landings

    def _settled(self, branch: str) -> str:
        """Leave the splits in which nothing else moves any more."""
        if not branch:
            return branch
        paths = [token.branch for token in self._open()] + [path for _flow, path in self.queue]
        while branch and not any(path == branch or path.startswith(f"{branch}/") for path in paths):
            branch = branch.rpartition("/")[0]
        return branch


def related(one: str, other: str) -> bool:
    """Tell whether two tokens come from the same firing of an outermost split."""
    return one.partition("/")[0] == other.partition("/")[0]


def common(one: str, other: str) -> str:
    """Return the path that two paths share."""
    shared = []
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        shared.append(left)
    return "/".join(shared)
