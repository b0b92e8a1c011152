"""What stands in the way of a reorganisation, and what follows from its items: tables without a database."""

import pytest
from django.utils import translation

from motcua.foundation.organisations.reorganising.checking import problems
from motcua.foundation.organisations.reorganising.deriving import derived
from motcua.foundation.organisations.reorganising.structure import Unit, made_of
from motcua.foundation.organisations.types import Change, ItemAct


def unit(
    number: int, code: str, parent: str = "", kind: str = "commune", work: str = "", *, is_open: bool = True
) -> Unit:
    return Unit(number, code, kind, work, parent, f"Đơn vị {code}", is_open)


UNITS = [
    unit(1, "P", kind="province"),
    unit(2, "A", "P"),
    unit(3, "A.1", "A", "division", "economy"),
    unit(4, "A.4", "A", "commune_centre"),
    unit(5, "B", "P"),
    unit(6, "B.1", "B", "division", "economy"),
    unit(7, "C", "P", is_open=False),
    unit(8, "D", "P"),
]
STRUCTURE = made_of({item.code: item for item in UNITS}, taken=frozenset({"OLD"}))


def new(code: str, parent: str = "P", **more: str) -> Change:
    values = {"kind": "commune", "level": "commune", "name": f"Mới {code}"} | more
    return Change(ItemAct.CREATE, code, parent_code=parent, **values)


@pytest.fixture(autouse=True)
def in_english():
    """Read sentences as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("case", "changes", "code", "mend"),
    [
        ("nothing", [], "nothing-changes", "Add at least one"),
        ("code taken", [new("A")], "code-taken", "another code"),
        ("code of an ended agency", [new("OLD")], "code-taken", "for ever"),
        ("code twice", [new("N"), new("N")], "code-taken", "another code"),
        ("small letters", [new("n.1")], "code-malformed", "capital letters"),
        ("no name", [new("N", name="")], "founding-incomplete", "Enter the name"),
        ("unknown agency", [Change("rename", "Z", name="Zz")], "agency-unknown", "Correct the code"),
        ("changes later anyway", [Change("rename", "C", name="Cc")], "agency-overlap", "later day"),
        (
            "ends and is renamed",
            [Change("merge", "A", "B"), Change("rename", "A", name="Aa")],
            "changed-twice",
            "Keep one",
        ),
        ("merged into two", [Change("merge", "A", "B"), Change("merge", "A", "D")], "changed-twice", "Keep one"),
        ("into itself", [Change("merge", "A", "A")], "heir-missing", "goes on"),
        ("into one that ends", [Change("merge", "A", "B"), Change("merge", "B", "D")], "heir-missing", "goes on"),
        ("into nothing known", [Change("merge", "A", "N")], "heir-missing", "add its founding"),
        ("split of one", [Change("split", "A", "B")], "split-of-one", "second successor"),
        (
            "no main heir",
            [Change("split", "A", "B", is_default=False), Change("split", "A", "D", is_default=False)],
            "split-without-main-heir",
            "Mark the successor",
        ),
        ("two main heirs", [Change("split", "A", "B"), Change("split", "A", "D")], "split-without-main-heir", "Mark"),
        ("below an unknown one", [new("N", "Q")], "parent-missing", "parent that goes on"),
        ("units left alone", [Change("abolish", "A")], "unit-without-home", "Name a successor"),
        ("below itself", [Change("move", "A", parent_code="A")], "circle", "does not lie below"),
        ("below its own unit", [Change("move", "A", parent_code="A.1")], "circle", "does not lie below"),
        (
            "a circle of two",
            [Change("move", "A", parent_code="B"), Change("move", "B", parent_code="A")],
            "circle",
            "does not lie below",
        ),
        ("new ones in a circle", [new("M", "N"), new("N", "M")], "circle", "does not lie below"),
    ],
)
def test_refused_with_reason_and_mend(case, changes, code, mend):
    found = {problem.code: problem for problem in problems(changes, STRUCTURE, busy={})}

    assert code in found
    assert mend in found[code].mend
    assert found[code].reason


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("merge into a neighbour", [Change("merge", "A", "B")]),
        ("merge into a new one", [new("N"), Change("merge", "A", "N"), Change("merge", "B", "N")]),
        ("split with a main heir", [Change("split", "D", "A"), Change("split", "D", "B", is_default=False)]),
        ("a part goes away", [Change("split", "D", "A", is_default=False, survives=True)]),
        ("rename and move", [Change("rename", "A.1", name="Aa"), Change("move", "A.1", parent_code="B")]),
        ("abolish what is empty", [Change("abolish", "D")]),
        ("move to the top", [Change("move", "A")]),
    ],
)
def test_nothing_stands_in_the_way(case, changes):
    assert problems([*changes, *derived(changes, STRUCTURE)], STRUCTURE, busy={}) == []


def test_one_agency_is_in_one_open_reorganisation():
    found = problems([Change("rename", "A", name="Aa")], STRUCTURE, busy={"A": "Sắp xếp đợt 1"})

    assert [problem.code for problem in found] == ["agency-busy"]
    assert "Sắp xếp đợt 1" in found[0].reason


def test_units_of_a_merged_agency_join_their_like_or_move_below_the_heir():
    changes = [Change("merge", "A", "B")]

    found = {item.agency_code: (item.act, item.target_code, item.parent_code) for item in derived(changes, STRUCTURE)}

    assert found == {"A.1": ("merge", "B.1", ""), "A.4": ("move", "", "B")}


def test_units_of_several_merged_agencies_gather_in_the_new_one():
    changes = [new("N"), Change("merge", "A", "N"), Change("merge", "B", "N")]

    found = {item.agency_code: (item.act, item.target_code, item.parent_code) for item in derived(changes, STRUCTURE)}

    assert found == {"A.1": ("move", "", "N"), "A.4": ("move", "", "N"), "B.1": ("merge", "A.1", "")}


def test_what_is_named_is_not_concluded():
    changes = [Change("merge", "A", "B"), Change("move", "A.1", parent_code="P"), Change("abolish", "A.4")]

    assert derived(changes, STRUCTURE) == []
