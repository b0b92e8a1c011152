"""The act from draft to history: what stays, what is new, what can be undone, and how any date is asked."""

from datetime import date, datetime

import pytest
from django.db import transaction

from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, Stale
from motcua.foundation.organisations import selectors, services
from motcua.foundation.organisations.models import Agency, AgencyArea, AgencyPeriod
from motcua.foundation.organisations.types import (
    AgencyFounding,
    AgencyTreeCycle,
    Change,
    Decision,
    ItemAct,
    ReorganisationBlocked,
    ReorganisationNotOpen,
    ReorganisationState,
    TooLateToUndo,
)

SINCE, ON = date(2024, 1, 1), date(2026, 1, 1)
EVE = date(2025, 12, 31)
AT = datetime(2025, 12, 1, 9, tzinfo=VIETNAM)
DAY = datetime(2026, 1, 1, 0, 5, tzinfo=VIETNAM)
DECISION = Decision(number="12/NQ-HĐND", on=date(2025, 11, 20), by="HĐND tỉnh")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids() -> dict[str, int]:
    """Found a province with three communes and a department with a branch that serves two of them."""
    made = services.found_agencies(
        foundings=[
            founding("P", kind="province"),
            *(founding(code, "P") for code in "ABC"),
            founding("S", "P", kind="department"),
            founding("S.1", "S", kind="branch"),
        ],
        since=SINCE,
    )
    services.serve_places(pairs=[(made["S.1"], made["A"]), (made["S.1"], made["B"])], since=SINCE)
    return made


def founding(code: str, parent: str = "", kind: str = "commune") -> AgencyFounding:
    level = "commune" if kind == "commune" else "province"
    return AgencyFounding(code, kind, level, f"Đơn vị {code}", f"Đơn vị {code}", f"Unit {code}", parent)


def draft(*changes: Change, on: date = ON):
    return services.draft_reorganisation(title="Sắp xếp", on=on, decision=DECISION, changes=changes, by=7, at=AT)


def carry_out(*changes: Change, on: date = ON):
    public_id = draft(*changes, on=on)
    services.plan_reorganisation(public_id=public_id, by=7, at=AT)
    assert services.carry_out_due(at=datetime(on.year, on.month, on.day, 0, 5, tzinfo=VIETNAM)) == 1
    return public_id


def names(on: date) -> dict[str, tuple[str, int | None]]:
    selectors.forget_directory()
    return {card.code: (card.name, card.parent_id) for card in selectors.directory(on=on).agencies.values()}


def test_merge_split_rename_move_abolish_create_in_one_act(ids):
    before = names(EVE)

    carry_out(
        Change(ItemAct.CREATE, "N", parent_code="P", kind="commune", level="commune", name="Xã Mới"),
        Change(ItemAct.MERGE, "A", target_code="N"),
        Change(ItemAct.SPLIT, "B", target_code="N", is_default=False),
        Change(ItemAct.SPLIT, "B", target_code="C"),
        Change(ItemAct.RENAME, "C", name="Phường C"),
        Change(ItemAct.MOVE, "S.1", parent_code="P"),
        Change(ItemAct.ABOLISH, "S"),
    )

    assert names(EVE) == before
    new_id = Agency.objects.get(code="N").pk
    assert names(ON) == {
        "P": ("Đơn vị P", None), "N": ("Xã Mới", ids["P"]), "C": ("Phường C", ids["P"]),
        "S.1": ("Đơn vị S.1", ids["P"]),
    }  # fmt: skip
    assert selectors.mapping_between(EVE, ON) == {
        ids["P"]: (ids["P"],), ids["A"]: (new_id,), ids["B"]: (ids["C"], new_id), ids["C"]: (ids["C"],),
        ids["S.1"]: (ids["S.1"],),
    }  # fmt: skip
    backwards = selectors.mapping_between(ON, EVE)
    assert set(backwards[new_id]) == {ids["A"], ids["B"]}
    assert selectors.successor_of(ids["S"], on=ON) is None
    assert selectors.successor_of(ids["B"], on=EVE) == ids["B"]
    served = AgencyArea.objects.filter(agency_id=ids["S.1"], valid__contains=ON).values_list("place_id", flat=True)
    assert set(served) == {new_id, ids["C"]}


def test_history_keeps_the_old_name_and_tells_of_the_kin(ids):
    carry_out(Change(ItemAct.RENAME, "C", name="Phường C"), Change(ItemAct.MERGE, "A", target_code="C"))

    story = selectors.story_of(Agency.objects.get(code="C").public_id)
    assert [(item.name, item.since, item.until) for item in story.moments] == [
        ("Phường C", ON, None),
        ("Đơn vị C", SINCE, ON),
    ]
    assert [(kin.code, kin.name, kin.parent_name, kin.legal_basis) for kin in story.predecessors] == [
        ("A", "Đơn vị A", "Đơn vị P", "12/NQ-HĐND HĐND tỉnh")
    ]
    former = selectors.story_of(Agency.objects.get(code="A").public_id)
    assert [(kin.code, kin.name) for kin in former.successors] == [("C", "Phường C")]
    assert selectors.directory(on=ON).find(ids["A"]).name == "Đơn vị A"
    assert selectors.directory(on=ON).heritage == {ids["C"]: frozenset({ids["A"]})}


def test_figures_can_be_asked_by_the_structure_of_any_date(ids):
    carry_out(Change(ItemAct.MERGE, "A", target_code="C"))
    carry_out(
        Change(ItemAct.CREATE, "N", parent_code="P", kind="commune", level="commune", name="Xã N"),
        Change(ItemAct.MERGE, "B", target_code="N"),
        on=date(2026, 2, 1),
    )
    new_id = Agency.objects.get(code="N").pk
    everyone = [ids["A"], ids["B"], ids["C"], new_id]

    assert selectors.in_structure_of(everyone, on=date(2026, 3, 1)) == {
        ids["A"]: ids["C"], ids["B"]: new_id, ids["C"]: ids["C"], new_id: new_id,
    }  # fmt: skip
    assert selectors.in_structure_of(everyone, on=EVE) == {
        ids["A"]: ids["A"], ids["B"]: ids["B"], ids["C"]: ids["C"], new_id: ids["B"],
    }  # fmt: skip
    assert selectors.counting_under([ids["C"]], on=date(2026, 3, 1)) == {ids["A"]: ids["C"]}


def test_before_its_day_nothing_happens_and_it_can_be_undone(ids):
    public_id = draft(Change(ItemAct.MERGE, "A", target_code="C"))
    services.plan_reorganisation(public_id=public_id, by=7, at=AT)

    assert services.carry_out_due(at=datetime(2025, 12, 31, 23, 59, tzinfo=VIETNAM)) == 0
    services.undo_reorganisation(public_id=public_id, reason="Chờ nghị quyết mới", by=7, at=AT)

    assert services.carry_out_due(at=DAY) == 0
    assert "A" in names(ON)
    card = selectors.reorganisation(public_id)
    assert card.state == ReorganisationState.UNDONE
    assert (card.log[0].act, card.log[0].reason) == ("undone", "Chờ nghị quyết mới")
    copied = services.copy_reorganisation(public_id=public_id, by=7, at=AT)
    assert selectors.changes_of(copied) == selectors.changes_of(public_id)


def test_from_its_day_on_it_cannot_be_undone(ids):
    public_id = draft(Change(ItemAct.MERGE, "A", target_code="C"))
    services.plan_reorganisation(public_id=public_id, by=7, at=AT)

    with pytest.raises(TooLateToUndo):
        services.undo_reorganisation(public_id=public_id, reason="Muộn", by=7, at=DAY)
    services.carry_out_due(at=DAY)
    with pytest.raises(ReorganisationNotOpen):
        services.undo_reorganisation(public_id=public_id, reason="Muộn", by=7, at=DAY)
    with pytest.raises(ReorganisationNotOpen):
        services.add_changes(public_id=public_id, changes=[Change(ItemAct.ABOLISH, "B")], by=7, at=DAY)


def test_carrying_out_twice_changes_nothing_more(ids):
    carry_out(Change(ItemAct.MERGE, "A", target_code="C"))
    count = AgencyPeriod.objects.count()

    assert services.carry_out_due(at=DAY) == 0
    assert AgencyPeriod.objects.count() == count


def test_planning_needs_a_decision_and_a_day_to_come(ids):
    late = draft(Change(ItemAct.MERGE, "A", target_code="C"), on=date(2025, 12, 1))
    with pytest.raises(Invalid) as refusal:
        services.plan_reorganisation(public_id=late, by=7, at=AT)
    assert refusal.value.fields.keys() == {"on"}

    bare = services.draft_reorganisation(
        title="Sắp xếp", on=ON, changes=[Change(ItemAct.MERGE, "A", target_code="C")], by=7, at=AT
    )
    with pytest.raises(Invalid) as refusal:
        services.plan_reorganisation(public_id=bare, by=7, at=AT)
    assert refusal.value.fields.keys() == {"decision_number"}


def test_two_plans_for_one_agency_are_refused(ids):
    services.plan_reorganisation(public_id=draft(Change(ItemAct.MERGE, "A", target_code="C")), by=7, at=AT)

    with pytest.raises(ReorganisationBlocked) as refusal:
        services.plan_reorganisation(
            public_id=draft(Change(ItemAct.RENAME, "A", name="Khác"), on=date(2026, 5, 1)), by=7, at=AT
        )

    assert [problem.code for problem in refusal.value.problems] == ["agency-busy"]


def test_what_became_impossible_stays_planned_and_the_others_go_on(ids):
    first = draft(Change(ItemAct.MERGE, "A", target_code="C"))
    services.plan_reorganisation(public_id=first, by=7, at=AT)
    second = draft(Change(ItemAct.RENAME, "B", name="Xã B mới"))
    services.plan_reorganisation(public_id=second, by=7, at=AT)
    services.found_agencies(foundings=[founding("A.9", "A")], since=SINCE)
    AgencyPeriod.objects.filter(agency_id=ids["C"]).update(valid=("2024-01-01", "2025-12-31"))

    assert services.carry_out_due(at=DAY) == 1

    assert selectors.reorganisation(first).state == ReorganisationState.PLANNED
    assert selectors.reorganisation(second).state == ReorganisationState.CARRIED_OUT
    assert "heir-missing" in {problem.code for problem in selectors.preview(first).blocking}


def test_a_draft_that_somebody_changed_meanwhile_is_stale(ids):
    public_id = draft(Change(ItemAct.MERGE, "A", target_code="C"))
    services.add_changes(public_id=public_id, changes=[Change(ItemAct.MERGE, "B", target_code="C")], by=7, at=AT)

    with pytest.raises(Stale):
        services.revise_reorganisation(
            public_id=public_id, title="Khác", on=ON, decision=DECISION, by=8, at=AT, lock_version=0
        )


def test_a_circle_of_agencies_is_never_founded():
    with pytest.raises(AgencyTreeCycle), transaction.atomic():
        services.found_agencies(foundings=[founding("X", "Y"), founding("Y", "X")], since=SINCE)

    assert not Agency.objects.exists()
