"""A process with a leader's request for a supplement and two branches, one of which waits for another body."""

from datetime import timedelta

import pytest
from tests import world_data
from tests.world import BUSINESS, NOW, World

from motcua.casework.dossiers import journal, picture, selectors, services
from motcua.casework.dossiers.models import Dossier, DossierPaper, PaperFile, Pause, SupplementRequest
from motcua.casework.dossiers.services.supplements import add_answer_files
from motcua.casework.dossiers.tests.test_life import _file
from motcua.casework.dossiers.types import Filed, StepInput, SupplementAnswer, SupplementItem, Waiting
from motcua.casework.procedures.models import Offer
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import TaskTaken
from motcua.foundation.core import relay
from motcua.foundation.core.types import NotAllowed
from motcua.insight.statistics import services as statistics
from motcua.insight.statistics.models import DossierFact

_task = world_data._task
_BUSINESS = world_data.PROCESSES[0]
BRANCHES = {
    "id": "hai_nhanh", "name": "Hai nhánh", "lanes": world_data._LANES,
    "tasks": {name: _BUSINESS["tasks"][name] for name in ("T1", "R1", "T5", "T6", "T7")} | {
        "T2": _task("Thẩm định", "Examine", "phong", 8, "examine", ["enough", "Đủ", "Enough"],
                    ["lacking", "Thiếu", "Lacking", "secondary", True]),
        "A1": _task("Ký thông báo", "Sign the request", "lanhdao", 4, "ask_supplement", ["send", "Gửi", "Send"],
                    ["return", "Trả lại", "Return", "secondary", True]),
        "B1": _task("Kiểm tra thực địa", "Field check", "phong", 8, "field_check", ["done", "Xong", "Done"]),
        "B2": _task("Chờ cơ quan khác", "Wait", "phong", None, "wait_agency", ["came", "Đã có", "Came"],
                    holder="asked_agency", pauses=True),
        "T4": _task("Ký", "Sign", "lanhdao", 4, "sign", ["sign", "Ký", "Sign"]),
    },
    "gateways": {
        "X1": {"name": "Đủ?", "kind": "xor", "lane": "phong"}, "X2": {"name": "Gửi?", "kind": "xor", "lane": "lanhdao"},
        "P1": {"kind": "and", "lane": "phong"}, "P2": {"kind": "and", "lane": "phong"},
    },
    "ends": {"E1": {"name": "Đã trả"}},
    "flows": [
        "start -> T1 -> T2 -> X1", "X1 -> P1 [enough]", "X1 -> A1 [lacking]", "A1 -> X2", "X2 -> R1 [send]",
        "X2 -> T2 [return]", "R1 -> T2", "P1 -> B1 -> P2", "P1 -> B2 -> P2", "P2 -> T4 -> T5 -> T6 -> T7 -> E1",
    ],
}  # fmt: skip
MISSING = (SupplementItem(reason="Mờ"),)


@pytest.fixture
def filed(world: World) -> Filed:
    version_id = workflow.save_draft(
        code="hai_nhanh", name="Hai nhánh", xml=workflow.draw(BRANCHES), at=NOW, actor_person_id=None
    )
    workflow.publish(
        version_id=version_id, at=NOW, actor_person_id=None, valid_from=NOW.date(), decision_number="01/QĐ-UBND"
    )
    Offer.objects.filter(procedure__code=BUSINESS).update(process_code="hai_nhanh")
    return world.take_in(citizen_person_id=world.people["congdan"])


def row(filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def do(world: World, filed, act: str, outcome: str, by: str, at=None, **given) -> None:
    task = next(task for task in world.tasks(filed) if task.act == act)
    services.complete_step(
        dossier_id=filed.dossier_id, task_id=task.public_id, outcome=outcome, actor=world.actor(by),
        at=at or world.now, given=StepInput(**given),
    )  # fmt: skip
    assert journal.broken_link(filed.dossier_id) is None
    assert picture.replay(filed.dossier_id) == picture.picture_of(row(filed))


def test_who_is_waited_for_when_the_own_branch_is_done(world: World, filed) -> None:
    do(world, filed, "examine", "enough", "canbo")
    assert (row(filed).waiting_for, row(filed).due_at) == (Waiting.NOBODY, None)
    assert Pause.objects.get(dossier_id=filed.dossier_id).ended_at is None

    do(world, filed, "field_check", "done", "canbo")
    assert row(filed).waiting_for == Waiting.OTHER_BODY

    do(world, filed, "wait_agency", "came", "canbo", at=world.now + timedelta(days=2))
    assert row(filed).waiting_for == Waiting.NOBODY
    assert row(filed).due_at is not None
    assert not Pause.objects.filter(dossier_id=filed.dossier_id, ended_at__isnull=True).exists()


def test_request_that_was_not_sent_gives_way(world: World, filed) -> None:
    do(world, filed, "examine", "lacking", "canbo", note="thiếu")
    do(world, filed, "ask_supplement", "return", "lanhdao", note="ghi rõ hơn", supplement=MISSING)
    do(world, filed, "examine", "lacking", "canbo", note="thiếu, đã ghi rõ")

    do(world, filed, "ask_supplement", "send", "lanhdao", supplement=MISSING)

    sent = SupplementRequest.objects.get(dossier_id=filed.dossier_id, answered_at__isnull=True)
    assert (sent.ordinal, sent.sent_at) == (2, world.now)
    shown = selectors.dossier_view(actor=world.actor("canbo"), public_id=filed.public_id, at=world.now)
    assert [request.ordinal for request in shown.supplements] == [2]
    assert row(filed).waiting_for == Waiting.CITIZEN


def test_answer_without_a_file_leaves_the_earlier_one(world: World, filed) -> None:
    paper = DossierPaper.objects.filter(dossier_id=filed.dossier_id).first()
    PaperFile.objects.create(paper=paper, file_id=_file(), ordinal=1, added_at=NOW)

    add_answer_files(row(filed), (SupplementAnswer(paper_id=paper.pk, file_ids=()),), at=NOW)

    assert PaperFile.objects.get(paper=paper).superseded_at is None


def test_figures_follow_a_pause_without_a_limit(world: World, filed) -> None:
    Dossier.objects.filter(pk=filed.dossier_id).update(limit_unit="none", limit_value=0, due_at=None)
    do(world, filed, "examine", "enough", "canbo")
    do(world, filed, "wait_agency", "came", "canbo", at=world.now + timedelta(days=2))
    while relay.relay_batch(at=world.now):
        pass
    counted = DossierFact.objects.values_list("state", flat=True).get(pk=filed.dossier_id)

    statistics.rebuild_statistics()

    assert counted == DossierFact.objects.values_list("state", flat=True).get(pk=filed.dossier_id) == "open"


@pytest.mark.parametrize(
    ("by", "to", "refusal"),
    [
        ("truongphong", "congdan", NotAllowed),  # holds no post
        ("truongphong", "vanthu", NotAllowed),  # holds another post
        ("canbo2", "canbo2", TaskTaken),  # a colleague's task is not taken away
        ("canbo2", None, TaskTaken),
        ("truongphong", "canbo2", None),
        ("canbo", None, None),
    ],
)
def test_a_task_goes_to_who_may_do_it(world: World, filed, by: str, to: str | None, refusal) -> None:
    task = world.tasks(filed)[0]
    keys = {"dossier_id": filed.dossier_id, "task_id": task.public_id, "at": world.now}
    services.assign(**keys, person_id=world.people["canbo"], actor=world.actor("canbo"))
    person_id = world.people[to] if to else None

    if refusal is None:
        services.assign(**keys, person_id=person_id, actor=world.actor(by))
    else:
        with pytest.raises(refusal):
            services.assign(**keys, person_id=person_id, actor=world.actor(by))

    assert world.tasks(filed)[0].person_id == (world.people["canbo"] if refusal else person_id)
