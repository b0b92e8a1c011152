"""Walks without a database: the same moves as real runs, hours of the longest branch, and why a walk is stuck."""

from decimal import Decimal

import pytest

from motcua.casework.workflow import library
from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.rules import checked_process, longest_path
from motcua.casework.workflow.services.rehearsal import Done, rehearse, replay
from motcua.casework.workflow.types import Graph


def graph_of(**tasks) -> Graph:
    graph, problems = checked_process(draw(description(**tasks)))
    assert graph is not None, problems
    return graph


def description(*, between: bool = False):
    task = {"lane": "a", "act": "other", "hours": 2, "outcomes": [["done", "Xong", "Done"]]}
    tasks = {
        "take": {**task, "name": "Tiếp nhận", "act": "intake"},
        "left": {**task, "name": "Trái", "hours": 3},
        "right": {**task, "name": "Phải", "hours": 8},
        "back": {
            **task, "name": "Xem lại",
            "outcomes": [["agree", "Đồng ý", "Agree"], ["again", "Làm lại", "Again", "secondary"]],
        },
    }  # fmt: skip
    flows = [
        "start -> take -> merge -> split", "split -> left -> join", "split -> right -> join", "choose -> end [agree]",
        "choose -> merge [again]",
    ]  # fmt: skip
    if between:
        tasks["new"] = {**task, "name": "Bước mới", "hours": 1}
    flows.append("join -> new -> back -> choose" if between else "join -> back -> choose")
    return {
        "id": "walk", "name": "Đi thử", "flows": flows, "tasks": tasks,
        "lanes": {"a": {"name": "Cán bộ", "role": "officer"}},
        "gateways": {
            "split": {"kind": "and"}, "join": {"kind": "and"}, "choose": {"kind": "xor"}, "merge": {"kind": "xor"},
        },
        "ends": {"end": {}},
    }  # fmt: skip


TAKE, LEFT, RIGHT = Done("take", "done"), Done("left", "done"), Done("right", "done")
AGREE, AGAIN = Done("back", "agree"), Done("back", "again")


def test_a_walk_takes_as_long_as_its_longest_branch() -> None:
    walk = rehearse(graph_of(), [TAKE, LEFT, RIGHT, AGREE])
    assert walk.is_ended
    assert walk.hours == Decimal(2 + 8 + 2)
    assert [(step.begun, step.ended) for step in walk.taken] == [(0, 2), (2, 5), (2, 10), (10, 12)]


def test_a_join_waits_for_the_later_branch_whichever_came_first() -> None:
    for order in ([LEFT, RIGHT], [RIGHT, LEFT]):
        walk = rehearse(graph_of(), [TAKE, *order])
        assert (walk.open, walk.hours) == (("back",), Decimal(10))


def test_a_loop_counts_its_second_round() -> None:
    walk = rehearse(graph_of(), [TAKE, LEFT, RIGHT, AGAIN, RIGHT, LEFT, AGREE])
    assert walk.is_ended
    assert walk.hours == Decimal(2 + 8 + 2 + 8 + 2)


@pytest.mark.parametrize(
    ("steps", "place", "reason"),
    [
        ([Done("nowhere", "done")], 0, "missing"),
        ([LEFT], 0, "closed"),
        ([TAKE, LEFT, LEFT], 2, "closed"),
        ([Done("take", "refused")], 0, "outcome"),
        ([TAKE, LEFT, RIGHT, *[AGAIN, LEFT, RIGHT] * 80], 200, "endless"),
    ],
)
def test_a_walk_says_where_and_why_it_is_stuck(steps, place, reason) -> None:
    walk = rehearse(graph_of(), steps)
    assert walk.stuck is not None
    assert (walk.stuck.place, walk.stuck.reason) == (place, reason)
    assert not walk.is_ended


def test_what_was_done_passes_new_tasks_and_leaves_out_old_ones() -> None:
    before, after = graph_of(), graph_of(between=True)
    steps = [TAKE, LEFT, RIGHT, AGREE]
    forth = replay(after, steps, known=before.nodes)
    assert forth.rehearsal.is_ended
    assert (forth.added, forth.left_out, forth.rehearsal.hours) == (("new",), (), Decimal(13))
    there = [TAKE, LEFT, RIGHT, Done("new", "done"), AGREE]
    back = replay(before, there, known=after.nodes)
    assert back.rehearsal.is_ended
    assert (back.added, back.left_out) == ((), ("new",))


def test_an_outcome_that_is_no_more_is_a_dead_end() -> None:
    stuck = replay(graph_of(), [TAKE, LEFT, RIGHT, Done("back", "maybe")], known=["take", "left", "right", "back"])
    assert stuck.rehearsal.stuck is not None
    assert stuck.rehearsal.stuck.reason == "outcome"


def test_the_straight_way_of_a_packaged_drawing_takes_its_longest_path() -> None:
    graph, _problems = checked_process(library.template("cap_doi_va_xac_nhan_bo_sung_vao_giay_chung_nhan"))
    assert graph is not None
    steps, walk = [], rehearse(graph, [])
    while walk.open:
        steps.append(Done(walk.open[0], graph.nodes[walk.open[0]].ways[0].code))
        walk = rehearse(graph, steps)
    assert walk.is_ended
    assert walk.hours == longest_path(graph).hours
