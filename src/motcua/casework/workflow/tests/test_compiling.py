"""What compiles, and what is refused by name with its mend."""

import pytest
from django.utils.translation import override

from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.services import check
from motcua.casework.workflow.tests.drawings import compiled, drawn, permit, task

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mc="urn:motcua:bpmn:1" id="D">'
    '<bpmn:process id="P"><bpmn:startEvent id="S"/><bpmn:sequenceFlow id="F1" sourceRef="S" targetRef="T"/>'
)
TASK = (
    '<bpmn:userTask id="T" name="Tiếp nhận">{inside}<bpmn:extensionElements>'
    '<mc:task role="officer" act="other" hours="1"><mc:outcome code="done" label="Xong"/></mc:task>'
    "</bpmn:extensionElements></bpmn:userTask>"
    '<bpmn:sequenceFlow id="F2" sourceRef="T" targetRef="{then}"/>'
)
TAIL = '<bpmn:endEvent id="E"/>{more}</bpmn:process>{outside}</bpmn:definitions>'


def file(*, inside="", then="E", more="", outside=""):
    text = HEAD + TASK.format(inside=inside, then=then) + TAIL.format(more=more, outside=outside)
    return text.encode()


def between(element):
    """Put an element between the task and the end."""
    return file(then="Z", more=element + '<bpmn:sequenceFlow id="F3" sourceRef="Z" targetRef="E"/>')


UNSUPPORTED = {
    tag: between(f'<bpmn:{tag} id="Z" name="Tên"/>')
    for tag in (
        "task",
        "scriptTask",
        "businessRuleTask",
        "subProcess",
        "adHocSubProcess",
        "transaction",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
        "intermediateThrowEvent",
    )
} | {
    "timerEventDefinition": HEAD.replace(
        '<bpmn:startEvent id="S"/>', '<bpmn:startEvent id="S"><bpmn:timerEventDefinition id="Z"/></bpmn:startEvent>'
    ).encode()
    + TASK.format(inside="", then="E").encode()
    + TAIL.format(more="", outside="").encode(),
    "messageEventDefinition": HEAD.replace(
        '<bpmn:startEvent id="S"/>', '<bpmn:startEvent id="S"><bpmn:messageEventDefinition id="Z"/></bpmn:startEvent>'
    ).encode()
    + TASK.format(inside="", then="E").encode()
    + TAIL.format(more="", outside="").encode(),
    "errorEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:errorEventDefinition/></bpmn:endEvent>'),
    "signalEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:signalEventDefinition/></bpmn:endEvent>'),
    "escalationEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:escalationEventDefinition/></bpmn:endEvent>'),
    "compensateEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:compensateEventDefinition/></bpmn:endEvent>'),
    "cancelEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:cancelEventDefinition/></bpmn:endEvent>'),
    "linkEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:linkEventDefinition/></bpmn:endEvent>'),
    "conditionalEventDefinition": between('<bpmn:endEvent id="Z"><bpmn:conditionalEventDefinition/></bpmn:endEvent>'),
    "multiInstanceLoopCharacteristics": between(
        '<bpmn:manualTask id="Z"><bpmn:multiInstanceLoopCharacteristics/></bpmn:manualTask>'
    ),
    "loopCardinality": file(
        inside="<bpmn:multiInstanceLoopCharacteristics>"
        '<bpmn:loopCardinality id="Z"/></bpmn:multiInstanceLoopCharacteristics>'
    ),
    "standardLoopCharacteristics": file(inside='<bpmn:standardLoopCharacteristics id="Z"/>'),
    "potentialOwner": file(inside='<bpmn:potentialOwner id="Z"/>'),
    "humanPerformer": file(inside='<bpmn:humanPerformer id="Z"/>'),
    "performer": file(inside='<bpmn:performer id="Z"/>'),
    "ioSpecification": file(inside='<bpmn:ioSpecification id="Z"/>'),
    "signal": file(outside='<bpmn:signal id="Z" name="Tin"/>'),
    "error": file(outside='<bpmn:error id="Z" name="Tin"/>'),
    "messageFlow": file(outside='<bpmn:collaboration id="C"><bpmn:messageFlow id="Z"/></bpmn:collaboration>'),
    "conversation": file(outside='<bpmn:conversation id="Z"/>'),
    "choreography": file(outside='<bpmn:choreography id="Z"/>'),
    "import": file(outside='<bpmn:import namespace="x" location="http://example.com/x.xsd" importType="y"/>'),
    "auditing": file(more='<bpmn:auditing id="Z"/>'),
}


@pytest.mark.parametrize("tag", UNSUPPORTED)
def test_unsupported_element_is_refused_by_name(tag):
    graph, problems = compile_process(UNSUPPORTED[tag])

    assert graph is None
    refused = [problem for problem in problems if problem.code == "unsupported-element"]
    assert len(refused) == 1
    assert refused[0].element_id in {"Z", "T", "S", "D"}
    with override("en"):
        assert f"({tag})" in str(refused[0].message)
        assert str(refused[0].mend).endswith(".")


def test_plain_file_compiles():
    graph, problems = compile_process(file())

    assert problems == []
    assert [node.id for node in graph.tasks] == ["T"]
    assert graph.nodes["T"].seconds == 3600


def test_remarks_and_data_are_ignored():
    remarks = (
        '<bpmn:textAnnotation id="A"><bpmn:text>ghi chú</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="B" sourceRef="T" targetRef="A"/><bpmn:group id="G"/>'
        '<bpmn:dataObject id="O"/><bpmn:dataObjectReference id="R" dataObjectRef="O"/>'
        '<bpmn:dataStoreReference id="Q"/><bpmn:documentation>mô tả</bpmn:documentation>'
    )
    inside = '<bpmn:property id="Y"/><bpmn:dataInputAssociation id="X1"/><bpmn:dataOutputAssociation id="X2"/>'

    assert compile_process(file(more=remarks, inside=inside, outside='<bpmn:category id="K"/>'))[1] == []


def test_remarks_do_not_change_the_hash():
    plain, _none = compile_process(file())
    remarked, _none = compile_process(file(more='<bpmn:group id="G"/>'))

    assert plain.hash == remarked.hash


@pytest.mark.parametrize(
    ("code", "xml"),
    [
        ("xml-too-large", b"<a>" + b" " * 1_000_001 + b"</a>"),
        ("xml-broken", b"<a><b></a>"),
        ("xml-broken", b""),
        ("xml-broken", b"\x00\x01\x02"),
        ("xml-doctype", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("xml-doctype", b'<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>'),
        ("xml-doctype", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
        ("xml-not-bpmn", b"<svg/>"),
        ("process-missing", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'),
        ("process-several", file(outside='<bpmn:process id="P2"/>')),
        (
            "process-several",
            file(
                outside='<bpmn:collaboration id="C"><bpmn:participant id="A" processRef="P"/>'
                '<bpmn:participant id="B"/></bpmn:collaboration>'
            ),
        ),
        ("start-several", file(more='<bpmn:startEvent id="S2"/>')),
        ("start-missing", file().replace(b'<bpmn:startEvent id="S"/>', b"")),
        ("id-twice", file(more='<bpmn:endEvent id="E"/>')),
        ("id-missing", file(more="<bpmn:endEvent/>")),
        ("id-too-long", file(more=f'<bpmn:endEvent id="{"E" * 65}"/>')),
        ("flow-broken", file(more='<bpmn:sequenceFlow id="F9" sourceRef="T" targetRef="nowhere"/>')),
        ("dead-end", drawn(["start -> T1"])),
        ("unreachable", drawn(["start -> T1 -> E1", "T2 -> E1"])),
        ("end-outgoing", drawn(["start -> T1 -> E1 -> T2 -> E2"])),
        ("start-incoming", drawn(["start -> T1 -> start"])),
        ("several-arrows", drawn(["start -> T1 -> E1", "T1 -> E2"])),
        ("condition-misplaced", drawn(["start -> T1", "T1 -> E1 [done]"])),
        ("condition-missing", drawn(["start -> T1 -> X1 -> E1", "X1 -> E2 [done]"], xor="X1")),
        ("default-unknown", file().replace(b'<bpmn:userTask id="T"', b'<bpmn:userTask id="T" default="F1"')),
        ("gateway-loop", drawn(["start -> T1 -> X1", "X1 -> X2 [done]", "X2 -> X1", "X1 -> E1 [*]"], xor="X1 X2")),
        (
            "condition-invalid",
            drawn(["start -> T1 -> X1", 'X1 -> E1 [if __import__("os").getcwd()]', "X1 -> E2 [*]"], xor="X1"),
        ),
        ("condition-invalid", drawn(["start -> T1 -> X1", "X1 -> E1 [if unknown > 1]", "X1 -> E2 [*]"], xor="X1")),
        ("task-unnamed", file().replace(b' name="Ti\xe1\xba\xbfp nh\xe1\xba\xadn"', b"")),
        ("task-settings-missing", file().replace(b"mc:task", b"mc:other")),
        ("task-role-missing", file().replace(b'role="officer"', b"")),
        ("task-act-missing", file().replace(b'act="other"', b"")),
        ("task-value-unknown", file().replace(b'role="officer"', b'role="king"')),
        ("task-value-unknown", file().replace(b'act="other"', b'act="dance"')),
        ("task-value-unknown", file().replace(b'hours="1"', b'place="moon"')),
        ("task-value-unknown", file().replace(b'hours="1"', b'holder="nobody"')),
        ("task-value-unknown", file().replace(b'hours="1"', b'pauses="perhaps"')),
        ("task-value-unknown", file().replace(b'hours="1"', b'division="Kinh t"')),
        ("task-value-unknown", file().replace(b'code="done"', b'code="done" style="loud"')),
        ("task-setting-unknown", file().replace(b'hours="1"', b'hour="1"')),
        ("task-setting-unknown", file().replace(b"<mc:outcome", b"<mc:exit/><mc:outcome")),
        ("task-hours-invalid", file().replace(b'hours="1"', b'hours="-1"')),
        ("task-hours-invalid", file().replace(b'hours="1"', b'hours="NaN"')),
        ("task-hours-invalid", file().replace(b'hours="1"', b'hours="nhi"')),
        ("task-outcome-missing", drawn(["start -> T1 -> E1"], {"T1": task() | {"outcomes": []}})),
        ("outcome-invalid", file().replace(b'code="done"', b'code="Xong r"')),
        ("outcome-twice", drawn(["start -> T1 -> E1"], {"T1": task("a", "a")})),
        ("variable-invalid", drawn(["start -> T1 -> E1"], variables={"outcome": {"kind": "text"}})),
        ("variable-invalid", drawn(["start -> T1 -> E1"], variables={"fee": {"kind": "money"}})),
    ],
)
def test_problem_is_named(code, xml):
    problems = check(xml)

    assert code in {problem.code for problem in problems}
    for problem in problems:
        for language in ("en", "vi"):
            with override(language):
                assert "{" not in f"{problem.message}{problem.mend}"


def test_all_problems_are_told_at_once():
    xml = file(more='<bpmn:scriptTask id="Z"/>').replace(b'role="officer"', b"")

    assert {problem.code for problem in check(xml)} >= {"unsupported-element", "task-role-missing"}


def test_condition_on_the_default_arrow_is_refused():
    xml = drawn(["start -> T1 -> X1", "X1 -> E1 [*]", "X1 -> E2 [done]"], xor="X1")
    xml = xml.replace(b'default="F_X1_E1"', b'default="F_X1_E2"')

    assert "condition-on-default" in {problem.code for problem in check(xml)}


def test_settings_reach_the_graph():
    settings = task("ok", hours=0.1, division="economy", place="province", holder="tax", pauses=True, en="Examine")
    graph = compiled(["start -> T1 -> E1"], {"T1": settings | {"outcomes": [["ok", "Đủ", "Enough", "danger", True]]}})
    node = graph.nodes["T1"]

    assert (node.seconds, node.division, node.place, node.holder, node.pauses) == (
        360,
        "economy",
        "province",
        "tax",
        True,
    )
    assert node.name_en == "Examine"
    assert node.lane == "Bộ phận một cửa"
    assert (node.outcomes[0].label_en, node.outcomes[0].style, node.outcomes[0].needs_reason) == (
        "Enough",
        "danger",
        True,
    )


def test_golden_graph_hash():
    # Changing it means that published processes would run otherwise: raise FORMAT_NUMBER and say so in the changelog.
    graph, _none = compile_process(permit())

    assert graph.hash == "8a65ed7663154afbee6532dba7f3483d825e3e4ae41232f357d850c5f11433b2"


def test_graph_cannot_be_changed():
    graph, _none = compile_process(permit())

    with pytest.raises(TypeError):
        graph.nodes["T1"] = graph.nodes["T3"]
    with pytest.raises(AttributeError):
        graph.nodes["T1"].role = "leader"


@pytest.mark.parametrize("prefix", ["bpmn2", ""])
def test_prefix_of_the_editor_does_not_matter(prefix):
    named = f"{prefix}:" if prefix else ""
    xml = file().decode().replace("<bpmn:", f"<{named}").replace("</bpmn:", f"</{named}")
    xml = xml.replace("xmlns:bpmn=", f"xmlns:{prefix}=" if prefix else "xmlns=")

    graph, problems = compile_process(xml.encode())

    assert problems == []
    assert graph.hash == compile_process(file())[0].hash
