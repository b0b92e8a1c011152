"""Proposals: cost by the standard model, who may do what, states, and sums that agree with the lines."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.world import BUSINESS, NOW, World, make_world

from motcua.foundation.core.types import Invalid, NotAllowed, NotFound, Stale
from motcua.insight.simplification import selectors, services
from motcua.insight.simplification.costs import dossier_cost, first_lines, year_cost
from motcua.insight.simplification.models import Happening, Proposal
from motcua.insight.simplification.types import CostInput, NothingProposed, PlanInput, ProposalInput, WrongState

FORM = CostInput("Tờ khai", hours=Decimal(1), wage_vnd=59_000)
MARRIAGE = CostInput("Giấy chứng nhận kết hôn", Decimal("1.5"), 59_000, other_vnd=10_000, times=Decimal(2))
WISH = ProposalInput(
    title="Không yêu cầu giấy chứng nhận kết hôn", kind="papers", authority="province",
    reason="Đã có trong cơ sở dữ liệu hộ tịch", change="Bỏ giấy tờ thứ hai", dossiers_a_year=None,
    before=(FORM, MARRIAGE), after=(FORM,),
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "cost"),
    [
        (CostInput("x"), 0),
        (FORM, 59_000),
        (MARRIAGE, 197_000),
        (CostInput("x", Decimal("0.33"), 100, fee_vnd=5), 38),
        (CostInput("x", fee_vnd=20_000, times=Decimal("0.5")), 10_000),
    ],
)
def test_a_line_costs_time_fee_and_other_as_often_as_it_is_needed(line: CostInput, cost: int) -> None:
    assert line.cost_vnd == cost


def test_a_year_costs_each_dossier() -> None:
    assert dossier_cost([FORM, MARRIAGE]) == 256_000
    assert year_cost([FORM, MARRIAGE], 12) == 3_072_000


def test_the_lines_to_begin_with_leave_out_papers_without_a_copy() -> None:
    lines = first_lines(
        [("Tờ khai", 1), ("Ghi chú", 0)], 50_000, hours_a_paper=Decimal(1), hours_of_ways=Decimal(4), wage_vnd=100,
        words=("Đi lại", "Lệ phí"),
    )  # fmt: skip
    assert [(line.activity, line.cost_vnd) for line in lines] == [("Tờ khai", 100), ("Đi lại", 400), ("Lệ phí", 50_000)]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def begin(world: World, by: str = "canbo", wish: ProposalInput = WISH, unit: str = "commune"):
    return services.propose(
        procedure_code=BUSINESS, agency_id=world.units[unit], proposal=wish, actor=world.actor(by), at=NOW
    )


def test_the_saving_is_reckoned_with_our_own_dossiers_of_a_year(world: World) -> None:
    for number in range(3):
        world.take_in(name=f"Người {number}", at=NOW - timedelta(days=number))
    public_id = begin(world)
    row = selectors.proposal(actor=world.actor("canbo"), public_id=public_id).row
    assert (row.dossiers_a_year, row.before_vnd, row.after_vnd, row.saved_vnd) == (3, 256_000, 59_000, 591_000)
    entered = begin(world, wish=replace(WISH, dossiers_a_year=1000))
    assert selectors.proposal(actor=world.actor("canbo"), public_id=entered).row.saved_vnd == 197_000_000


def test_from_draft_to_carried_out_with_every_step_written_down(world: World) -> None:
    controller, officer = world.actor("kiemsoat"), world.actor("canbo")
    public_id = begin(world, wish=replace(WISH, dossiers_a_year=10))
    with pytest.raises(WrongState):
        services.decide(public_id=public_id, is_approved=True, decision_number="1", decided_on=NOW.date(), note="",
                        actor=controller, at=NOW)  # fmt: skip
    services.hand_in(public_id=public_id, actor=officer, at=NOW)
    with pytest.raises(NotAllowed):
        services.decide(public_id=public_id, is_approved=True, decision_number="1", decided_on=NOW.date(), note="",
                        actor=officer, at=NOW)  # fmt: skip
    services.take_back(public_id=public_id, actor=officer, at=NOW)
    services.hand_in(public_id=public_id, actor=officer, at=NOW)
    services.decide(public_id=public_id, is_approved=True, decision_number="15/QĐ-UBND", decided_on=NOW.date(),
                    note="", actor=controller, at=NOW)  # fmt: skip
    sums = selectors.totals(actor=controller)
    assert (sums.approved, sums.carried_out, sums.promised_vnd, sums.saved_vnd) == (1, 0, 1_970_000, 0)
    services.carry_out(public_id=public_id, on=NOW.date(), note="QĐ 20", actor=controller, at=NOW)
    sums = selectors.totals(actor=controller)
    assert (sums.carried_out, sums.saved_vnd) == (1, 1_970_000)
    card = selectors.proposal(actor=officer, public_id=public_id)
    assert [item.act for item in card.happenings] == [
        "propose",
        "hand_in",
        "take_back",
        "hand_in",
        "approve",
        "carry_out",
    ]
    assert (card.decision_number, card.carried_out_on) == ("15/QĐ-UBND", NOW.date())


def test_declining_wants_a_reason_and_no_day_to_come(world: World) -> None:
    public_id = begin(world)
    services.hand_in(public_id=public_id, actor=world.actor("canbo"), at=NOW)
    with pytest.raises(Invalid) as refused:
        services.decide(public_id=public_id, is_approved=False, decision_number="", note=" ",
                        decided_on=NOW.date() + timedelta(days=1), actor=world.actor("kiemsoat"), at=NOW)  # fmt: skip
    assert set(refused.value.fields) == {"note", "decided_on"}
    assert Proposal.objects.get().state == "submitted"


def test_nothing_is_handed_in_without_cost_and_change(world: World) -> None:
    for wish in (replace(WISH, before=()), replace(WISH, change="  ")):
        public_id = begin(world, wish=wish)
        with pytest.raises(NothingProposed):
            services.hand_in(public_id=public_id, actor=world.actor("canbo"), at=NOW)


def test_a_change_on_an_old_page_is_refused_and_changes_nothing(world: World) -> None:
    public_id, actor = begin(world), world.actor("canbo")
    services.rewrite(public_id=public_id, proposal=replace(WISH, title="Mới"), lock=0, actor=actor, at=NOW)
    with pytest.raises(Stale):
        services.rewrite(public_id=public_id, proposal=replace(WISH, title="Cũ"), lock=0, actor=actor, at=NOW)
    assert selectors.proposal(actor=actor, public_id=public_id).row.title == "Mới"
    assert Happening.objects.count() == 2


def test_other_communes_neither_see_nor_change_it(world: World) -> None:
    public_id, stranger = begin(world), world.actor("xa.tiepnhan")
    with pytest.raises(NotFound):
        selectors.proposal(actor=stranger, public_id=public_id)
    assert selectors.proposals(actor=stranger)[0] == []
    assert selectors.totals(actor=stranger).proposals == 0
    with pytest.raises(NotFound):
        selectors.proposal(actor=world.actor("canbo"), public_id=uuid4())
    with pytest.raises(NotAllowed):
        begin(world, unit="other_commune")


def test_a_plan_sums_its_own_proposals(world: World) -> None:
    controller = world.actor("kiemsoat")
    plan = PlanInput(2026, "Kế hoạch rà soát năm 2026", "10/QĐ-UBND", date(2026, 1, 15), "Chủ tịch")
    plan_id = services.make_plan(plan=plan, actor=controller, at=NOW)
    with pytest.raises(Invalid):
        services.make_plan(plan=plan, actor=controller, at=NOW)
    with pytest.raises(NotAllowed):
        services.make_plan(plan=replace(plan, title="Khác"), actor=world.actor("canbo"), at=NOW)
    begin(world, wish=replace(WISH, plan_id=plan_id))
    begin(world)
    (card,) = selectors.plans()
    assert (card.proposals, card.approved, card.saved_vnd) == (1, 0, 0)
    with pytest.raises(Invalid):
        begin(world, wish=replace(WISH, plan_id=plan_id + 1))


def test_the_list_asks_as_much_for_many_as_for_few(world: World, assert_flat_queries) -> None:
    actor = world.actor("canbo")
    assert_flat_queries(
        lambda: selectors.proposals(actor=actor), grow=lambda count: [begin(world) for _number in range(count)]
    )
