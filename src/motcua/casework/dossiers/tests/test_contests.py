"""Contested acts of citizens and desks with real threads, and numbers that roll back with what they were taken for."""

from typing import Any

import pytest
from tests.world import NOW, World, make_world

from motcua.casework.dossiers import journal, picture, services
from motcua.casework.dossiers.models import BookLine, CodeSequence, Dossier, JournalEntry, RegisterBook
from motcua.casework.dossiers.services import intake, steps
from motcua.casework.dossiers.tests.test_life import _file
from motcua.casework.dossiers.tests.test_races import together
from motcua.casework.dossiers.types import DossierClosed, State, StepInput, SupplementAnswer, SupplementItem
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Refusal

ASKED = StepInput(supplement=(SupplementItem(reason="Mờ"),))


def whole(dossier_id: int) -> Dossier:
    dossier = Dossier.objects.get(pk=dossier_id)
    assert journal.broken_link(dossier_id) is None
    assert picture.replay(dossier_id) == picture.picture_of(dossier)
    return dossier


def done(answers: list[Any]) -> int:
    return sum(not isinstance(answer, Refusal) for answer in answers)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_accepted_asked_or_withdrawn_but_never_torn(transactional_db: None) -> None:
    world = make_world()
    filed = world.file_online()
    desk, citizen = world.actor("tiepnhan"), world.actor("congdan")
    keys = {"dossier_id": filed.dossier_id, "at": world.now}
    acts = (
        lambda: services.accept_filing(**keys, actor=desk),
        lambda: services.ask_before_acceptance(**keys, given=ASKED, actor=desk),
        lambda: services.refuse_filing(**keys, reason="Sai nơi", legal_basis="Điều 17", actor=desk),
        lambda: services.withdraw(**keys, reason="", actor=citizen),
    )

    together(lambda n: acts[n % len(acts)](), count=8)

    dossier = whole(filed.dossier_id)
    told = set(JournalEntry.objects.filter(dossier_id=dossier.pk).values_list("act", flat=True))
    assert not {"accepted", "not_accepted"} <= told
    assert (dossier.code is not None) == ("accepted" in told)
    assert CodeSequence.objects.count() == (1 if dossier.code else 0)
    assert dossier.state in {State.WITHDRAWN, State.NOT_ACCEPTED}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_answer_and_one_return(transactional_db: None) -> None:
    world = make_world()
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    world.step(filed, "lacking", by="canbo", supplement=ASKED.supplement)
    answer = (SupplementAnswer(paper_id=None, file_ids=(_file(),)),)
    citizen = world.actor("congdan")

    answered = together(
        lambda n: services.answer_supplement(dossier_id=filed.dossier_id, answers=answer, actor=citizen, at=world.now)
    )

    assert done(answered) == 1
    assert {type(item).code for item in answered if isinstance(item, Refusal)} == {"no-supplement-asked"}

    task = world.lead_to(filed, "return_result")
    desk = world.actor("tiepnhan")
    returned = together(
        lambda n: services.complete_step(
            dossier_id=filed.dossier_id, task_id=task.public_id, outcome="returned", actor=desk, at=world.now
        )
    )

    assert done(returned) == 1
    assert whole(filed.dossier_id).state == State.RETURNED
    assert OutboxEvent.objects.filter(topic="dossiers.result_returned").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_draft_is_submitted_once(transactional_db: None) -> None:
    world = make_world()
    choice, citizen = world.choice(), world.actor("congdan")
    begun = services.start_draft(
        offer_id=choice.offer.id, competent_agency_id=world.units["commune"], actor=citizen, at=NOW,
        case_id=choice.cases[0].id,
    )  # fmt: skip
    keys = {"public_id": begun.public_id, "secret": begun.secret, "actor": citizen, "at": NOW}
    services.save_draft(**keys, parties=[{"full_name": "Trần Thị Mỹ Duyên", "identity": "089187004127"}])

    filed = together(lambda n: services.submit_draft(**keys))

    assert len({item.dossier_id for item in filed}) == 1
    assert sum(item.is_new for item in filed) == 1
    assert OutboxEvent.objects.filter(topic="dossiers.filed").count() == 1


class BrokenError(Exception):
    """What goes wrong after a number was taken."""


def fail(*_args: Any, **_kwargs: Any) -> None:
    raise BrokenError


@pytest.mark.parametrize("online", [False, True])
def test_code_taken_by_a_failed_acceptance_is_given_again(
    world: World, monkeypatch: pytest.MonkeyPatch, online: bool
) -> None:
    filed = world.file_online() if online else None
    desk = world.actor("tiepnhan")

    def accept() -> str:
        if filed is None:
            return world.take_in().code
        return services.accept_filing(dossier_id=filed.dossier_id, actor=desk, at=world.now).code or ""

    with monkeypatch.context() as patch:
        patch.setattr(intake, "_records", fail)
        with pytest.raises(BrokenError):
            accept()

    assert accept() == "T01.34-261123-0001"


def test_book_number_taken_by_a_failed_step_is_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filed = world.take_in()
    world.lead_to(filed, "issue")
    with monkeypatch.context() as patch:
        patch.setattr(steps, "record", fail)
        with pytest.raises(BrokenError):
            world.step(filed, "issued", by="vanthu")
    assert not RegisterBook.objects.exists()

    world.step(filed, "issued", by="vanthu")

    assert BookLine.objects.get().number == 1
    assert whole(filed.dossier_id).state == State.IN_PROCESS


def test_withdrawn_dossier_takes_no_further_step(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    task = world.tasks(filed)[0]
    services.withdraw(dossier_id=filed.dossier_id, reason="", actor=world.actor("congdan"), at=world.now)

    with pytest.raises(DossierClosed):
        services.complete_step(
            dossier_id=filed.dossier_id, task_id=task.public_id, outcome="enough", actor=world.actor("canbo"),
            at=world.now,
        )  # fmt: skip
