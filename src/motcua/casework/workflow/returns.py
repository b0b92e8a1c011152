"""The ways back to steps done before, where no arrow is drawn. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.casework.workflow.moving import Resting
from motcua.casework.workflow.soundness import marking_of, reachable_markings
from motcua.casework.workflow.types import Act, Graph, Holder, Node, TokenKind


@dataclass(frozen=True, slots=True)
class Way:
    """A way back: the step, the path of its branch, and the tokens that it closes."""

    node: Node
    branch: str
    closes: tuple[int, ...]


def find_ways(
    graph: Graph, present: Resting, tokens: Sequence[Resting], visited: Sequence[tuple[str, str]], is_numbered: bool
) -> Iterable[Way]:
    """Yield the ways back, the step done last first. Pure.

    A step qualifies when a post of the staff does it, it was done in the branch of the present task or around it, and
    the run would then stand where the drawing itself could have led it: never before a number that was given.

    Args:
        visited: (element, path of its branch) of the tasks done, the oldest first.
    """
    reachable = reachable_markings(graph)
    seen = {present.node}
    for key, branch in reversed(visited):
        node = graph.nodes.get(key)
        is_inside = not branch or present.branch == branch or present.branch.startswith(f"{branch}/")
        if key in seen or not is_inside:
            continue
        seen.add(key)
        if node is None or not node.is_work or node.holder != Holder.STAFF or node.act == Act.INTAKE:
            continue
        closed = {token.id for token in _scope(present, branch, tokens)}
        left = [token for token in tokens if token.id not in closed]
        there = Resting(0, key, TokenKind.TASK, "", branch)
        if (marking_of([*left, there]), is_numbered) in reachable:
            yield Way(node, branch, tuple(sorted(closed)))


def _scope(present: Resting, branch: str, tokens: Sequence[Resting]) -> list[Resting]:
    """Return what a return from `present` to a step in `branch` closes: its whole split when the step is outside."""
    if present.branch == branch:
        return [present]
    depth = branch.count("/") + 2 if branch else 1
    inner = "/".join(present.branch.split("/")[:depth])
    return [token for token in tokens if token.branch == inner or token.branch.startswith(f"{inner}/")]
