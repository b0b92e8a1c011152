"""Walks a process without a database: for the test bench, for tests kept with a process, for what was done before.

A rehearsal is the list of what was done; the state is worked out anew from it each time, by the code that moves real
runs. Hours are working hours as drawn; a step that pauses the clock takes none.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.moving import Move, Resting, advance, choose_by
from motcua.casework.workflow.types import Graph, Node, NodeKind, TokenKind, VariableNotGiven

MOST_STEPS = 200
MOST_ADDED = 20


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: a task ended with an outcome, or an event on its edge went off (`code` '')."""

    node: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A thing done with the working hours at which it began and ended."""

    node: str
    code: str
    begun: Decimal
    ended: Decimal


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a step could not be done.

    Attributes:
        place: which one, from 0; reason: missing (no such element), closed (not open now), outcome (not offered),
            value (a condition needs a value that nobody gave), endless (too many steps).
    """

    place: int
    node: str
    code: str
    reason: str


@dataclass(slots=True)
class Rehearsal:
    """Where a walk stands.

    Attributes:
        open: ids of the tasks that are open, in the order they opened; empty and not stuck: it ended.
        hours: working hours of the longest branch so far.
    """

    open: tuple[str, ...] = ()
    taken: list[Taken] = field(default_factory=list)
    hours: Decimal = Decimal()
    stuck: Stuck | None = None

    @property
    def is_ended(self) -> bool:
        """Whether every branch came to its end."""
        return not self.open and self.stuck is None


@dataclass(frozen=True, slots=True)
class Replay:
    """What was done in another version, done again in this one.

    Attributes:
        added: ids of tasks that came in between and were ended with their first outcome; left_out: tasks that are no
            more.
    """

    rehearsal: Rehearsal
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def rehearse(graph: Graph, steps: Sequence[Done], values: Mapping[str, object] | None = None) -> Rehearsal:
    """Do the steps one after the other, from the start; stop at the first that cannot be done."""
    walk = _Walk(graph, dict(values or {}))
    for place, step in enumerate(steps):
        if walk.state.stuck:
            break
        walk.do(place, step)
    return walk.state


def replay(
    graph: Graph, steps: Sequence[Done], known: Collection[str], values: Mapping[str, object] | None = None
) -> Replay:
    """Do again what was done in a version that had the tasks `known`; new tasks in between take their first outcome."""
    walk = _Walk(graph, dict(values or {}))
    added: list[str] = []
    left_out: list[str] = []
    for place, step in enumerate(steps):
        if step.node not in graph.nodes:
            left_out.append(step.node)
            continue
        _pass_new(walk, place, step.node, known, added)
        if walk.state.stuck:
            break
        walk.do(place, step)
        if walk.state.stuck:
            break
    if walk.state.stuck is None and not _still_open(walk, known):
        _pass_new(walk, len(steps), "", known, added)
    return Replay(walk.state, tuple(added), tuple(left_out))


def added_and_left_out(replays: Sequence[Replay]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each new task came in between, and how often each old one fell away."""
    added = Counter(node for item in replays for node in item.added)
    return added, Counter(node for item in replays for node in item.left_out)


def _still_open(walk: "_Walk", known: Collection[str]) -> bool:
    return any(node in known for node in walk.state.open)


def _pass_new(walk: "_Walk", place: int, wanted: str, known: Collection[str], added: list[str]) -> None:
    while wanted not in walk.state.open and walk.state.stuck is None and len(added) < MOST_ADDED:
        fresh = next((node for node in walk.state.open if node not in known), None)
        if fresh is None:
            return
        ways = walk.graph.nodes[fresh].ways
        added.append(fresh)
        walk.do(place, Done(fresh, ways[0].code if ways else ""))


class _Walk:
    """Tokens of a run that nobody keeps."""

    def __init__(self, graph: Graph, values: dict[str, object]) -> None:
        self.graph, self.values = graph, values
        self.state = Rehearsal()
        self.tokens: list[Resting] = []
        self.since: dict[int, Decimal] = {}
        self.fired = 0
        self._leave(-1, graph.nodes[graph.start], "", {}, Decimal(), ())

    def do(self, place: int, step: Done) -> None:
        """End a task, or let an event on its edge go off."""
        if place >= MOST_STEPS:
            self._stick(place, step, "endless")
            return
        node = self.graph.nodes.get(step.node)
        if node is None:
            self._stick(place, step, "missing")
            return
        is_event = node.kind == NodeKind.BOUNDARY
        token = self._token(node.host if is_event else node.id)
        if token is None:
            self._stick(place, step, "closed")
            return
        host = self.graph.nodes[token.node]
        code = node.outcomes[0].code if is_event and node.outcomes else step.code
        if not is_event and code not in {way.code for way in node.ways}:
            event = self._event_that_ends(node, code)
            if event is None:
                self._stick(place, step, "outcome")
                return
            node, is_event = event, True
        begun = self.since[token.id]
        ended = begun + (Decimal() if host.pauses or is_event else host.hours or Decimal())
        rest = [item for item in self.tokens if item is not token]
        if is_event and not node.interrupts:
            rest = list(self.tokens)
        if self._leave(place, node, token.branch, {OUTCOME: code}, ended, rest, step):
            self.state.taken.append(Taken(step.node, step.code, begun, ended))

    def _event_that_ends(self, task: Node, code: str) -> Node | None:
        """Return the event on the task's edge that ends it with this outcome, as closed tasks name it."""
        events = (event for event in self.graph.events_of(task) if event.interrupts and event.outcomes)
        return next((event for event in events if event.outcomes[0].code == code), None)

    def _token(self, node: str) -> Resting | None:
        return next((item for item in self.tokens if item.node == node and item.kind == TokenKind.TASK), None)

    def _leave(
        self, place: int, node: Node, branch: str, env: Mapping[str, object], at: Decimal, rest: Sequence[Resting],
        step: Done | None = None,
    ) -> bool:  # fmt: skip
        label = self._namer()
        try:
            move = advance(
                self.graph,
                node,
                branch,
                choose=choose_by({**self.values, **env}),
                others=lambda: list(rest),
                label=label,
            )
        except VariableNotGiven:
            self._stick(place, step or Done(node.id), "value")
            return False
        self._settle(move, at, rest)
        return True

    def _settle(self, move: Move, at: Decimal, rest: Sequence[Resting]) -> None:
        # A join goes on when its last branch arrives: the latest of those it used up, or this one.
        latest = max([at, *(self.since[key] for key in move.consumed)])
        kept = [] if move.terminated else [item for item in rest if item.id not in move.consumed]
        for item in move.landings:
            key = max(self.since, default=0) + 1
            self.since[key] = latest if move.joins else at
            kept.append(Resting(key, item.node, item.kind, item.via, item.branch))
        self.tokens = kept
        self.state.open = tuple(item.node for item in kept if item.kind == TokenKind.TASK)
        self.state.hours = max(self.state.hours, latest)

    def _namer(self) -> Callable[[Node], str]:
        def label(_gateway: Node) -> str:
            self.fired += 1
            return str(self.fired)

        return label

    def _stick(self, place: int, step: Done, reason: str) -> None:
        self.state.stuck = Stuck(place, step.node, step.code, reason)
