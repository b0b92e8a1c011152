"""Two agencies called side by side: papers by reference, each sees the other, one's refusal leaves the other alone."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from tests import world_data
from tests.world import BUSINESS, CERTIFICATION, NOW, World

from motcua.casework.documents import services as documents
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import journal, picture, services
from motcua.casework.dossiers.models import ChildDossier, Dossier, JournalEntry, PaperFile
from motcua.casework.dossiers.services import supplements
from motcua.casework.dossiers.tests.test_events import publish
from motcua.casework.dossiers.types import Filed, PaperInput, SignatureInput, State, SupplementAnswer
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import Offer
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import NotAllowed

_task, _BUSINESS = world_data._task, world_data.PROCESSES[0]


def _call(name: str, calls: str) -> dict[str, object]:
    task = _task(name, name, "phong", 16, "wait_agency", ["granted", "Đã có", "Granted"],
                 ["refused", "Bị từ chối", "Refused"], holder="asked_agency")  # fmt: skip
    return task | {"kind": "call", "calls": calls}


DRAWING = {
    "id": "goi_hai_noi", "name": "Gọi hai nơi", "lanes": world_data._LANES,
    "tasks": {name: _BUSINESS["tasks"][name] for name in ("T1", "T5", "T6", "T7")} | {
        "C1": _call("Chứng thực nơi thứ nhất", CERTIFICATION),
        "C2": _call("Chứng thực nơi thứ hai", CERTIFICATION),
        "T3": _task("Dự thảo", "Draft", "phong", 8, "draft", ["done", "Xong", "Done"]),
        "T4": _task("Ký", "Sign", "lanhdao", 4, "sign", ["sign", "Ký", "Sign"]),
    },
    "gateways": {"S": {"kind": "and", "lane": "phong"}, "J": {"kind": "and", "lane": "phong"}},
    "ends": {"E1": {"name": "Đã trả"}},
    "flows": ["start -> T1 -> S", "S -> C1 -> J", "S -> C2 -> J", "J -> T3 -> T4 -> T5 -> T6 -> T7 -> E1"],
}  # fmt: skip


def stored(name: str) -> StoredFile:
    return documents.store_upload(
        file=ContentFile(samples.pdf(), name=name), name=name, purpose="component", at=NOW, owner_key=name
    )


def file_parent(world: World) -> Filed:
    publish(DRAWING)
    Offer.objects.filter(procedure__code=BUSINESS).update(process_code=DRAWING["id"])
    paper = world.choice().cases[0].submit[0]
    return world.take_in(
        papers=(PaperInput(component_id=paper.id, originals=1, file_ids=(stored("don.pdf").pk,)),),
        answers={"ten_ho": "Tiệm vải", "von": 5},
        citizen_person_id=world.people["congdan"],
    )


def open_calls(times: int = 2) -> list[int]:
    names = ("run_id", "token_id", "node", "calls")
    for _again in range(times):
        for event in OutboxEvent.objects.filter(topic="workflow.call_opened").order_by("pk"):
            services.open_child(**{name: event.payload[name] for name in names}, at=NOW)
    return list(ChildDossier.objects.order_by("pk").values_list("child_id", flat=True))


@pytest.fixture
def parent(world: World) -> Filed:
    return file_parent(world)


@pytest.fixture
def children(parent: Filed) -> list[int]:
    return open_calls()


def as_filed(child_id: int) -> Filed:
    child = Dossier.objects.get(pk=child_id)
    return Filed(child.pk, child.public_id, child.intake_number or "", child.code or "", is_new=False)


def grant(world: World, child_id: int) -> None:
    """Lead a child to its result at the desk, with a signed file."""
    at = NOW + timedelta(hours=1)
    services.accept_filing(dossier_id=child_id, actor=world.actor("tiepnhan"), at=at)
    child = as_filed(child_id)
    signature = SignatureInput(how="digital", signer_name="Trần Văn Lợi", signed_at=at)
    world.step(
        child, "sign", by="lanhdao", at=at, signature=signature, result_title="Bản sao",
        result_file_id=stored(f"ket-qua-{child_id}.pdf").pk,
    )  # fmt: skip
    world.step(child, "issued", by="vanthu", at=at)
    world.step(child, "brought", by="vanthu", at=at)


def refuse(world: World, child_id: int) -> None:
    services.refuse_filing(
        dossier_id=child_id, reason="Không có bản chính", legal_basis="Nghị định 23/2015/NĐ-CP", at=NOW,
        actor=world.actor("tiepnhan"),
    )  # fmt: skip


def files_of(dossier_id: int, **kept: object) -> set[int]:
    return set(PaperFile.objects.filter(paper__dossier_id=dossier_id, **kept).values_list("file_id", flat=True))


def is_whole(dossier_id: int) -> bool:
    said = picture.replay(dossier_id) == picture.picture_of(Dossier.objects.get(pk=dossier_id))
    return said and journal.broken_link(dossier_id) is None


def test_papers_go_along_by_reference_and_a_supplement_once(parent: Filed, children: list[int]) -> None:
    first, second = children
    assert len(StoredFile.objects.all()) == 1
    assert files_of(first) == files_of(second) == files_of(parent.dossier_id) != set()
    refused = Dossier.objects.get(pk=second)
    Dossier.objects.filter(pk=second).update(state=State.WITHDRAWN, closed_at=NOW)
    paper = Dossier.objects.get(pk=parent.dossier_id).papers.get()
    supplements.add_answer_files(
        Dossier.objects.get(pk=parent.dossier_id),
        (SupplementAnswer(paper_id=paper.pk, file_ids=(stored("don-moi.pdf").pk,)),),
        at=NOW,
    )

    assert services.pass_papers_on(parent_id=parent.dossier_id, at=NOW) == 1
    assert services.pass_papers_on(parent_id=parent.dossier_id, at=NOW) == 0

    assert files_of(first, superseded_at=None) == files_of(parent.dossier_id, superseded_at=None)
    assert len(files_of(first)) == 2
    assert JournalEntry.objects.filter(dossier_id=first, act="papers_passed_on").count() == 1
    assert files_of(second) == files_of(parent.dossier_id, superseded_at__isnull=False)
    assert is_whole(first)
    assert refused.papers.count() == 2


def test_answers_go_along_where_the_form_asks_the_same(world: World) -> None:
    given = {"ten_ho": "Tiệm vải", "von": 5, "nganh": "Vải"}
    filed = world.take_in(answers=given)
    choice = world.choice()
    from motcua.casework.dossiers.services.child_papers import answers_for

    parent = Dossier.objects.get(pk=filed.dossier_id)
    assert answers_for(parent, choice) == given
    choice.schema["properties"]["von"] = {"type": "string", "title": "Vốn"}
    del choice.schema["properties"]["nganh"]
    assert answers_for(parent, choice) == {"ten_ho": "Tiệm vải"}


def test_a_refusal_is_told_at_once_and_the_other_agency_goes_on(
    world: World, parent: Filed, children: list[int]
) -> None:
    first, second = children
    refuse(world, first)
    assert services.answer_parent(child_id=first, at=NOW)

    assert [task.node for task in world.tasks(parent)] == ["C2"]
    assert ChildDossier.objects.get(child_id=first).ended_as == State.NOT_ACCEPTED
    assert Dossier.objects.get(pk=second).state == State.FILED
    grant(world, second)
    assert services.answer_parent(child_id=second, at=NOW + timedelta(hours=2))
    assert not services.answer_parent(child_id=second, at=NOW + timedelta(hours=2))

    link = ChildDossier.objects.get(child_id=second)
    assert link.result_number
    assert link.result_file is not None
    entry = JournalEntry.objects.get(dossier_id=parent.dossier_id, act="task_done", node="C2")
    assert (entry.outcome, entry.facts["result_number"]) == ("granted", link.result_number)
    assert [task.node for task in world.tasks(parent)] == ["T3"]
    assert is_whole(parent.dossier_id)


def test_withdrawing_the_parent_takes_open_children_along_and_leaves_results(
    world: World, parent: Filed, children: list[int]
) -> None:
    first, second = children
    grant(world, second)
    services.withdraw(dossier_id=parent.dossier_id, reason="Thôi", actor=world.actor("congdan"), at=NOW)
    for event in OutboxEvent.objects.filter(topic="workflow.call_withdrawn"):
        services.withdraw_child(token_id=event.payload["token_id"], at=NOW)

    assert Dossier.objects.get(pk=first).state == State.WITHDRAWN
    assert Dossier.objects.get(pk=second).state == State.FINISHED
    assert not services.answer_parent(child_id=second, at=NOW)
    assert ChildDossier.objects.get(child_id=second).result_number


def test_a_call_is_tried_again_until_it_opens_and_then_no_more(world: World) -> None:
    offers = Offer.objects.filter(procedure__code=CERTIFICATION)
    offers.update(process_code="chua_co")
    filed = file_parent(world)
    assert open_calls() == [None, None]
    task = world.tasks(filed)[0]

    def retry(by: str = "canbo") -> bool:
        return services.retry_call(task_id=task.public_id, actor=world.actor(by), at=NOW)

    with pytest.raises(NotAllowed):
        retry("tiepnhan")
    assert not retry()
    offers.update(process_code="chung_thuc")
    procedures.forget_choices()
    assert retry()
    assert retry()

    assert Dossier.objects.exclude(pk=filed.dossier_id).count() == 1
    assert JournalEntry.objects.filter(dossier_id=filed.dossier_id, act="child_opened").count() == 1
