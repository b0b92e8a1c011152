"""Waits, timers, services, agencies asked and called processes: each drawn as an editor draws it, and drawn wrongly."""

import re

import pytest
from django.utils.translation import override

from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.picture import picture_of
from motcua.casework.workflow.rules import longest_path, sound_process
from motcua.casework.workflow.services import check
from motcua.casework.workflow.soundness import reachable_markings
from motcua.casework.workflow.tests.drawings import LANES, task
from motcua.casework.workflow.tests.waits import CASES, case, of


@pytest.mark.parametrize("name", CASES)
def test_element_compiles_from_a_file_with_its_diagram(name):
    xml, element, expected = case(name)
    graph, problems = sound_process(xml)

    assert problems == []
    node = graph.nodes[element]
    assert {key: getattr(node, key) for key in expected} == expected
    svg = picture_of(xml, {element})
    assert f'data-id="{element}"' in svg
    assert "is-now" in svg
    shapes = re.findall(rb'bpmnElement="(\w+)"', xml)
    assert element.encode() in shapes
    # Another editor's prefix, and a second reading, give the same process.
    other = xml.replace(b"<bpmn:", b"<bpmn2:").replace(b"</bpmn:", b"</bpmn2:").replace(b"xmlns:bpmn=", b"xmlns:bpmn2=")
    assert compile_process(other)[0].hash == graph.hash


def changed(name, old, new):
    xml = case(name)[0]
    assert old in xml, old
    return xml.replace(old, new)


BROKEN = [
    ("event-kind", lambda: changed("timer catch", b"timerEventDefinition", b"documentation")),
    ("event-unnamed", lambda: changed("interrupting timer", b'code="no_answer"', b'code="No answer"')),
    ("event-host", lambda: changed("interrupting timer", b'attachedToRef="R"', b'attachedToRef="E1"')),
    (
        "event-arrow-missing",
        lambda: of(["start -> T1 -> R -> E1"], events={"B": {"on": "R", "name": "Hạn", "hours": 5}}),
    ),
    (
        "event-code-twice",
        lambda: of(
            ["start -> T1 -> T2 -> E1", "B -> E1"],
            tasks={"T2": task("late")},
            events={"B": {"on": "T2", "name": "Hạn", "code": "late", "hours": 5}},
        ),
    ),
    (
        "receive-starts",
        lambda: changed("message wait", b'<bpmn:receiveTask id="R"', b'<bpmn:receiveTask instantiate="true" id="R"'),
    ),
    ("message-missing", lambda: changed("message wait", b'message="tax_notice"', b"")),
    ("wait-holder-missing", lambda: changed("message wait", b'holder="tax"', b'holder="staff"')),
    ("timer-missing", lambda: changed("interrupting timer", b' hours="56"', b"")),
    ("timer-missing", lambda: changed("timer catch", b"PT30M", b"")),
    ("timer-twice", lambda: changed("timer catch", b'act="other"', b'act="other" hours="3"')),
    ("timer-invalid", lambda: changed("timer catch", b"PT30M", b"P1M")),
    ("unsupported-element", lambda: changed("timer catch", b"timeDuration", b"timeCycle")),
    ("connector-unknown", lambda: changed("service task", b'mc:connector name="test"', b'mc:connector name="rm"')),
    ("connector-unknown", lambda: changed("send task", b"mc:connector", b"mc:other")),
    ("task-setting-unknown", lambda: changed("manual task", b'act="other"', b'act="other" calls="1.000001"')),
    ("call-unknown", lambda: changed("call", b'calls="1.004222"', b"")),
    ("several-in-turn", lambda: changed("several agencies", b'id="M_several"', b'isSequential="true"')),
    ("several-at-province", lambda: changed("several agencies", b'place="competent"', b'place="province"')),
    (
        "several-event",
        lambda: of(
            ["start -> T1 -> T2 -> M -> E1", "B -> E1"],
            tasks={"M": task(several=True, place="competent")},
            events={"B": {"on": "M", "name": "Hạn", "hours": 5}},
        ),
    ),
    ("asked-unknown", lambda: of(["start -> T1 -> M -> E1"], tasks={"M": task(several=True, place="competent")})),
    ("asked-unknown", lambda: of(["start -> T1 -> R -> M -> E1"], tasks={"M": task(several=True, place="competent")})),
]


@pytest.mark.parametrize(("code", "broken"), BROKEN)
def test_what_is_drawn_wrongly_is_named(code, broken):
    problems = check(broken())

    assert code in {problem.code for problem in problems}, [str(problem.message) for problem in problems]
    for problem in problems:
        for language in ("en", "vi"):
            with override(language):
                assert "{" not in f"{problem.message}{problem.mend}"


def test_an_event_that_opens_what_is_open_is_not_sound():
    # A reminder whose task is still open when its host is left and entered again.
    xml = of(
        ["start -> T1 -> X0 -> T2 -> X1", "X1 -> X0 [again]", "X1 -> E1 [on]", "B -> T3 -> E2"],
        tasks={"T2": task("again", "on")},
        events={"B": {"on": "T2", "name": "Nhắc", "hours": 5, "reminds": True}},
        xor="X0 X1",
    )

    assert {problem.code for problem in check(xml)} == {"double-token"}


def test_a_join_behind_an_event_that_skips_a_branch_can_wait_for_ever():
    xml = of(
        ["start -> T1 -> P1", "P1 -> R -> P2", "P1 -> T2 -> P2", "P2 -> E1", "B -> E2"],
        events={"B": {"on": "R", "name": "Hạn", "hours": 5}},
        both="P1 P2",
    )

    assert "deadlock" in {problem.code for problem in check(xml)}


def test_markings_tell_where_a_run_may_stand():
    graph, _none = sound_process(case("interrupting timer")[0])

    open_at = {key for marking, _numbered in reachable_markings(graph) for key, _via in marking}
    assert open_at == {"T1", "R", "T2"}


def test_the_longest_way_goes_through_events():
    xml = changed("interrupting timer", b'pauses="true"', b'pauses="false"')

    path = longest_path(sound_process(xml)[0])
    # 1 for T1, 56 until nobody answered, 1 for T2
    assert (path.hours, [node.id for node in path.tasks]) == (58, ["T1", "R", "T2"])


def test_lanes_hold_events_with_their_hosts():
    xml = draw(
        {
            "id": "x",
            "name": "X",
            "lanes": LANES,
            "tasks": {"T1": task(act="intake"), "T2": task()},
            "events": {"B": {"on": "T2", "name": "Hạn", "hours": 1}},
            "ends": {"E": {}},
            "flows": ["start -> T1 -> T2 -> E", "B -> E"],
        }
    )

    assert compile_process(xml)[0].nodes["B"].lane == "Bộ phận một cửa"
