"""Two rules that end alike and count differently: a pause gives the rest on, a return starts from zero."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.world import World

from motcua.casework.dossiers import holding, journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, Pause
from motcua.casework.dossiers.tests.test_extending import _file, is_whole
from motcua.casework.dossiers.types import (
    DossierSuspended,
    Filed,
    NotSuspended,
    ReturnTooLate,
    SupplementAnswer,
    SupplementItem,
)
from motcua.casework.workflow.types import Holder
from motcua.foundation.calendars.types import StopHolder
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotAllowed


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def row(filed: Filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def ask(world: World, filed: Filed, when: datetime, *, is_return: bool) -> None:
    item = SupplementItem(reason="Thiếu chữ ký")
    world.step(filed, "lacking", by="canbo", at=when, note="x", supplement=(item,), is_return=is_return)


def answer(world: World, filed: Filed, when: datetime) -> None:
    services.answer_supplement(
        dossier_id=filed.dossier_id, answers=(SupplementAnswer(None, (_file(world),)),), actor=world.actor("tiepnhan"),
        at=when,
    )  # fmt: skip


# Three working days from Monday 23 November 09:00; 24 is off; due Friday 27, 17:00.
@pytest.mark.parametrize(
    ("asked", "answered", "is_return", "due"),
    [
        (at(25, 9), at(25, 9), False, at(27, 17)),  # a pause of no time changes nothing
        (at(25, 9), at(26, 9), False, at(30, 17)),  # one working day later
        (at(25, 9), at(30, 9), False, at(2, 17, month=12)),
        (at(25, 9), at(25, 9), True, at(30, 17)),  # from zero on the 25th: 26, 27, 30
        (at(25, 9), at(30, 9), True, at(3, 17, month=12)),
        (at(27, 16), at(4, 16, month=12), True, at(9, 17, month=12)),
    ],
)
def test_rest_or_from_zero(world: World, asked: datetime, answered: datetime, is_return: bool, due: datetime) -> None:
    filed = world.take_in()
    ask(world, filed, asked, is_return=is_return)
    assert row(filed).due_at is None

    answer(world, filed, answered)

    dossier = row(filed)
    assert dossier.due_at == due
    assert (dossier.restarted_at == answered) == is_return
    reasons = [change.reason_code for change in selectors.due_history(dossier_id=dossier.pk)]
    assert reasons == (["returned", "restarted"] if is_return else ["wait_supplement", "resumed"])
    assert is_whole(filed)


# within 3 working days of reception: until Friday 27, 17:00
@pytest.mark.parametrize(("now", "is_late"), [(at(27, 17), False), (at(27, 17, 1), True), (at(30, 8), True)])
def test_a_return_comes_within_three_working_days(world: World, now: datetime, is_late: bool) -> None:
    filed = world.take_in()
    if is_late:
        with pytest.raises(ReturnTooLate):
            ask(world, filed, now, is_return=True)
        ask(world, filed, now, is_return=False)
    else:
        ask(world, filed, now, is_return=True)
    assert Pause.objects.get(dossier_id=filed.dossier_id).effect == ("resume" if is_late else "restart")


def suspend(world: World, filed: Filed, when: datetime, *, by: str = "lanhdao", holder: str = "court") -> None:
    services.suspend(
        dossier_id=filed.dossier_id, holder=holder, reason="Tòa án thụ lý tranh chấp", ground="Điều 236 Luật Đất đai",
        actor=world.actor(by), at=when,
    )  # fmt: skip


def test_a_suspension_names_its_holder_and_gives_the_rest_on(world: World) -> None:
    filed = world.take_in()

    suspend(world, filed, at(25, 9))

    dossier = row(filed)
    assert (dossier.is_suspended, dossier.due_at, dossier.waiting_for) == (True, None, "other_body")
    with pytest.raises(DossierSuspended):
        world.step(filed, "enough", by="canbo", at=at(25, 10))
    with pytest.raises(DossierSuspended):
        suspend(world, filed, at(25, 10))
    assert is_whole(filed)

    services.end_suspension(dossier_id=filed.dossier_id, actor=world.actor("truongphong"), at=at(26, 9))

    dossier = row(filed)
    assert (dossier.is_suspended, dossier.due_at, dossier.waiting_for) == (False, at(30, 17), "")
    assert is_whole(filed)
    with pytest.raises(NotSuspended):
        services.end_suspension(dossier_id=filed.dossier_id, actor=world.actor("truongphong"), at=at(26, 10))
    ledger = selectors.dossier_ledger(dossier_id=filed.dossier_id, at=at(26, 9))
    totals = {total.holder.kind: total.seconds for total in ledger.holders}
    assert totals["court"] == 8 * 3600
    stop = next(line for line in ledger.lines if line.kind == "pause")
    assert stop.ground == "Điều 236 Luật Đất đai"


@pytest.mark.parametrize("by", ["tiepnhan", "canbo", "vanthu", "so.canbo", "kiemsoat", "congdan"])
def test_heads_and_leaders_suspend(world: World, by: str) -> None:
    with pytest.raises(NotAllowed):
        suspend(world, world.take_in(), at(25, 9), by=by)


def test_a_suspension_says_for_whom_why_and_by_which_law(world: World) -> None:
    filed = world.take_in()
    with pytest.raises(Invalid) as refusal:
        services.suspend(
            dossier_id=filed.dossier_id, holder="nobody", reason="", ground=" ", actor=world.actor("lanhdao"),
            at=at(25, 9),
        )  # fmt: skip
    assert set(refusal.value.fields) == {"holder", "reason", "ground"}


def test_withdrawn_while_suspended(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    suspend(world, filed, at(25, 9))

    services.withdraw(dossier_id=filed.dossier_id, reason="đổi ý", actor=world.actor("congdan"), at=at(25, 10))

    assert not row(filed).is_suspended
    assert journal.broken_link(filed.dossier_id) is None
    assert picture.replay(filed.dossier_id) == picture.picture_of(row(filed))


@pytest.mark.parametrize("holder", [holder for holder in Holder if holder != Holder.STAFF])
def test_every_holder_of_a_drawn_step_is_a_holder_of_a_stop(world: World, holder: Holder) -> None:
    task = world.tasks(world.take_in())[0]

    named = holding.holder_of(replace(task, spec=replace(task.spec, holder=holder.value)))

    assert named in StopHolder.values
    assert holding.outside(named).name
