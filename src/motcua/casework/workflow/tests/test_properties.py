"""Random sound processes, walked at random: never two tokens in one place, always an end, the same state by replay."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.casework.workflow.conditions import OUTCOME
from motcua.casework.workflow.moving import Resting, advance, choose_by
from motcua.casework.workflow.returns import find_ways
from motcua.casework.workflow.rules import longest_path, sound_process
from motcua.casework.workflow.tests.drawings import drawn, task
from motcua.casework.workflow.types import TokenKind

BLOCKS = st.recursive(
    st.just(("task",)),
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), inner, inner),
        st.tuples(st.just("choice"), inner, inner),
        st.tuples(st.just("both"), inner, inner),
        st.tuples(st.just("loop"), inner),
        st.tuples(st.just("event"), inner),
    ),
    max_leaves=7,
)


class Drawn:
    """Turns a random block into flows; every gateway behind a task is decided by that task."""

    def __init__(self):
        self.flows, self.tasks, self.xor, self.both, self.count = [], {}, [], [], 0
        self.events = {}

    def new(self, letter):
        self.count += 1
        return f"{letter}{self.count}"

    def task(self, *outcomes):
        key = self.new("T")
        self.tasks[key] = task(*outcomes)
        return key

    def block(self, block, before):
        """Draw a block behind `before`; return its last node."""
        kind, *inner = block
        if kind == "task":
            key = self.task()
            self.flows.append(f"{before} -> {key}")
            return key
        if kind == "sequence":
            return self.block(inner[1], self.block(inner[0], before))
        if kind == "loop":
            return self.loop(inner[0], before)
        if kind == "event":
            return self.event(inner[0], before)
        gate, close = self.new("G"), self.new("G")
        if kind == "both":
            self.both += [gate, close]
            self.flows.append(f"{before} -> {gate}")
        else:
            self.xor += [gate, close]
            decider = self.task("a", "b")
            self.flows.append(f"{before} -> {decider} -> {gate}")
        for code, part in zip("ab", inner, strict=True):
            first = self.task()
            self.flows.append(f"{gate} -> {first}" + ("" if kind == "both" else f" [{code}]"))
            self.flows.append(f"{self.block(part, first)} -> {close}")
        return close

    def loop(self, block, before):
        entry, gate, decider = self.new("G"), self.new("G"), self.task("again", "on")
        self.xor += [entry, gate]
        self.flows += [f"{before} -> {entry}"]
        self.flows += [f"{self.block(block, entry)} -> {decider} -> {gate}", f"{gate} -> {entry} [again]"]
        after = self.task()
        self.flows.append(f"{gate} -> {after} [on]")
        return after

    def event(self, block, before):
        """Draw a task whose timer leads through the block; both ways meet behind it."""
        host, close, event = self.task(), self.new("G"), self.new("B")
        self.xor.append(close)
        self.events[event] = {"on": host, "name": "Hạn", "hours": 1}
        self.flows += [f"{before} -> {host} -> {close}", f"{self.block(block, event)} -> {close}"]
        return close

    def xml(self, block):
        self.flows.append(f"{self.block(block, 'start')} -> E1")
        gates = {"xor": " ".join(self.xor), "both": " ".join(self.both)}
        return drawn(self.flows, self.tasks, events=self.events, **gates)


def walk(graph, chance, patience, *, returns=False):
    """Run a process in memory, events going off at random; return the multiset of open places at each step.

    With `returns` people also go back, where the engine lets them.
    """
    open_tokens, number, history, visited = [], 0, [], []

    def put(move):
        nonlocal number
        kept = [token for token in open_tokens if token.id not in move.consumed]
        for landing in move.landings:
            number += 1
            kept.append(Resting(number, landing.node, landing.kind, landing.via, landing.branch))
        open_tokens[:] = kept

    def label(gateway):
        nonlocal number
        number += 1
        return str(number)

    put(advance(graph, graph.nodes[graph.start], "", choose=choose_by({}), others=list, label=label))
    for step in range(patience):
        tasks = [token for token in open_tokens if token.kind == TokenKind.TASK]
        if not tasks:
            break
        token = chance.choice(tasks)
        if returns and step < patience // 2 and chance.random() < 0.3:
            ways = list(find_ways(graph, token, open_tokens, visited, is_numbered=False))
            if ways:
                way, number = chance.choice(ways), number + 1
                back = Resting(number, way.node.id, TokenKind.TASK, "", way.branch)
                open_tokens[:] = [*(item for item in open_tokens if item.id not in way.closes), back]
                continue
        open_tokens.remove(token)
        visited.append((token.node, token.branch))
        node = graph.nodes[token.node]
        # Towards the end loops are left, as patient people would.
        codes = [outcome.code for outcome in node.outcomes]
        code = codes[-1] if step > patience // 2 else chance.choice(codes)
        if node.boundaries and chance.random() < 0.4:
            node = graph.nodes[node.boundaries[0]]
            code = node.outcomes[0].code
        history.append((node.id, code))
        choose = choose_by({OUTCOME: code})
        put(advance(graph, node, token.branch, choose=choose, others=lambda: list(open_tokens), label=label))
        places = Counter((token.node, token.via if token.kind == TokenKind.JOIN else "") for token in open_tokens)
        assert not places or max(places.values()) == 1
    return open_tokens, history


@settings(max_examples=60, deadline=None)
@given(block=BLOCKS, seed=st.integers(0, 2**32))
def test_random_sound_process_always_ends(block, seed):
    graph, problems = sound_process(Drawn().xml(block))
    assert problems == []

    left, history = walk(graph, random.Random(seed), patience=600)

    assert left == []
    again, same = walk(graph, random.Random(seed), patience=600)
    assert (again, same) == (left, history)


@settings(max_examples=60, deadline=None)
@given(block=BLOCKS, seed=st.integers(0, 2**32))
def test_going_back_never_strands_a_run(block, seed):
    graph, _none = sound_process(Drawn().xml(block))

    assert walk(graph, random.Random(seed), patience=800, returns=True)[0] == []


@settings(max_examples=30, deadline=None)
@given(block=BLOCKS)
def test_drawing_is_deterministic_and_its_hours_are_bounded(block):
    xml = Drawn().xml(block)
    graph, _none = sound_process(xml)

    assert Drawn().xml(block) == xml
    path = longest_path(graph)
    assert 1 <= path.hours <= len(graph.tasks)
    assert len({node.id for node in path.tasks}) == len(path.tasks)


@settings(max_examples=40, deadline=None)
@given(block=BLOCKS, seed=st.integers(0, 2**32))
def test_process_with_one_gateway_turned_is_sound_or_refused(block, seed):
    """Turning a parallel gateway into an exclusive one breaks most processes: what passes the check must still end."""
    drawing = Drawn()
    xml = drawing.xml(block)
    if not drawing.both:
        return
    gate = random.Random(seed).choice(drawing.both)
    xml = xml.replace(f'parallelGateway id="{gate}"'.encode(), f'exclusiveGateway id="{gate}"'.encode())
    xml = _close(xml, gate)

    graph, problems = sound_process(xml)

    if graph is None:
        assert problems
    else:
        assert walk(graph, random.Random(seed), patience=600)[0] == []


def _close(xml, gate):
    head, mark, tail = xml.partition(f'exclusiveGateway id="{gate}"'.encode())
    return head + mark + tail.replace(b"</bpmn:parallelGateway>", b"</bpmn:exclusiveGateway>", 1)
