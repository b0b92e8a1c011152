"""A commune is merged into its neighbour: everything that hangs on it follows, nothing that was done changes."""

from datetime import date, datetime

import pytest
from tests.world import NOW, SINCE, World, make_world

from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers import selectors as reads
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import Offer, OfferException
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import Absence, InspectionOrder, PostHolding, Substitution
from motcua.foundation.accounts.types import NewHolding, OrderInput
from motcua.foundation.calendars import services as calendars
from motcua.foundation.calendars.models import Calendar
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.models import Agency, Post, Premises
from motcua.foundation.organisations.types import (
    Change,
    Decision,
    ItemAct,
    ReorganisationBlocked,
    ReorganisationState,
)

ON = date(2026, 12, 1)
DAY = datetime(2026, 12, 1, 0, 5, tzinfo=VIETNAM)
DECISION = Decision(number="88/NQ-HĐND", on=date(2026, 11, 10), by="Hội đồng nhân dân tỉnh", signer="Lê Văn An")

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def code_of(world: World, unit: str) -> str:
    return Agency.objects.values_list("code", flat=True).get(pk=world.units[unit])


def plan(world: World, *changes: Change, on: date = ON):
    public_id = services.draft_reorganisation(
        title="Sáp nhập xã Mỹ Đức", on=on, decision=DECISION, changes=changes, by=None, at=NOW
    )
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    return public_id


def merge_commune(world: World):
    """Merge the commune of the world into the other commune."""
    return plan(world, Change(ItemAct.MERGE, code_of(world, "commune"), target_code=code_of(world, "other_commune")))


def at_day(world: World) -> World:
    world.now = DAY.replace(hour=9)
    organisations.forget_directory()
    return world


def test_open_dossiers_go_to_the_heir_and_keep_who_received_them(world):
    filed = world.take_in()
    commune, heir = world.units["commune"], world.units["other_commune"]
    signed = world.take_in(name="Phan Thị Bích Trâm")
    world.lead_to(signed, "return_result")
    before = {entry.seq: entry.hash for entry in JournalEntry.objects.filter(dossier_id=filed.dossier_id)}
    merge_commune(world)

    assert services.carry_out_due(at=DAY) == 1

    at_day(world)
    for item in (filed, signed):
        dossier = Dossier.objects.get(pk=item.dossier_id)
        assert (dossier.receiving_agency_id, dossier.competent_agency_id) == (commune, heir)
        assert dossier.code == item.code
        assert journal.broken_link(dossier.pk) is None
        assert picture.replay(dossier.pk) == picture.picture_of(dossier)
        entry = JournalEntry.objects.filter(dossier_id=dossier.pk).latest("seq")
        assert (entry.act, entry.facts["from"], entry.facts["to"]) == ("inherited", commune, heir)
        assert entry.facts["decision"] == "88/NQ-HĐND"
        places = organisations.directory(on=ON).below[heir]
        assert {task.unit_id for task in workflow.open_tasks(dossier.run_id)} <= places
    kept = {entry.seq: entry.hash for entry in JournalEntry.objects.filter(dossier_id=filed.dossier_id)}
    assert before.items() <= kept.items()


def test_people_keep_their_posts_and_go_on_with_the_work_that_lay_before_them(world):
    filed = world.take_in()
    merge_commune(world)
    services.carry_out_due(at=DAY)
    at_day(world)

    actor = world.actor("canbo")
    work = reads.work_list(actor=actor, at=world.now)
    assert [row.dossier_public_id for row in work.rows] == [filed.public_id]
    step = dossiers.complete_step(
        dossier_id=filed.dossier_id, task_id=work.rows[0].task_id, outcome="enough", actor=actor, at=world.now
    )
    assert step.opened
    assert {post.agency_id for post in actor.posts} == {world.units["other_commune"]}
    assert reads.dossier_view(actor=world.actor("xa.tiepnhan"), public_id=filed.public_id, at=world.now).code
    held = PostHolding.objects.filter(person_id=world.people["lanhdao"]).order_by("valid")
    assert [(item.valid.lower, item.valid.upper) for item in held] == [(SINCE, ON), (ON, None)]
    assert held[1].post.continues_id == held[0].post_id == world.posts["lanhdao"][0]
    assert (held[0].post.unit_id, held[1].post.unit_id) == (world.units["commune"], world.units["other_commune"])
    lines = reads.dossier_view(actor=actor, public_id=filed.public_id, at=world.now).timeline
    assert any(item.kind == "inherited" and "88/NQ-HĐND" in item.outcome for item in lines)


def test_a_filing_that_nobody_accepted_is_received_by_the_heir_under_its_number(world):
    filed = world.file_online()
    merge_commune(world)
    services.carry_out_due(at=DAY)
    at_day(world)

    accepted = dossiers.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("xa.tiepnhan"), at=world.now)

    assert accepted.receiving_agency_id == world.units["other_commune"]
    assert accepted.code.startswith(f"{code_of(world, 'other_commune')}-261201-")


def test_the_desk_of_the_heir_hands_out_what_the_former_commune_finished(world):
    filed = world.take_in()
    world.lead_to(filed, "return_result")
    merge_commune(world)
    services.carry_out_due(at=DAY)
    at_day(world)

    world.step(filed, "returned", by="xa.tiepnhan", at=world.now, recipient_name="Trần Thị Mỹ Duyên")

    assert Dossier.objects.get(pk=filed.dossier_id).state == "returned"


def test_offers_premises_and_calendars_follow(world):
    commune, heir = world.units["commune"], world.units["other_commune"]
    calendars.create_calendar(code="XA1", agency_id=commune, name="Lịch xã", at=NOW)
    services.open_premises(agency_id=world.units["centre"], name="Trụ sở", address="Mỹ Đức", since=date(2025, 7, 1))
    merge_commune(world)
    services.carry_out_due(at=DAY)

    assert Calendar.objects.get(agency_id=commune).valid.upper == ON
    assert Calendar.objects.get(agency_id=heir).valid.lower == ON
    assert Premises.objects.filter(agency_id=world.units["other_centre"], name="Trụ sở", valid__contains=ON).exists()
    assert not [offer for offer in procedures.offers_of_agency(heir, on=ON) if offer.agency_id == commune]
    events = OutboxEvent.objects.filter(topic="organisations.agency_succeeded").values_list("payload", flat=True)
    assert {(item["predecessor_id"], item["successor_id"]) for item in events} >= {(commune, heir)}


def test_the_preview_counts_everything_and_changes_nothing(world):
    world.take_in()
    world.file_online()
    public_id = services.draft_reorganisation(
        title="Sáp nhập", on=ON, decision=DECISION, by=None, at=NOW,
        changes=[Change(ItemAct.MERGE, code_of(world, "commune"), target_code=code_of(world, "other_commune"))],
    )  # fmt: skip

    seen = organisations.preview(public_id)

    counts = {item.code: item.total for item in seen.affected}
    assert counts["dossiers.open"] == 2
    assert counts["dossiers.desk"] == 1
    assert counts["dossiers.tasks"] == 1
    assert counts["accounts.people"] == counts["organisations.posts"] > 5
    assert counts["dossiers.numbering"] == 1
    assert not seen.blocking
    followed = [fate.act for fate in seen.fates if fate.is_derived]
    assert sorted(followed) == ["merge", "move", "move"]  # the centre has its like, the two divisions do not
    assert organisations.directory(on=ON).agencies.keys() >= {world.units["commune"]}


def test_a_reform_that_leaves_dossiers_without_home_is_refused_with_the_mend(world):
    world.take_in()
    public_id = services.draft_reorganisation(
        title="Giải thể", on=ON, decision=DECISION, by=None, at=NOW,
        changes=[Change(ItemAct.ABOLISH, code_of(world, "commune"))],
    )  # fmt: skip

    with pytest.raises(ReorganisationBlocked) as refusal:
        services.plan_reorganisation(public_id=public_id, by=None, at=NOW)

    codes = {problem.code for problem in refusal.value.problems}
    assert codes == {"without-home", "unit-without-home"}
    assert all(problem.reason and problem.mend for problem in refusal.value.problems)
    assert organisations.reorganisation(public_id).state == ReorganisationState.DRAFT


def test_it_goes_on_after_an_interruption_and_does_nothing_twice(world, monkeypatch):
    taken = [world.take_in(name=f"Người {number}") for number in range(5)]
    public_id = merge_commune(world)
    calls = []
    from motcua.casework.dossiers.services import succession

    whole = succession._hand_over

    def falls(dossier, who, at):
        calls.append(dossier.pk)
        if len(calls) == 4:
            raise RuntimeError("the machine went down")
        whole(dossier, who, at)

    monkeypatch.setattr(succession, "_hand_over", falls)
    with pytest.raises(RuntimeError):
        services.carry_out_due(at=DAY, batch=2)
    assert organisations.reorganisation(public_id).state == ReorganisationState.UNDER_WAY
    assert Dossier.objects.filter(competent_agency_id=world.units["other_commune"]).count() == 2

    services.carry_out_due(at=DAY, batch=2)
    services.carry_out_due(at=DAY, batch=2)

    assert organisations.reorganisation(public_id).state == ReorganisationState.CARRIED_OUT
    assert JournalEntry.objects.filter(act="inherited").count() == len(taken)
    assert Dossier.objects.filter(competent_agency_id=world.units["other_commune"]).count() == len(taken)
    assert OutboxEvent.objects.filter(topic="dossiers.inherited").count() == len(taken)


def test_a_draft_that_waited_over_the_reform_is_filed_at_the_heir(world):
    filing = world.filing(channel="online", citizen_person_id=world.people["congdan"])
    merge_commune(world)
    services.carry_out_due(at=DAY)
    at_day(world)

    filed = dossiers.file_online(filing=filing, actor=world.actor("congdan"), at=world.now)

    dossier = Dossier.objects.get(pk=filed.dossier_id)
    heir = world.units["other_commune"]
    assert (dossier.competent_agency_id, dossier.receiving_agency_id) == (heir, heir)


def test_papers_printed_later_carry_the_heir_and_old_ones_can_be_printed_again(world):
    filed = world.take_in()
    merge_commune(world)
    services.carry_out_due(at=DAY)
    at_day(world)

    names = organisations.directory(on=ON)
    former, heir = (names.find(world.units[unit]).short_name for unit in ("commune", "other_commune"))
    slip = reads.control_slip_data(dossier_id=filed.dossier_id, at=world.now)
    view = reads.dossier_view(actor=world.actor("canbo"), public_id=filed.public_id, at=world.now)

    assert slip.rows[0].taker
    assert (view.receiving_name, view.competent_name) == (former, heir)


def test_who_was_sent_by_an_agency_that_ends_keeps_the_post_and_belongs_to_the_heir(world):
    department, centre = world.units["department"], world.units["province_centre"]
    post = services.open_post(unit_id=centre, role="receptionist", title="Công chức được cử đến", since=SINCE)
    holding = NewHolding(person_id=world.people["so.canbo"], post_id=post.pk, home_agency_id=department)
    accounts.assign_posts(holdings=[holding], since=SINCE)
    plan(world, Change(ItemAct.MERGE, code_of(world, "department"), target_code=code_of(world, "province_centre")))

    services.carry_out_due(at=DAY)

    held = PostHolding.objects.filter(post=post).order_by("valid")
    assert [(item.home_agency_id, item.valid.upper) for item in held] == [(department, ON), (centre, None)]


def test_who_stands_in_for_an_absent_leader_does_so_over_the_reform(world):
    away = Absence.objects.create(
        person_id=world.people["lanhdao"], kind="leave", state="approved", asked_by_id=world.people["lanhdao"],
        asked_at=NOW, valid=(NOW.date(), date(2026, 12, 20)),
    )  # fmt: skip
    former = world.posts["lanhdao"][0]
    Substitution.objects.create(absence=away, post_id=former, substitute_id=world.people["truongphong"])
    merge_commune(world)

    services.carry_out_due(at=DAY)

    posts = set(Substitution.objects.filter(absence=away).values_list("post_id", flat=True))
    assert posts == {former, Post.objects.get(continues_id=former).pk}
    assert at_day(world).actor("truongphong").stands_for == {world.people["lanhdao"]}


def test_an_order_of_inspection_that_runs_on_names_the_heir_too(world):
    filed = world.take_in()
    commune, heir = world.units["commune"], world.units["other_commune"]
    order = OrderInput(
        number="12/QĐ-TTr", issued_on=NOW.date(), inspector_id=world.people["thanhtra"], purpose="Thanh tra công vụ",
        unit_ids=(commune,), filed_since=date(2026, 1, 1), filed_until=date(2026, 12, 31),
        valid_since=NOW.date(), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    accounts.order_inspection(order=order, actor=world.actor("lanhdao.tinh"), at=NOW)
    merge_commune(world)

    services.carry_out_due(at=DAY)

    assert InspectionOrder.objects.get().unit_ids == [commune, heir]
    assert Dossier.objects.visible_to(at_day(world).actor("thanhtra")).get().pk == filed.dossier_id


def test_a_new_commune_takes_no_procedure_that_none_of_its_parts_took(world):
    parts = [world.units["commune"], world.units["other_commune"]]
    none_takes, one_takes = Offer.objects.order_by("pk")[:2]
    for part in parts:
        OfferException.objects.create(offer=none_takes, agency_id=part)
    OfferException.objects.create(offer=one_takes, agency_id=parts[0])
    plan(
        world,
        Change(ItemAct.CREATE, "XM", parent_code=code_of(world, "province"), kind="commune", level="commune",
               name="Ủy ban nhân dân xã Mới", short_name="Xã Mới"),
        *(Change(ItemAct.MERGE, code_of(world, unit), target_code="XM") for unit in ("commune", "other_commune")),
    )  # fmt: skip

    services.carry_out_due(at=DAY)

    heir = Agency.objects.get(code="XM").pk
    assert set(OfferException.objects.filter(agency_id=heir).values_list("offer_id", flat=True)) == {none_takes.pk}
