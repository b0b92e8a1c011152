"""The same drawings run by another engine: after every step both wait at the same places.

SpiffWorkflow runs user tasks, exclusive and parallel gateways, loops and ends; what it lacks (timers of working hours,
several agencies, calls with a clock of their own) is left out of the drawings compared here. A parallel join inside a
loop is left out too: in a second round it remembers branches of the first and goes on too early; ours waits for its
own.
"""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from motcua.casework.workflow.moving import Resting, advance, choose_by
from motcua.casework.workflow.rules import sound_process
from motcua.casework.workflow.tests.drawings import permit
from motcua.casework.workflow.tests.test_properties import Drawn
from motcua.casework.workflow.types import TokenKind

OUTCOME = "outcome"
PLAIN = st.recursive(
    st.just(("task",)),
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), inner, inner),
        st.tuples(st.just("choice"), inner, inner),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=4,
)
BLOCKS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), inner, inner),
        st.tuples(st.just("choice"), inner, inner),
        st.tuples(st.just("both"), inner, inner),
    ),
    max_leaves=5,
)


class Ours:
    """A run of our own engine in memory."""

    def __init__(self, xml):
        self.graph, problems = sound_process(xml)
        assert problems == []
        self.open, self.number = [], 0
        start = self.graph.nodes[self.graph.start]
        self._put(advance(self.graph, start, "", choose=choose_by({}), others=list, label=self._label))

    def waits_at(self):
        return sorted(token.node for token in self.open if token.kind == TokenKind.TASK)

    def outcomes(self, node):
        return [outcome.code for outcome in self.graph.nodes[node].outcomes]

    def finish(self, node, code):
        token = next(token for token in self.open if token.node == node and token.kind == TokenKind.TASK)
        self.open.remove(token)
        move = advance(
            self.graph, self.graph.nodes[node], token.branch, choose=choose_by({OUTCOME: code}),
            others=lambda: list(self.open), label=self._label,
        )  # fmt: skip
        self._put(move)

    def _put(self, move):
        self.open = [token for token in self.open if token.id not in move.consumed]
        for landing in move.landings:
            self.number += 1
            self.open.append(Resting(self.number, landing.node, landing.kind, landing.via, landing.branch))

    def _label(self, _gateway):
        self.number += 1
        return str(self.number)


class Theirs:
    """The same drawing run by SpiffWorkflow."""

    def __init__(self, xml):
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(xml))
        (name,) = parser.get_process_ids()
        self.workflow = BpmnWorkflow(parser.get_spec(name), parser.get_subprocess_specs(name))
        self.workflow.do_engine_steps()

    def _ready(self):
        return self.workflow.get_tasks(state=TaskState.READY, manual=True)

    def waits_at(self):
        return sorted(task.task_spec.bpmn_id for task in self._ready())

    def finish(self, node, code):
        task = next(task for task in self._ready() if task.task_spec.bpmn_id == node)
        task.data[OUTCOME] = code
        task.run()
        self.workflow.do_engine_steps()


def _compare(xml, seed, *, patience, until=None):
    chance = random.Random(seed)
    ours, theirs = Ours(xml), Theirs(xml)
    steps = []
    for step in range(patience):
        assert ours.waits_at() == theirs.waits_at(), steps
        if not ours.waits_at():
            break
        node = chance.choice(ours.waits_at())
        codes = ours.outcomes(node)
        code = codes[-1] if step > patience // 2 else chance.choice(codes)
        steps.append((node, code))
        if (node, code) == until and (node, code) in steps[:-1]:
            return steps
        ours.finish(node, code)
        theirs.finish(node, code)
    assert theirs.workflow.is_completed() == (ours.open == [])
    return steps


@settings(max_examples=40, deadline=None)
@given(block=BLOCKS, seed=st.integers(0, 2**32))
def test_both_engines_wait_at_the_same_places(block, seed):
    assert _compare(Drawn().xml(block), seed, patience=60)


@pytest.mark.parametrize("seed", range(12))
def test_a_permit_runs_the_same(seed):
    """A building permit with supplement and returns, up to the second round of its parallel checks."""
    assert _compare(permit(), seed, patience=40, until=("T3", "enough"))
