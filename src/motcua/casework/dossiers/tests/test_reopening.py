"""Closed dossiers opened again, wrong results corrected, second supplements approved: who may, what is kept."""

from datetime import datetime
from typing import Any

import pytest
from tests.world import World

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import BookLine, Dossier, ReplacedResult, SupplementApproval
from motcua.casework.dossiers.tests.test_extending import _file, at, is_whole, row
from motcua.casework.dossiers.types import (
    ApprovalDecided,
    ApprovalNotNeeded,
    ApprovalPending,
    DossierClosed,
    Filed,
    NoResultToCorrect,
    NotReopenable,
    SupplementAlreadyAsked,
    SupplementAnswer,
    SupplementItem,
)
from motcua.casework.workflow.models import Run
from motcua.foundation.core import relay
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotAllowed
from motcua.insight.statistics import services as statistics
from motcua.insight.statistics.models import AgencyDay, DossierFact

ITEM = SupplementItem(reason="Thiếu chữ ký")
WHY = {"reason": "Ghi sai tên hộ kinh doanh", "ground": "Điều 21 Nghị định 61/2018/NĐ-CP", "effect": "resume"}


def ask(world: World, filed: Filed, when: datetime) -> None:
    world.step(filed, "lacking", by="canbo", at=when, note="x", supplement=(ITEM,))


def answer(world: World, filed: Filed, when: datetime) -> None:
    services.answer_supplement(
        dossier_id=filed.dossier_id, answers=(SupplementAnswer(None, (_file(world),)),), actor=world.actor("tiepnhan"),
        at=when,
    )  # fmt: skip


def asked_once(world: World) -> Filed:
    filed = world.take_in()
    ask(world, filed, at(25, 9))
    answer(world, filed, at(25, 10))
    return filed


def propose(world: World, filed: Filed, by: str = "canbo") -> SupplementApproval:
    return services.ask_for_second_supplement(
        dossier_id=filed.dossier_id, reason="Giấy mới nộp bị mờ", actor=world.actor(by), at=at(25, 11)
    )


def decide(world: World, asked: SupplementApproval, *, granted: bool, by: str = "lanhdao", answer: str = "Được") -> Any:
    return services.decide_second_supplement(
        approval_id=asked.pk, is_granted=granted, answer=answer, actor=world.actor(by), at=at(25, 14)
    )


def test_a_second_supplement_needs_a_leader(world: World) -> None:
    filed = world.take_in()
    with pytest.raises(ApprovalNotNeeded):
        propose(world, filed)
    ask(world, filed, at(25, 9))
    answer(world, filed, at(25, 10))
    with pytest.raises(SupplementAlreadyAsked):
        ask(world, filed, at(25, 10))

    asked = propose(world, filed)
    with pytest.raises(ApprovalPending):
        propose(world, filed)
    with pytest.raises(SupplementAlreadyAsked):  # asked for is not approved
        ask(world, filed, at(25, 11))
    for by in ("canbo", "truongphong", "lanhdao.tinh"):
        with pytest.raises(NotAllowed):
            decide(world, asked, granted=True, by=by)
    with pytest.raises(Invalid):
        decide(world, asked, granted=True, answer=" ")
    decide(world, asked, granted=True)
    with pytest.raises(ApprovalDecided):
        decide(world, asked, granted=False)

    ask(world, filed, at(25, 15))
    answer(world, filed, at(25, 16))
    with pytest.raises(SupplementAlreadyAsked):  # used once
        ask(world, filed, at(25, 16))
    assert row(filed).supplement_count == 2
    assert is_whole(filed)


def test_a_declined_second_supplement_stays_refused(world: World) -> None:
    filed = asked_once(world)
    decide(world, propose(world, filed), granted=False, answer="Đã đủ để giải quyết")
    with pytest.raises(SupplementAlreadyAsked):
        ask(world, filed, at(25, 15))
    shown = selectors.approval_of(dossier_id=filed.dossier_id)
    assert shown is not None
    assert (shown.state, shown.answer) == ("declined", "Đã đủ để giải quyết")
    assert propose(world, filed, by="lanhdao").state == "granted"  # a leader's own reason approves at once


def finished(world: World) -> Filed:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    world.lead_to(filed, "return_result")
    world.step(filed, "returned", by="tiepnhan", at=at(23, 16))
    return filed


def correct(world: World, filed: Filed, by: str = "lanhdao", **changes: Any) -> Any:
    values = WHY | {"step": "T4", "fault": "agency", "fee_vnd": 50_000, "at": at(26, 9)} | changes
    return services.correct_result(dossier_id=filed.dossier_id, actor=world.actor(by), **values)


def test_a_wrong_result_is_corrected_at_the_agencys_cost(world: World) -> None:
    filed = finished(world)
    old = row(filed).result
    number, line = old.number, old.line_id

    done = correct(world, filed)

    dossier = row(filed)
    assert (dossier.state, dossier.closed_at, dossier.finished_at, dossier.outcome) == ("in_process", None, None, "")
    assert (done.fee_vnd, done.old_due_at, done.new_due_at) == (0, at(27, 17), dossier.due_at)
    assert dossier.due_at is not None
    assert dossier.due_at > at(27, 17)  # the time for which it was closed is not counted
    assert is_whole(filed)
    kept = ReplacedResult.objects.get(dossier=dossier)
    assert (kept.number, kept.line_id, kept.returned_to) == (number, line, dossier.applicant_name)
    assert "Điều 21" in selectors.replaced_lines([line])[line]
    clerk, book = world.actor("vanthu"), BookLine.objects.get(pk=line).book_id
    card = selectors.book_card(book_id=book, actor=clerk, at=at(26, 9))
    assert "Điều 21" in next(item for item in selectors.book_lines(card=card) if item.id == line).note
    assert [task.node for task in world.tasks(filed)] == ["T4"]
    with pytest.raises(DossierClosed):  # a result was decided: it is corrected, not withdrawn
        services.withdraw(dossier_id=dossier.pk, reason="x", actor=world.actor("congdan"), at=at(26, 10))

    for outcome, by in (("sign", "lanhdao"), ("issued", "vanthu"), ("brought", "vanthu"), ("returned", "tiepnhan")):
        world.step(filed, outcome, by=by, at=at(26, 11))
    again = row(filed)
    assert again.state == "returned"
    assert again.result.number not in {"", number}
    assert BookLine.objects.filter(dossier=again).count() == 2  # both numbers stay in the book
    assert is_whole(filed)


def test_the_figures_follow_and_a_rebuild_ends_equal(world: World) -> None:
    def counted() -> tuple[Any, ...]:
        while relay.relay_batch(at=at(26, 12), size=50):
            pass
        facts = DossierFact.objects.values_list("dossier_id", "state", "settled", "settled_law", "ended_on", "due_at")
        days = AgencyDay.objects.filter(early__gt=0).values_list("agency_id", "day", "early")
        return sorted(facts, key=str), sorted(days)

    filed = finished(world)
    before = counted()
    correct(world, filed)
    after = counted()
    assert before != after
    assert after[1] == []  # open again: nothing is settled
    statistics.rebuild_statistics()
    assert counted() == after


def test_a_dossier_withdrawn_by_mistake_is_opened_again(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    world.step(filed, "enough", by="canbo", at=at(25, 9))
    with pytest.raises(NotReopenable):
        services.reopen(dossier_id=filed.dossier_id, step="T3", actor=world.actor("lanhdao"), at=at(25, 9), **WHY)
    services.withdraw(dossier_id=filed.dossier_id, reason="nhầm", actor=world.actor("congdan"), at=at(25, 10))
    steps = selectors.reopening_steps(dossier_id=filed.dossier_id, is_correction=False)
    assert [code for code, _name in steps] == ["T3", "T2"]
    promised = selectors.reopening_dates(dossier_id=filed.dossier_id, at=at(26, 10))

    services.reopen(dossier_id=filed.dossier_id, step="T3", actor=world.actor("lanhdao"), at=at(26, 10), **WHY)

    dossier = row(filed)
    assert (dossier.state, dossier.due_at) == ("in_process", at(30, 17))
    assert promised.rest == dossier.due_at
    assert [task.node for task in world.tasks(filed)] == ["T3"]
    assert Run.objects.get(pk=dossier.run_id).state == "running"
    assert OutboxEvent.objects.filter(topic="dossiers.reopened", subject=str(dossier.pk)).count() == 1
    assert is_whole(filed)
    ledger = selectors.dossier_ledger(dossier_id=dossier.pk, at=at(26, 11))
    assert ledger.due_at == dossier.due_at


def test_the_limit_may_start_from_zero(world: World) -> None:
    filed = finished(world)
    promised = selectors.reopening_dates(dossier_id=filed.dossier_id, at=at(26, 9))
    correct(world, filed, effect="restart")
    dossier = row(filed)
    assert dossier.due_at == promised.anew == at(1, 17, month=12)
    assert dossier.restarted_at == at(26, 9)
    assert is_whole(filed)


def test_a_wrong_result_at_the_desk_is_corrected_before_it_is_handed_over(world: World) -> None:
    filed = world.take_in()
    world.lead_to(filed, "return_result")
    correct(world, filed, fault="applicant", step="T2")
    assert [task.node for task in world.tasks(filed)] == ["T2"]
    shown = selectors.reopenings_of(dossier_id=filed.dossier_id)[0]
    assert (shown.fault, shown.fee_vnd) == ("applicant", 50_000)
    assert is_whole(filed)


def test_who_may_and_what_must_be_said(world: World) -> None:
    filed = finished(world)
    for by in ("canbo", "truongphong", "vanthu", "lanhdao.tinh", "congdan"):
        with pytest.raises(NotAllowed):
            correct(world, filed, by=by)
    with pytest.raises(Invalid) as refusal:
        correct(world, filed, reason=" ", ground="", fault="nobody", effect="x", step="T5")
    assert set(refusal.value.fields) == {"reason", "ground", "fault", "effect", "step"}
    with pytest.raises(NoResultToCorrect):
        correct(world, world.take_in())
    assert journal.broken_link(filed.dossier_id) is None
    assert picture.replay(filed.dossier_id) == picture.picture_of(Dossier.objects.get(pk=filed.dossier_id))
