"""Decisions: drafted by a department, checked and published by procedure control, entered in time, corrected."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from tests.world import BUSINESS, CERTIFICATION, NOW, World, make_world

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import Decision, DecisionItem, ProcedureVersion
from motcua.casework.procedures.tests.conftest import make_record
from motcua.casework.procedures.types import (
    DecisionHead,
    DecisionIncomplete,
    DecisionNotOpen,
    IssuerKind,
    OwnDraft,
    ProcedureNotInForce,
)
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotAllowed, Stale

TODAY = date(2026, 11, 23)
FIRST_DAY = date(2026, 11, 24)


@pytest.fixture
def world(db: None) -> World:
    """A province to work in."""
    selectors.forget_choices()
    return make_world()


def signed(**changes: object) -> DecisionHead:
    """Return a head with everything that publishing asks for."""
    kept = documents.store_upload(
        file=BytesIO(samples.pdf()), name="qd.pdf", purpose="other", at=NOW, owner_key="decision:test"
    )
    values = {
        "title": "Công bố thủ tục hành chính", "issuer": "Chủ tịch UBND tỉnh An Giang", "number": "1234/QĐ-UBND",
        "issued_on": TODAY, "signer": "Hồ Trung Nghĩa", "effective_on": FIRST_DAY, "file_id": kept.public_id,
    } | changes  # fmt: skip
    return DecisionHead(**values)  # type: ignore[arg-type]


def draft(world: World, *items: tuple[str, str], **head: object) -> object:
    """Return a draft of the department with items (act, code)."""
    actor = world.actor("so.canbo")
    made = services.begin_decision(head=signed(**head), actor=actor, at=NOW)
    for act, code in items:
        successors = (CERTIFICATION,) if act == "replaced" else ()
        services.add_item(decision_id=made, act=act, code=code, successors=successors, actor=actor, at=NOW)
    return made


def with_fee(world: World, decision: object, amount: int) -> None:
    """Charge another fee for every way of the only item."""
    item = selectors.decision(decision).items[0]
    record = item.record
    for method in record["submission_methods"]:
        method["fees"] = [{"kind": "le_phi", "amount": amount, "currency": "VND", "note": "Lệ phí"}]
    services.save_record(
        item_id=item.public_id, record=record, lock_version=None, actor=world.actor("so.canbo"), at=NOW
    )


def published(world: World, decision: object) -> None:
    """Check and publish."""
    keeper = world.actor("kiemsoat")
    services.check_decision(public_id=decision, actor=keeper, at=NOW)
    services.publish_decision(public_id=decision, actor=keeper, at=NOW)


def test_an_amended_procedure_is_checked_published_and_open_dossiers_keep_their_version(world: World) -> None:
    filed = world.take_in()
    decision = draft(world, ("amended", BUSINESS))
    with_fee(world, decision, 70_000)

    published(world, decision)

    before = selectors.procedure_page(BUSINESS, on=TODAY)
    after = selectors.procedure_page(BUSINESS, on=FIRST_DAY)
    assert {fee.amount_vnd for fee in before.fees} == {50_000}
    assert {fee.amount_vnd for fee in after.fees} == {70_000}
    assert after.decision_no == "1234/QĐ-UBND"
    assert Dossier.objects.get(pk=filed.dossier_id).procedure_version_id == before.version_id
    card = selectors.decision(decision)
    assert card.items[0].made_version_id == after.version_id
    assert [line.act for line in card.log] == ["published", "checked", "record_saved", "item_added", "drafted"]
    assert OutboxEvent.objects.filter(topic="procedures.decision_published").count() == 1


def test_a_missing_part_is_named_at_its_item_and_nothing_is_checked(world: World) -> None:
    decision = draft(world, ("amended", BUSINESS))
    item = selectors.decision(decision).items[0]
    services.save_record(
        item_id=item.public_id, record=item.record | {"results": []}, lock_version=None,
        actor=world.actor("so.canbo"), at=NOW,
    )  # fmt: skip

    with pytest.raises(DecisionIncomplete) as refused:
        services.check_decision(public_id=decision, actor=world.actor("kiemsoat"), at=NOW)

    assert list(refused.value.fields) == [str(item.public_id)]
    assert [part for part, _words in selectors.decision(decision).items[0].problems] == ["results"]
    assert Decision.objects.get(public_id=decision).state == "draft"


def test_what_is_published_or_checked_is_not_changed_any_more(world: World) -> None:
    decision = draft(world, ("amended", BUSINESS))
    with_fee(world, decision, 70_000)
    drafter, keeper = world.actor("so.canbo"), world.actor("kiemsoat")
    item = selectors.decision(decision).items[0].public_id
    services.check_decision(public_id=decision, actor=keeper, at=NOW)

    with pytest.raises(DecisionNotOpen):
        services.save_record(item_id=item, record={}, lock_version=None, actor=drafter, at=NOW)
    services.reopen_decision(public_id=decision, reason="Sai mức phí", actor=keeper, at=NOW)
    services.save_record(
        item_id=item, record=selectors.decision_item(item)[1].record, lock_version=None, actor=drafter, at=NOW
    )
    with pytest.raises(Stale):
        services.save_record(item_id=item, record={}, lock_version=1, actor=drafter, at=NOW)
    published(world, decision)
    with pytest.raises(DecisionNotOpen):
        services.revise_decision(public_id=decision, head=signed(), lock_version=None, actor=drafter, at=NOW)


def test_who_drafts_does_not_check_and_communes_do_not_draft(world: World) -> None:
    keeper = world.actor("kiemsoat")
    with pytest.raises(NotAllowed):
        services.begin_decision(head=signed(), actor=world.actor("canbo"), at=NOW)
    own = services.begin_decision(head=signed(), actor=keeper, at=NOW)
    with pytest.raises(OwnDraft):
        services.check_decision(public_id=own, actor=keeper, at=NOW)
    with pytest.raises(NotAllowed):
        services.check_decision(public_id=own, actor=world.actor("so.canbo"), at=NOW)
    with pytest.raises(NotAllowed):
        services.publish_decision(public_id=own, actor=world.actor("lanhdao"), at=NOW)


def test_publishing_is_all_or_nothing_and_needs_the_signature(world: World) -> None:
    decision = draft(world, ("amended", BUSINESS), ("abolished", CERTIFICATION), number="")
    keeper = world.actor("kiemsoat")
    services.check_decision(public_id=decision, actor=keeper, at=NOW)
    with pytest.raises(Invalid) as unsigned:
        services.publish_decision(public_id=decision, actor=keeper, at=NOW)
    assert set(unsigned.value.fields) == {"number"}

    services.revise_decision(public_id=decision, head=signed(), lock_version=None, actor=keeper, at=NOW)
    with pytest.raises(Invalid) as refused:  # the amended record equals the one in force
        services.publish_decision(public_id=decision, actor=keeper, at=NOW)

    assert list(refused.value.fields) == [str(selectors.decision(decision).items[0].public_id)]
    assert selectors.procedure_page(CERTIFICATION, on=FIRST_DAY).valid_until is None


def test_a_replaced_procedure_ends_and_a_correcting_decision_brings_it_back(world: World) -> None:
    filed = world.take_in()
    decision = draft(world, ("replaced", BUSINESS))
    published(world, decision)

    with pytest.raises(ProcedureNotInForce) as ended:
        selectors.procedure_page(BUSINESS, on=FIRST_DAY)
    assert [ref.code for ref in ended.value.successors] == [CERTIFICATION]
    assert Dossier.objects.get(pk=filed.dossier_id).procedure_version_id

    correcting = services.correct_decision(public_id=decision, actor=world.actor("so.canbo"), at=NOW)
    head = signed(title="Đính chính", number="1300/QĐ-UBND", effective_on=FIRST_DAY + timedelta(days=7))
    services.revise_decision(public_id=correcting, head=head, lock_version=None, actor=world.actor("so.canbo"), at=NOW)
    published(world, correcting)
    assert selectors.procedure_page(BUSINESS, on=FIRST_DAY + timedelta(days=7)).name.startswith("Đăng ký thành lập")
    assert selectors.decision(decision).corrected_by == ((correcting, "1300/QĐ-UBND"),)


def test_a_new_procedure_needs_its_eight_parts(world: World) -> None:
    actor = world.actor("so.canbo")
    decision = draft(world)
    made = services.add_item(decision_id=decision, act="new", code="1.000001", name="Thử", actor=actor, at=NOW)
    assert len(selectors.decision_item(made)[1].problems) >= 7

    services.save_record(
        item_id=made, record=make_record(competent_agency="UBND xã"), lock_version=None, actor=actor, at=NOW
    )
    page = services.preview_page(item_id=made, on=TODAY, at=NOW)
    assert page.name == "Thủ tục đăng ký thử nghiệm"
    assert not ProcedureVersion.objects.filter(procedure__code="1.000001").exists()
    published(world, decision)
    assert selectors.procedure_page("1.000001", on=FIRST_DAY).limits


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        ("new", BUSINESS, "code"),
        ("amended", "1.999999", "code"),
        ("amended", "không phải mã", "code"),
        ("replaced", BUSINESS, "successors"),
    ],
)
def test_an_item_that_cannot_be_is_refused_at_its_entry(world: World, act: str, code: str, field: str) -> None:
    decision = draft(world)

    with pytest.raises(Invalid) as refused:
        services.add_item(decision_id=decision, act=act, code=code, actor=world.actor("so.canbo"), at=NOW)

    assert list(refused.value.fields) == [field]
    assert not DecisionItem.objects.exists()


@pytest.mark.parametrize(
    ("kind", "is_shortened", "due_on"),
    [  # 24 November 2026 is a day off of the packaged calendar
        (IssuerKind.CHAIRMAN, False, date(2026, 12, 1)),
        (IssuerKind.MINISTER, False, date(2026, 12, 8)),
        (IssuerKind.CHAIRMAN, True, date(2026, 11, 26)),
    ],
)
def test_the_last_day_of_entry_follows_the_rules_in_force(
    world: World, kind: str, is_shortened: bool, due_on: date
) -> None:
    decision = draft(world, ("abolished", CERTIFICATION), issuer_kind=kind, is_shortened=is_shortened)
    published(world, decision)

    assert selectors.decision(decision).line.entry_due_on == due_on


def test_entry_is_watched_until_it_is_marked(world: World) -> None:
    decision = draft(world, ("abolished", CERTIFICATION))
    published(world, decision)
    assert services.warn_of_entries(at=NOW) == 0
    late = datetime(2026, 12, 2, 8, tzinfo=NOW.tzinfo)
    assert services.warn_of_entries(at=late) == 1
    assert services.warn_of_entries(at=late) == 0
    assert selectors.working_days_left(date(2026, 12, 1), on=late.date()) == -1
    assert [line.number for line in selectors.decisions(to_enter=True)] == ["1234/QĐ-UBND"]

    with pytest.raises(Invalid):
        services.mark_entered(public_id=decision, entered_on=date(2026, 11, 1), actor=world.actor("kiemsoat"), at=late)
    services.mark_entered(public_id=decision, entered_on=date(2026, 12, 2), actor=world.actor("kiemsoat"), at=late)

    assert not selectors.decisions(to_enter=True)
    assert services.warn_of_entries(at=late + timedelta(days=1)) == 0


def test_figures_count_items_and_what_past_decisions_state(world: World) -> None:
    published(world, draft(world, ("abolished", CERTIFICATION)))
    services.record_past_decision(
        head=DecisionHead(title="Năm 2021", issuer="Chủ tịch", number="1/QĐ-UBND", issued_on=date(2026, 3, 1)),
        stated={"new": 216, "abolished": 173}, actor=SYSTEM, at=NOW,
    )  # fmt: skip

    figures = selectors.decision_figures(since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert (figures.decisions, figures.by_act["new"], figures.by_act["abolished"]) == (2, 216, 174)
    assert selectors.decision_figures(since=TODAY, until=TODAY).by_act["abolished"] == 1
    assert [line.number for line in selectors.decisions(act="new")] == ["1/QĐ-UBND"]

    now, then = selectors.catalogue_figures(on=TODAY), selectors.catalogue_figures(on=FIRST_DAY)
    assert (now.total, then.total, then.by_level["commune"]) == (2, 1, 1)
    assert [row[0] for row in selectors.procedures_behind(on=FIRST_DAY, level="commune")] == [BUSINESS]
