"""The life of a dossier through the services: from the counter, online, supplemented, refused, withdrawn."""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from tests.world import NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import journal, picture, services
from motcua.casework.dossiers.models import Dossier, DueDateChange, JournalEntry, Pause, Result
from motcua.casework.dossiers.types import (
    DossierClosed,
    DossierNotPending,
    NoSupplementAsked,
    Outcome,
    State,
    StepInput,
    SupplementAlreadyAsked,
    SupplementAnswer,
    SupplementItem,
    Waiting,
)
from motcua.casework.workflow.types import TaskAlreadyDone
from motcua.foundation.accounts.types import WhichPost
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound, Stale


def row(filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def topics(filed) -> list[str]:
    return list(
        OutboxEvent.objects.filter(subject=str(filed.dossier_id)).order_by("id").values_list("topic", flat=True)
    )


def whole(filed) -> None:
    """The chain holds and the journal replays to the row."""
    assert journal.broken_link(filed.dossier_id) is None
    assert picture.replay(filed.dossier_id) == picture.picture_of(row(filed))


def test_counter_to_result(world: World) -> None:
    filed = world.take_in()

    dossier = row(filed)
    assert filed.code == "T01.34-261123-0001"
    assert dossier.state == State.IN_PROCESS
    # Monday 23 November 2026 + 3 working days; 24 November is off
    assert dossier.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert [task.act for task in world.tasks(filed)] == ["examine"]

    world.lead_to(filed, "return_result")
    dossier = row(filed)
    assert dossier.state == State.FINISHED
    assert dossier.finished_at is not None
    assert dossier.closed_at is None

    world.step(filed, "returned", by="tiepnhan", recipient_name="Trần Thị Mỹ Duyên")
    dossier = row(filed)
    result = Result.objects.get(dossier=dossier)
    assert (dossier.state, dossier.outcome) == (State.RETURNED, Outcome.GRANTED)
    assert (result.number, result.signer_name, result.returned_to) == ("1/KQ", "Trần Văn Lợi", "Trần Thị Mỹ Duyên")
    assert topics(filed)[0] == "dossiers.accepted"
    assert topics(filed).count("dossiers.processing_finished") == 1
    assert topics(filed).count("dossiers.result_returned") == 1
    whole(filed)


def test_second_dossier_of_the_day_gets_the_next_number(world: World) -> None:
    codes = [world.take_in().code for _ in range(3)]

    assert codes == ["T01.34-261123-0001", "T01.34-261123-0002", "T01.34-261123-0003"]


def test_code_takes_the_civil_day_of_vietnam(world: World) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=VIETNAM)

    assert world.take_in(at=late).code.startswith("T01.34-261123-")
    assert world.take_in(at=late + timedelta(hours=1)).code == "T01.34-261124-0001"


def test_after_15_the_handover_moves_and_the_limit_does_not(world: World) -> None:
    early = world.take_in(at=datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM))
    late = world.take_in(at=datetime(2026, 11, 25, 16, 10, tzinfo=VIETNAM))

    assert row(early).due_at == row(late).due_at
    assert world.tasks(early)[0].starts_at == datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)
    assert world.tasks(late)[0].starts_at == datetime(2026, 11, 26, 7, 0, tzinfo=VIETNAM)


def test_same_key_gives_the_same_dossier(world: World) -> None:
    filing = world.filing(key="once")
    first = services.take_in_at_counter(filing=filing, actor=world.actor("tiepnhan"), at=world.now)
    second = services.take_in_at_counter(filing=filing, actor=world.actor("tiepnhan"), at=world.now)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.dossier_id == first.dossier_id
    assert Dossier.objects.count() == 1


def test_online_filing_is_accepted(world: World) -> None:
    filed = world.file_online()
    assert row(filed).state == State.FILED
    assert row(filed).code is None
    # eight working hours from 09:00; the next day is off
    assert row(filed).acceptance_due_at == datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)

    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now)

    assert row(filed).code == "T01.34-261123-0001"
    assert topics(filed) == ["dossiers.filed", "dossiers.accepted"]
    whole(filed)


def test_filing_is_accepted_once(world: World) -> None:
    filed = world.file_online()
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now)

    with pytest.raises(DossierNotPending):
        services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now)

    assert JournalEntry.objects.filter(dossier_id=filed.dossier_id, act="accepted").count() == 1


def test_stale_acceptance_changes_nothing(world: World) -> None:
    filed = world.file_online()

    with pytest.raises(Stale):
        services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now, lock_version=7)

    assert row(filed).state == State.FILED


@pytest.mark.parametrize("who", ["canbo", "lanhdao", "vanthu", "xa.tiepnhan", "tinh.tiepnhan", "kiemsoat", "congdan"])
def test_only_the_receiving_desk_accepts(world: World, who: str) -> None:
    filed = world.file_online()

    with pytest.raises(NotAllowed):
        services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor(who), at=world.now)

    assert row(filed).state == State.FILED
    assert topics(filed) == ["dossiers.filed"]


def test_two_posts_at_the_desk_must_choose_one(world: World) -> None:
    filed = world.file_online()
    with pytest.raises(WhichPost):
        services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan2"), at=world.now)

    post_id = world.posts["tiepnhan2"][1]
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan2"), at=world.now, post_id=post_id)

    assert JournalEntry.objects.get(dossier_id=filed.dossier_id, act="accepted").post_id == post_id


def ask(reason: str = "Chụp lại trang 2") -> StepInput:
    return StepInput(supplement=(SupplementItem(reason=reason),))


def test_supplement_before_acceptance(world: World) -> None:
    filed = world.file_online()
    desk = world.actor("tiepnhan")
    services.ask_before_acceptance(dossier_id=filed.dossier_id, given=ask(), actor=desk, at=world.now)
    assert (row(filed).state, row(filed).waiting_for) == (State.FILED, Waiting.CITIZEN)
    with pytest.raises(DossierNotPending):
        services.accept_filing(dossier_id=filed.dossier_id, actor=desk, at=world.now)

    later = world.now + timedelta(days=2)
    answer = (SupplementAnswer(paper_id=None, file_ids=(_file(),)),)
    services.answer_supplement(dossier_id=filed.dossier_id, answers=answer, actor=world.actor("congdan"), at=later)

    assert row(filed).waiting_for == Waiting.NOBODY
    assert row(filed).acceptance_due_at > later
    with pytest.raises(SupplementAlreadyAsked):
        services.ask_before_acceptance(dossier_id=filed.dossier_id, given=ask(), actor=desk, at=later)
    services.accept_filing(dossier_id=filed.dossier_id, actor=desk, at=later)
    whole(filed)


def _file() -> int:
    stored = documents.store_upload(
        file=ContentFile(samples.pdf(), name="a.pdf"), name="a.pdf", purpose="supplement", at=NOW, owner_key="test"
    )
    return stored.id


def test_supplement_in_process_pauses_the_clock(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    first_due = row(filed).due_at
    asked_at = datetime(2026, 11, 25, 10, 0, tzinfo=VIETNAM)
    world.step(filed, "lacking", by="canbo", at=asked_at, supplement=(SupplementItem(reason="Thiếu chữ ký"),))

    assert (row(filed).due_at, row(filed).waiting_for) == (None, Waiting.CITIZEN)
    assert Pause.objects.get(dossier_id=filed.dossier_id).due_before == first_due

    answered_at = datetime(2026, 11, 27, 10, 0, tzinfo=VIETNAM)
    answer = (SupplementAnswer(paper_id=None, file_ids=(_file(),)),)
    services.answer_supplement(
        dossier_id=filed.dossier_id, answers=answer, actor=world.actor("congdan"), at=answered_at
    )

    assert row(filed).due_at > first_due
    assert row(filed).waiting_for == Waiting.NOBODY
    assert [task.act for task in world.tasks(filed)] == ["examine"]
    changes = DueDateChange.objects.filter(dossier_id=filed.dossier_id).order_by("pk")
    assert [(change.old_due_at, change.new_due_at) for change in changes] == [
        (first_due, None),
        (None, row(filed).due_at),
    ]
    whole(filed)


def test_supplement_without_saying_what_is_refused(world: World) -> None:
    filed = world.take_in()

    with pytest.raises(Invalid) as refusal:
        world.step(filed, "lacking", by="canbo", note="thiếu giấy tờ")

    assert "supplement" in refusal.value.fields
    assert [task.act for task in world.tasks(filed)] == ["examine"]
    assert not Pause.objects.exists()


def test_second_supplement_needs_the_leader(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    world.step(filed, "lacking", by="canbo", supplement=ask().supplement)
    answer = (SupplementAnswer(paper_id=None, file_ids=(_file(),)),)
    services.answer_supplement(
        dossier_id=filed.dossier_id, answers=answer, actor=world.actor("congdan"), at=world.now + timedelta(hours=1)
    )

    with pytest.raises(SupplementAlreadyAsked):
        world.step(filed, "lacking", by="canbo", supplement=ask().supplement)


def test_nothing_asked_nothing_to_answer(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])

    with pytest.raises(NoSupplementAsked):
        services.answer_supplement(
            dossier_id=filed.dossier_id,
            answers=(SupplementAnswer(paper_id=None, file_ids=(1,)),),
            actor=world.actor("congdan"),
            at=world.now,
        )


def test_refusal_before_acceptance_needs_reason_and_law(world: World) -> None:
    filed = world.file_online()
    desk = world.actor("tiepnhan")
    with pytest.raises(Invalid) as refusal:
        services.refuse_filing(dossier_id=filed.dossier_id, reason=" ", legal_basis="", actor=desk, at=world.now)
    assert set(refusal.value.fields) == {"reason", "legal_basis"}
    assert row(filed).state == State.FILED

    services.refuse_filing(
        dossier_id=filed.dossier_id, reason="Không thuộc thẩm quyền", legal_basis="Điều 17", actor=desk, at=world.now
    )

    assert (row(filed).state, row(filed).outcome) == (State.NOT_ACCEPTED, Outcome.REFUSED)
    assert topics(filed) == ["dossiers.filed", "dossiers.not_accepted"]
    whole(filed)


def test_refusal_after_examination_is_signed_numbered_and_returned(world: World) -> None:
    filed = world.take_in()
    world.step(filed, "not_eligible", by="canbo", note="Ngành nghề bị cấm")
    world.step(filed, "sign", by="lanhdao")
    world.step(filed, "issued", by="vanthu")
    world.step(filed, "brought", by="vanthu")
    world.step(filed, "returned", by="tiepnhan")

    assert (row(filed).state, row(filed).outcome) == (State.RETURNED, Outcome.REFUSED)
    assert Result.objects.get(dossier_id=filed.dossier_id).is_refusal
    whole(filed)


def test_citizen_withdraws_before_a_result(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])
    with pytest.raises(NotFound):
        services.withdraw(dossier_id=filed.dossier_id, reason="", actor=world.actor("congdan2"), at=world.now)

    services.withdraw(dossier_id=filed.dossier_id, reason="đổi ý", actor=world.actor("congdan"), at=world.now)

    assert row(filed).state == State.WITHDRAWN
    assert world.tasks(filed) == ()
    whole(filed)
    with pytest.raises(DossierClosed):
        services.withdraw(dossier_id=filed.dossier_id, reason="", actor=world.actor("congdan"), at=world.now)


def test_return_needs_a_reason(world: World) -> None:
    filed = world.take_in()
    world.lead_to(filed, "check")

    with pytest.raises(Invalid) as refusal:
        world.step(filed, "return", by="truongphong")
    assert "note" in refusal.value.fields

    world.step(filed, "return", by="truongphong", note="Ghi rõ địa chỉ")
    assert [task.act for task in world.tasks(filed)] == ["examine"]


def test_task_done_by_somebody_else(world: World) -> None:
    filed = world.take_in()
    task = world.tasks(filed)[0]
    world.step(filed, "enough", by="canbo")

    with pytest.raises(TaskAlreadyDone) as refusal:
        services.complete_step(
            dossier_id=filed.dossier_id,
            task_id=task.public_id,
            outcome="enough",
            actor=world.actor("canbo2"),
            at=world.now,
        )

    assert refusal.value.person_id == world.people["canbo"]
