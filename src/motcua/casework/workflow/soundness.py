"""Explores every state that a run can be in, with the very code that moves runs, and says what would strand one."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motcua.casework.workflow.choices import possible_flows
from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.moving import Move, Resting, advance
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.types import Act, Flow, Graph, Node, NodeKind, Problem, TokenKind

STATE_LIMIT = 10_000
KEPT = 200
_markings: dict[str, "frozenset[Marking]"] = {}
SIGNING = {Act.SIGN, Act.SIGN_REFUSAL}
# With one of these, processing is finished and the dossier's clock stands still for good.
FINISHING = {Act.TO_DESK, Act.RETURN_RESULT}


@dataclass(frozen=True, slots=True)
class State:
    """Open tokens, whether a task with the act `issue` was finished on the way, and reminders that were given.

    Attributes:
        reminded: ids of events that went off without ending their tasks, while those are open.
    """

    tokens: frozenset[Resting]
    is_numbered: bool
    reminded: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Explored:
    states: set[State] = field(default_factory=set)
    back: dict[State, set[State]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)

    def note(self, code: str, node: Node, **params: str) -> None:
        self.problems.setdefault((code, node.id), problem(code, node.id, node.name, **params))


def soundness_problems(graph: Graph) -> list[Problem]:
    """Return deadlocks, double openings, dead elements, missing ends, and acts that come in an order that cannot be.

    Those are: a result that leaves without a number, a signature behind the number, a result at the desk while another
    branch still stops the clock.
    """
    explored = _explore(graph)
    if explored is None:
        return [problem("too-complex", graph.process_id, graph.name)]
    codes = {code for code, _node in explored.problems}
    if not codes & {"deadlock", "double-token"}:
        _note_endless(graph, explored)
        for node in graph.nodes.values():
            if node.kind != NodeKind.START and node.id not in explored.reached:
                explored.note("never-reached", node)
    return list(explored.problems.values())


Marking = tuple[frozenset[tuple[str, str]], bool]


def reachable_markings(graph: Graph) -> frozenset[Marking]:
    """Return every set of (element, arrow of arrival) that can be open at once, and whether a number was given before.

    Arrows of arrival are '' but at joins. Kept in memory by the graph's hash: for returns and for changes of version.
    """
    known = _markings.get(graph.hash)
    if known is None:
        explored = _explore(graph)
        states = explored.states if explored is not None else set()
        known = frozenset((marking_of(state.tokens), state.is_numbered) for state in states)
        if len(_markings) >= KEPT:
            _markings.clear()
        _markings[graph.hash] = known
    return known


def marking_of(tokens: Iterable[Resting]) -> frozenset[tuple[str, str]]:
    """Return where tokens rest."""
    return frozenset((token.node, token.via if token.kind == TokenKind.JOIN else "") for token in tokens)


def _explore(graph: Graph) -> _Explored | None:
    explored = _Explored()
    todo: deque[State] = deque()

    def add(state: State | None, before: State | None) -> None:
        if state is None:
            return
        if before is not None:
            explored.back.setdefault(state, set()).add(before)
        if state not in explored.states:
            explored.states.add(state)
            todo.append(state)

    for move in _moves(graph, graph.nodes[graph.start], "", {}, frozenset()):
        add(_after(graph, explored, move, frozenset(), numbered=False), None)
    while todo:
        if len(explored.states) > STATE_LIMIT:
            return None
        state = todo.popleft()
        explored.reached.update(key for token in state.tokens for key in graph.nodes[token.node].boundaries)
        tasks = [token for token in state.tokens if token.kind == TokenKind.TASK]
        if state.tokens and not tasks:
            for token in state.tokens:
                explored.note("deadlock", graph.nodes[token.node])
        for token in tasks:
            for following in _followers(graph, explored, state, token):
                add(following, state)
    return explored


def _followers(graph: Graph, explored: _Explored, state: State, token: Resting) -> Iterator[State | None]:
    node = graph.nodes[token.node]
    rest = state.tokens - {token}
    numbered = state.is_numbered or node.act == Act.ISSUE
    reminded = state.reminded - set(node.boundaries)
    for outcome in node.ways:
        for move in _moves(graph, node, token.branch, {OUTCOME: outcome.code}, rest):
            yield _after(graph, explored, move, rest, numbered=numbered, reminded=reminded)
    for event in graph.events_of(node):
        if not event.outgoing or event.id in state.reminded:
            continue
        left, given = (rest, reminded) if event.interrupts else (state.tokens, state.reminded | {event.id})
        for move in _moves(graph, event, token.branch, {OUTCOME: event.outcomes[0].code}, left):
            yield _after(graph, explored, move, left, numbered=state.is_numbered, reminded=given)


def _after(
    graph: Graph,
    explored: _Explored,
    move: Move,
    rest: frozenset[Resting],
    *,
    numbered: bool,
    reminded: frozenset[str] = frozenset(),
) -> State | None:
    """Return the state behind a move, None when it opens something twice."""
    explored.reached |= move.passed
    if move.terminated:
        return State(frozenset(), numbered)
    kept = [token for token in rest if token.id not in move.consumed]
    tokens = [*kept, *(_with_id(token) for token in move.landings)]
    for token in move.landings:
        node = graph.nodes[token.node]
        if node.act == Act.RETURN_RESULT and not numbered:
            explored.note("result-without-number", node)
    places = [(token.node, token.via if token.kind == TokenKind.JOIN else "") for token in tokens]
    _note_order(graph, explored, tokens, numbered=numbered)
    doubles = {place for place in places if places.count(place) > 1}
    for key, _via in doubles:
        explored.note("double-token", graph.nodes[key])
    return None if doubles else State(frozenset(tokens), numbered, reminded)


def _note_order(graph: Graph, explored: _Explored, tokens: list[Resting], *, numbered: bool) -> None:
    """Note acts that are open in a state where they make no sense."""
    tasks = [graph.nodes[token.node] for token in tokens if token.kind == TokenKind.TASK]
    pausing = next((node for node in tasks if node.pauses), None)
    for node in tasks:
        if numbered and node.act in SIGNING:
            explored.note("signed-after-number", node)
        if pausing and node.act in FINISHING:
            explored.note("desk-while-paused", node, other=pausing.name or pausing.id)


def _with_id(token: Resting) -> Resting:
    # A state must look the same however often a loop led to it: the id is made from the place alone.
    return Resting(hash((token.node, token.via)) or 1, token.node, token.kind, token.via, token.branch)


def _moves(
    graph: Graph, leaving: Node, branch: str, env: Mapping[str, object], rest: frozenset[Resting]
) -> Iterator[Move]:
    """Yield the move for each combination of arrows that unknown values leave open."""
    scripts: list[tuple[int, ...]] = [()]
    others = sorted(rest, key=lambda token: (token.node, token.via))
    while scripts:
        script = scripts.pop()
        taken: list[int] = []

        def choose(gateway: Node, script: tuple[int, ...] = script, taken: list[int] = taken) -> Flow:
            flows = possible_flows(gateway, env)
            if len(taken) >= len(script):
                scripts.extend((*taken, other) for other in range(1, len(flows)))
                taken.append(0)
            else:
                taken.append(script[len(taken)])
            return flows[taken[-1]]

        yield advance(graph, leaving, branch, choose=choose, others=lambda: others, label=lambda node: node.id)


def _note_endless(graph: Graph, explored: _Explored) -> None:
    """Note the tasks of the first states from which no way leads to the end."""
    ending = {state for state in explored.states if not state.tokens}
    todo = deque(ending)
    while todo:
        for before in explored.back.get(todo.popleft(), ()):
            if before not in ending:
                ending.add(before)
                todo.append(before)
    for state in explored.states - ending:
        for token in state.tokens:
            explored.note("end-unreachable", graph.nodes[token.node])
