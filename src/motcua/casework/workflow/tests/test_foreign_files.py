"""Files as bpmn-js writes them, one per element type: what runs is taken, what does not is named with its mend.

Made with bpmn-js 18.31.1: a task T1, a task T2, and the element; `resaved` is `permit()` opened and saved.
"""

from pathlib import Path

import pytest

from motcua.casework.workflow import selectors
from motcua.casework.workflow.compiling import compile_process
from motcua.casework.workflow.foreign import foreign_parts
from motcua.casework.workflow.tests.drawings import permit

FILES = Path(__file__).parent / "data" / "bpmn_js"
# What each file is refused for by name; None where the element runs or is looked at only.
ELEMENTS: dict[str, str | None] = {
    "user_task": None, "manual_task": None, "receive_task": None, "send_task": None, "service_task": None,
    "call_activity": None, "exclusive_gateway": None, "parallel_gateway": None, "timer_catch": None,
    "message_catch": None, "timer_boundary": None, "message_boundary": None, "reminder_boundary": None,
    "terminate_end": None, "several": None, "data_object": None, "data_store": None, "annotation": None, "group": None,
    "resaved": None, "several_in_turn": None, "second_pool": None,
    "plain_task": "task", "script_task": "scriptTask", "business_rule_task": "businessRuleTask",
    "sub_process": "subProcess", "transaction": "transaction", "ad_hoc": "adHocSubProcess",
    "inclusive_gateway": "inclusiveGateway", "complex_gateway": "complexGateway",
    "event_based_gateway": "eventBasedGateway", "signal_catch": "signalEventDefinition",
    "conditional_catch": "conditionalEventDefinition", "link_catch": "linkEventDefinition",
    "message_throw": "intermediateThrowEvent", "escalation_throw": "intermediateThrowEvent",
    "compensation_throw": "intermediateThrowEvent", "error_end": "errorEventDefinition",
    "message_end": "messageEventDefinition", "message_start": "messageEventDefinition",
    "timer_start": "timerEventDefinition", "error_boundary": "errorEventDefinition",
    "compensation_boundary": "compensateEventDefinition", "repeated": "standardLoopCharacteristics",
    "message_flow": "messageFlow",
}  # fmt: skip
CODES = {"several_in_turn": "several-in-turn", "second_pool": "process-several"}


def test_every_file_is_spoken_of():
    assert {path.stem for path in FILES.glob("*.bpmn")} == set(ELEMENTS)


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_runs_or_is_named_with_its_mend(name):
    xml = (FILES / f"{name}.bpmn").read_bytes()
    found = selectors.verdict(xml).problems

    refused = [problem for problem in found if problem.code == "unsupported-element"]
    tag = ELEMENTS[name]
    assert [f"({tag})" in str(problem.message) for problem in refused] == ([True] if tag else [])
    assert all(str(problem.mend) and problem.element_id for problem in refused)
    assert CODES.get(name) in {None, *(problem.code for problem in found)}
    if not tag:
        assert selectors.drawing_picture(xml).startswith("<svg")


def test_what_bpmn_js_saves_again_runs_as_before():
    before, after = compile_process(permit())[0], compile_process((FILES / "resaved.bpmn").read_bytes())[0]

    assert before is not None
    assert after is not None
    assert after.hash == before.hash
    assert selectors.compared(permit(), (FILES / "resaved.bpmn").read_bytes())[0] == ()


def test_settings_of_other_programs_are_named_where_they_stand():
    xml = permit().replace(b"<bpmn:definitions", b'<bpmn:definitions xmlns:camunda="http://camunda.example/1"', 1)
    xml = xml.replace(b'<bpmn:userTask id="T3"', b'<bpmn:userTask camunda:assignee="an" id="T3"', 1)
    xml = xml.replace(b"<mc:task ", b"<camunda:formData/><mc:unheard/><mc:task ", 1)

    assert {(part.element_id, part.what) for part in foreign_parts(xml)} == {
        ("T3", "camunda:assignee"), ("T1", "camunda:formData"), ("T1", "mc:unheard"),
    }  # fmt: skip
    assert selectors.verdict(xml).is_green
    assert foreign_parts(permit()) == ()


def test_papers_and_signatures_of_a_step_are_read_and_change_how_it_runs():
    plain = permit()
    asked = plain.replace(b'act="field_check">', b'act="field_check"><mc:paper name="Bi\xc3\xaan b\xe1\xba\xa3n"/>', 1)
    signed = plain.replace(b'act="sign">', b'act="sign" signature="digital">', 1)
    before = compile_process(plain)[0]

    graph = compile_process(asked)[0]
    assert graph.nodes["T4"].papers == ("Biên bản",)
    assert graph.hash != before.hash
    assert compile_process(signed)[0].nodes["T8"].signature == "digital"
    for wrong, code in (
        (asked.replace("Biên bản".encode(), b" "), "paper-invalid"),
        (plain.replace(b'act="field_check">', b'act="field_check" signature="digital">'), "signature-misplaced"),
        (plain.replace(b'act="sign">', b'act="sign" signature="wax">'), "task-value-unknown"),
    ):
        assert wrong not in (plain, asked)
        assert code in {problem.code for problem in compile_process(wrong)[1]}
