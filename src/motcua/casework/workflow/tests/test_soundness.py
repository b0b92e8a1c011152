"""The typical errors that a drawing tool does not find, each found by name."""

import pytest

from motcua.casework.workflow import services
from motcua.casework.workflow.rules import checked_process, longest_path, sound_process
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, compiled, drawn, permit, task


def check(xml):
    """The problems of a drawing wherever it begins; that it begins with an intake has a table of its own."""
    return sound_process(xml)[1]


AB = {"T1": task("a", "b")}
SPLIT = ["start -> T1 -> X1", "X1 -> T2 [a]", "X1 -> T3 [b]"]


@pytest.mark.parametrize(
    ("code", "element", "xml"),
    [
        ("deadlock", "P1", drawn([*SPLIT, "T2 -> P1", "T3 -> P1 -> E1"], AB, xor="X1", both="P1")),
        (
            "double-token",
            "T4",
            drawn(["start -> P1 -> T2 -> X1", "P1 -> T3 -> X1", "X1 -> T4 -> E1"], xor="X1", both="P1"),
        ),
        ("double-token", "T4", drawn(["start -> P1 -> T2 -> T4", "P1 -> T3 -> T4 -> E1"], both="P1")),
        ("double-token", "T2", drawn(["start -> P1 -> T2 -> E1", "P1 -> T2"], both="P1")),
        ("end-unreachable", "T1", drawn(["start -> T1 -> T2 -> T1"])),
        ("never-reached", "T9", drawn([*SPLIT, "X1 -> T9 [*]", "T2 -> E1", "T3 -> E1", "T9 -> E1"], AB, xor="X1")),
        (
            "outcome-nowhere",
            "X1",
            drawn(["start -> T1 -> X1", "X1 -> E1 [a]", "X1 -> E2 [c]"], {"T1": task("a", "b", "c")}, xor="X1"),
        ),
        ("outcome-twofold", "X1", drawn(["start -> T1 -> X1", "X1 -> E1 [a | b]", "X1 -> E2 [b]"], AB, xor="X1")),
        ("outcome-unknown", "F_X1_E2", drawn(["start -> T1 -> X1", "X1 -> E1 [a|b]", "X1 -> E2 [c]"], AB, xor="X1")),
        (
            "outcome-unclear",
            "X1",
            drawn(
                ["start -> P1 -> T1 -> P2", "P1 -> T2 -> P2 -> X1", "X1 -> E1 [a]", "X1 -> E2 [*]"],
                AB,
                xor="X1",
                both="P1 P2",
            ),
        ),
        ("outcome-unclear", "X1", drawn(["start -> X1", "X1 -> T1 [a]", "X1 -> E2 [*]", "T1 -> E1"], xor="X1")),
        (
            "choice-open",
            "X1",
            drawn(
                ["start -> X1", "X1 -> T1 [if fee > 0]", "X1 -> T2 [if fee < 0]", "T1 -> E1", "T2 -> E1"],
                xor="X1",
                variables={"fee": {"kind": "number"}},
            ),
        ),
        (
            "choice-open",
            "X1",
            drawn(
                ["start -> T1 -> X1", "X1 -> T2 [if fee > 0]", "X1 -> E1 [if fee < 0]", "T2 -> E1"],
                xor="X1",
                variables={"fee": {"kind": "number"}},
            ),
        ),
        ("result-without-number", "T3", drawn(["start -> T1 -> T3 -> E1"], {"T3": task(act="return_result")})),
        (
            "result-without-number",
            "T4",
            drawn(
                [*SPLIT, "T2 -> T4", "T3 -> T4 -> E1"],
                AB | {"T2": task(act="issue"), "T4": task(act="return_result")},
                xor="X1",
            ),
        ),
        (
            "signed-without-number",
            "T4",
            drawn(
                ["start -> T1 -> T2 -> T3 -> T4 -> E1"],
                {"T1": task(act="issue"), "T2": task(act="sign_refusal"), "T4": task(act="return_result")},
            ),
        ),
    ],
)
def test_error_is_found_at_its_element(code, element, xml):
    assert (code, element) in {(problem.code, problem.element_id) for problem in check(xml)}


SIGNED = {"T2": task(act="sign"), "T3": task(act="issue"), "T4": task(act="return_result")}
WAIT = task(act="wait_supplement", holder="citizen", pauses=True)
DESK = {"T2": task(act="issue"), "T3": task(act="to_desk"), "T9": WAIT}


@pytest.mark.parametrize(
    ("element", "flows", "tasks", "gateways"),
    [
        # back from the clerk to the leader
        ("T2", ["start -> T1 -> T2 -> T3 -> X1", "X1 -> T2 [b]", "X1 -> T4 [a]", "T4 -> E1"],
         SIGNED | {"T3": task("a", "b", act="issue")}, {"xor": "X1"}),
        # back from the desk
        ("T2", ["start -> T1 -> T2 -> T3 -> T4 -> X1", "X1 -> T2 [b]", "X1 -> E1 [a]"],
         SIGNED | {"T4": task("a", "b", act="return_result")}, {"xor": "X1"}),
        # a refusal signed behind the number of the permit
        ("T6", ["start -> T1 -> T2 -> T3 -> T6 -> T7 -> T4 -> E1"],
         SIGNED | {"T6": task(act="sign_refusal"), "T7": task(act="issue")}, {}),
        # the clerk of one branch may be faster than the leader of the other
        ("T2", ["start -> T1 -> P1 -> T2 -> P2", "P1 -> T3 -> P2 -> T5 -> T4 -> E1"],
         SIGNED | {"T5": task(act="issue")}, {"both": "P1 P2"}),
    ],
)  # fmt: skip
def test_no_signature_behind_the_number(element, flows, tasks, gateways):
    problems = check(drawn(flows, tasks, **gateways))

    assert ("signed-after-number", element) in {(problem.code, problem.element_id) for problem in problems}


@pytest.mark.parametrize(
    ("element", "other", "flows", "tasks"),
    [
        ("T3", "T9", ["start -> T1 -> P1 -> T2 -> T3 -> P2", "P1 -> T9 -> P2 -> T4 -> E1"], DESK),
        # the other branch stops the clock only later
        ("T3", "T9", ["start -> T1 -> P1 -> T2 -> T3 -> P2", "P1 -> T8 -> T9 -> P2 -> T4 -> E1"], DESK),
        # without a desk step the handing over finishes
        ("T4", "T9", ["start -> T1 -> P1 -> T2 -> T4 -> E1", "P1 -> T9 -> E2"],
         {"T2": task(act="issue"), "T4": task(act="return_result"), "T9": WAIT}),
    ],
)  # fmt: skip
def test_no_result_at_the_desk_while_another_branch_pauses(element, other, flows, tasks):
    (found,) = [
        problem for problem in check(drawn(flows, tasks, both="P1 P2" if "P2" in str(flows) else "P1"))
        if problem.code == "desk-while-paused"
    ]  # fmt: skip

    assert found.element_id == element
    assert str(found.message) == f"“{element}” có thể mở trong khi “{other}” ở nhánh khác đang dừng tính thời gian."
    assert "cổng song song" in str(found.mend)


def test_result_at_the_desk_behind_the_join_of_a_pausing_branch_is_sound():
    flows = ["start -> T1 -> P1 -> T2 -> P2", "P1 -> T9 -> P2 -> T3 -> T4 -> E1"]

    assert check(drawn(flows, DESK | {"T4": task(act="return_result")}, both="P1 P2")) == []


INTAKE = task(act="intake")


@pytest.mark.parametrize(
    ("found", "flows", "tasks", "gateways"),
    [
        ([], ["start -> T1 -> T2 -> E1"], {}, {}),
        ([("intake-missing", "T1")], ["start -> T1 -> E1"], {"T1": task(act="examine")}, {}),
        ([("intake-missing", "E1")], ["start -> E1"], {}, {}),
        ([("intake-missing", "P1"), ("intake-again", "T1"), ("intake-again", "T2")],
         ["start -> P1 -> T1 -> E1", "P1 -> T2 -> E2"], {"T1": INTAKE, "T2": INTAKE}, {"both": "P1"}),
        ([("intake-missing", "T1"), ("intake-again", "T2")], ["start -> T1 -> T2 -> E1"],
         {"T1": task(act="examine"), "T2": INTAKE}, {}),
        ([("intake-again", "T2")], ["start -> T1 -> T2 -> E1"], {"T2": INTAKE}, {}),
        ([("intake-again", "T1")], ["start -> T1 -> T2 -> X1", "X1 -> T1 [b]", "X1 -> E1 [a]"],
         {"T2": task("a", "b")}, {"xor": "X1"}),
    ],
)  # fmt: skip
def test_a_process_begins_with_its_one_intake(found, flows, tasks, gateways):
    problems = services.check(drawn(flows, tasks, **gateways))

    assert [(problem.code, problem.element_id) for problem in problems] == found


def test_the_missing_intake_names_the_element_and_the_mend_in_vietnamese():
    (problem,) = services.check(drawn(["start -> T1 -> E1"], {"T1": task(act="examine") | {"name": "Thẩm định"}}))

    assert str(problem.message) == "Quy trình bắt đầu bằng “Thẩm định”, không phải bước tiếp nhận."
    assert "“Tiếp nhận”" in str(problem.mend)


def test_number_given_in_a_parallel_branch_counts_after_the_join():
    flows = ["start -> P1 -> T2 -> P2", "P1 -> T3 -> P2 -> T4 -> E1"]

    assert check(drawn(flows, {"T2": task(act="issue"), "T4": task(act="return_result")}, both="P1 P2")) == []


@pytest.mark.parametrize(
    "xml",
    [
        permit(),
        drawn(["start -> T1 -> E1"]),
        drawn(["start -> E1"]),
        drawn(["start -> P1 -> T2 -> E1", "P1 -> T3 -> E2"], both="P1"),
        drawn(["start -> P1 -> T2 -> E1", "P1 -> T3 -> E2"], both="P1", ends={"E2": {"terminate": True}}),
        # joins that do not nest: A and B meet first, then C
        drawn(["start -> P1 -> T1 -> P2", "P1 -> T2 -> P2 -> T4 -> P3", "P1 -> T3 -> P3 -> T5 -> E1"], both="P1 P2 P3"),
        # two splits whose branches cross
        drawn(
            ["start -> P1 -> T1 -> P2 -> T3 -> P3", "P2 -> T4 -> P4", "P1 -> T2 -> P3 -> T5 -> P4 -> E1"],
            both="P1 P2 P3 P4",
        ),
        # a split that turns in a loop, twice inside another one
        drawn(
            ["start -> P1 -> T1 -> P2 -> T2 -> P3", "P2 -> T3 -> P3 -> T4 -> X1", "X1 -> T1 [b]", "X1 -> P4 [a]",
             "P1 -> T5 -> P4 -> E1"],
            {"T4": task("a", "b")}, xor="X1", both="P1 P2 P3 P4",
        ),
        drawn(["start -> X1", "X1 -> T1 [if fee > 0]", "X1 -> E2 [*]", "T1 -> E1"], xor="X1",
              variables={"fee": {"kind": "number"}}),
    ],
)  # fmt: skip
def test_sound_process_has_no_problem(xml):
    assert [(problem.code, problem.element_id) for problem in check(xml)] == []


def test_too_many_parallel_states_are_refused():
    flows = ["start -> P1"] + [f"P1 -> T{n} -> T{n}a -> T{n}b -> P2" for n in range(9)] + ["P2 -> E1"]

    assert {problem.code for problem in check(drawn(flows, both="P1 P2"))} == {"too-complex"}


def test_longest_path_counts_no_loop_and_no_pause():
    graph, _none = checked_process(permit())
    path = longest_path(graph)

    assert path.hours == 2 + 12 + 16 + 8 + 4 + 8 + 2 + 2
    assert [node.id for node in path.tasks] == ["T1", "T3", "T4", "T6", "T7", "T8", "T9", "T10"]


def test_longest_path_takes_the_longer_branch():
    graph = compiled([*SPLIT, "T2 -> E1", "T3 -> E2"], AB | {"T2": task(hours=5), "T3": task(hours=0.5)}, xor="X1")

    assert longest_path(graph).hours == 6


def test_dropping_the_number_makes_the_permit_unpublishable():
    tasks = PERMIT_TASKS | {"T9": task(act="book")}

    assert {problem.code for problem in check(drawn(PERMIT, tasks, xor="X1 X2 X3", both="P1 P2"))} == {
        "result-without-number"
    }
