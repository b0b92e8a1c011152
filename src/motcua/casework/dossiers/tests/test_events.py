"""A process that asks agencies, waits for tax and calls another procedure: what happens by itself, and the way back."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import world_data
from tests.world import BUSINESS, NOW, World

from motcua.casework.dossiers import picture, scope, selectors, services
from motcua.casework.dossiers.models import ChildDossier, Dossier, JournalEntry, Pause
from motcua.casework.dossiers.types import Filed, State, StepInput
from motcua.casework.procedures.models import Offer
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.models import Timer
from motcua.casework.workflow.types import Call, NobodyAsked, NotReturnable
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import relay
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.types import Invalid, NotFound

_task = world_data._task
_BUSINESS = world_data.PROCESSES[0]
DRAWING = {
    "id": "hoi_y_kien", "name": "Hỏi ý kiến", "lanes": world_data._LANES,
    "tasks": {name: _BUSINESS["tasks"][name] for name in ("T1", "T5", "T6", "T7")} | {
        "T2": _task("Thẩm định", "Examine", "phong", 8, "examine", ["ask", "Lấy ý kiến", "Ask"]),
        "M": _task("Cho ý kiến", "Opinion", "phong", 56, "consult", ["agrees", "Đồng ý", "Agrees"],
                   ["objects", "Không đồng ý", "Objects"], holder="asked_agency")
             | {"several": True, "division": "", "place": "competent", "role": "officer"},
        "R": _task("Chờ thuế", "Wait for tax", "phong", None, "wait_agency", ["received", "Đã có", "Received"],
                   holder="tax", pauses=True) | {"kind": "receive", "message": "tax_notice"},
        "C": _task("Chứng thực", "Certification", "phong", 16, "wait_agency", ["granted", "Đã có", "Granted"],
                   ["refused", "Bị từ chối", "Refused"], holder="asked_agency")
             | {"kind": "call", "calls": "2.000815"},
        "T3": _task("Dự thảo", "Draft", "phong", 8, "draft", ["done", "Xong", "Done"]),
        "T4": _task("Ký", "Sign", "lanhdao", 4, "sign", ["sign", "Ký", "Sign"]),
    },
    "events": {
        "L": {"on": "M", "name": "Quá hạn trả lời", "code": "no_answer", "hours": 56},
        "N": {"on": "M", "name": "Nhắc trả lời", "code": "reminded", "hours": 40, "reminds": True},
        "W": {"on": "R", "name": "Nhắc thuế", "code": "tax_reminded", "duration": "P2D", "reminds": True},
        "D": {"on": "T3", "name": "Công dân rút hồ sơ", "message": "withdrawal"},
    },
    "ends": {"E1": {"name": "Đã trả"}, "E2": {"name": "Đã rút"}},
    "flows": ["start -> T1 -> T2 -> M -> R -> C -> T3 -> T4 -> T5 -> T6 -> T7 -> E1", "D -> E2"],
}  # fmt: skip


def publish(drawing=DRAWING):
    code = drawing["id"]
    version_id = workflow.save_draft(
        code=code, name=drawing["name"], xml=workflow.draw(drawing), at=NOW, actor_person_id=None
    )
    return workflow.publish(
        version_id=version_id, at=NOW, actor_person_id=None, valid_from=NOW.date(), decision_number="01/QĐ-UBND"
    )


def publish_next(drawing):
    version_id = workflow.save_draft(
        code=drawing["id"], name=drawing["name"], xml=workflow.draw(drawing), at=NOW, actor_person_id=None
    )
    return workflow.publish(
        version_id=version_id, at=NOW, actor_person_id=None, valid_from=NOW.date() + timedelta(days=1),
        decision_number="02/QĐ-UBND",
    )  # fmt: skip


@pytest.fixture
def filed(world: World) -> Filed:
    publish()
    Offer.objects.filter(procedure__code=BUSINESS).update(process_code="hoi_y_kien")
    return world.take_in(citizen_person_id=world.people["congdan"])


@pytest.fixture
def asked(world: World, filed: Filed) -> Filed:
    world.step(filed, "ask", by="canbo", asked=(world.units["department"], world.units["other_commune"]))
    return filed


def answer(world, filed, unit, outcome, by):
    task = next(item for item in world.tasks(filed) if item.unit_id == world.units[unit])
    return services.complete_step(
        dossier_id=filed.dossier_id, task_id=task.public_id, outcome=outcome, actor=world.actor(by), at=NOW,
        given=StepInput(),
    )  # fmt: skip


def dossier_of(filed):
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert picture.replay(dossier.pk) == picture.picture_of(dossier)
    return dossier


def deliver(filed, key="thue-1", at=NOW):
    return services.deliver_message(dossier_id=filed.dossier_id, name="tax_notice", key=key, actor=SYSTEM, at=at)


def sweep(at):
    return services.sweep_timers(at=at)


def test_asked_agencies_see_the_dossier_and_answer_each_for_itself(world, asked):
    task = next(item for item in world.tasks(asked) if item.unit_id == world.units["department"])
    actor = world.actor("so.canbo")

    seen = selectors.task_view(actor=actor, task_id=task.public_id, at=NOW)
    assert seen.posts
    dossier = dossier_of(asked)
    for who in ("so.canbo", "xa.tiepnhan", "kiemsoat", "canbo"):
        one, listed = world.actor(who), Dossier.objects.visible_to(world.actor(who)).filter(pk=dossier.pk).exists()
        assert scope.sees(one, dossier) == listed, who
    assert scope.sees(world.actor("so.canbo"), dossier)
    answer(world, asked, "department", "agrees", "so.canbo")

    assert [item.node for item in world.tasks(asked)] == ["M"]
    assert dossier_of(asked).waiting_for == "other_body"


def test_nobody_is_asked_who_does_not_exist(world, filed):
    with pytest.raises(NobodyAsked):
        world.step(filed, "ask", by="canbo")
    with pytest.raises(Invalid):
        world.step(filed, "ask", by="canbo", asked=(999_999,))

    assert dossier_of(filed).asked_agency_ids == []


def test_the_silent_are_reminded_then_lapse_with_their_names(world, asked):
    answer(world, asked, "department", "agrees", "so.canbo")
    reminder, lapse = (Timer.objects.filter(closed_at=None).get(node=node) for node in "NL")

    assert sweep(reminder.due_at - timedelta(seconds=1)).due == 0
    assert sweep(reminder.due_at).fired == 1
    assert OutboxEvent.objects.filter(topic="dossiers.step_reminded", payload__holder="asked_agency").count() == 1
    assert sweep(lapse.due_at).fired == 1

    (task,) = world.tasks(asked)
    assert task.node == "R"
    view = selectors.task_view(actor=world.actor("canbo"), task_id=task.public_id, at=lapse.due_at)
    assert view.silent == ("Xã Mỹ Đức",)
    titles = [(item.title, item.outcome) for item in view.dossier.timeline]
    assert ("Cho ý kiến", "Quá hạn trả lời") in titles
    assert ("Nhắc nhở", "Nhắc trả lời") in titles
    assert Pause.objects.get(ended_at=None).holder == "tax"


def at_tax(world, asked):
    answer(world, asked, "department", "agrees", "so.canbo")
    services.sweep_timers(at=Timer.objects.get(closed_at=None, node="L").due_at)
    return Dossier.objects.get(pk=asked.dossier_id)


def test_a_message_ends_the_pause_once(world, asked):
    at_tax(world, asked)
    later = NOW + timedelta(days=20)

    assert deliver(asked, at=later)
    assert not deliver(asked, at=later)

    dossier = dossier_of(asked)
    assert dossier.due_at is not None
    assert not Pause.objects.filter(ended_at=None).exists()
    assert [item.node for item in world.tasks(asked)] == ["C"]


def test_a_suspended_dossier_keeps_its_timers_and_a_busy_one_is_left_alone(world, asked):
    due = Timer.objects.filter(closed_at=None, node="N").first().due_at
    Dossier.objects.filter(pk=asked.dossier_id).update(is_suspended=True)
    assert sweep(due).due == 0
    Dossier.objects.filter(pk=asked.dossier_id).update(is_suspended=False)

    assert sweep(due).fired == 2


def test_timers_of_working_hours_follow_the_calendar(world, asked):
    before = dict(Timer.objects.filter(closed_at=None).values_list("pk", "due_at"))
    Timer.objects.update(due_at=NOW, wake_at=NOW)

    services.recompute_due_dates(agency_ids=None, reason="Nghỉ bù", actor_id=None, at=NOW, reason_code="calendar")

    assert dict(Timer.objects.filter(closed_at=None).values_list("pk", "due_at")) == before


def at_call(world, asked):
    at_tax(world, asked)
    deliver(asked, at=NOW + timedelta(days=20))
    return OutboxEvent.objects.get(topic="workflow.call_opened").payload


def open_child(world, asked):
    given = at_call(world, asked)
    names = ("run_id", "token_id", "node", "calls")
    at = NOW + timedelta(days=20)
    first = services.open_child(**{name: given[name] for name in names}, at=at)
    assert services.open_child(**{name: given[name] for name in names}, at=at) == first
    return first


def test_a_call_opens_one_child_of_its_own_and_takes_its_answer_once(world, asked):
    child_id = open_child(world, asked)
    child, parent = Dossier.objects.get(pk=child_id), dossier_of(asked)
    assert (child.state, child.citizen_id, child.run_id) == (State.FILED, parent.citizen_id, None)
    assert child.competent_agency_id in parent.asked_agency_ids
    assert JournalEntry.objects.filter(dossier_id=parent.pk, act="child_opened").count() == 1
    at = NOW + timedelta(days=20)
    services.refuse_filing(
        dossier_id=child.pk, reason="Không có bản chính", legal_basis="Nghị định 23/2015/NĐ-CP",
        actor=world.actor("tiepnhan"), at=at,
    )  # fmt: skip

    assert services.answer_parent(child_id=child.pk, at=at)
    assert not services.answer_parent(child_id=child.pk, at=at)

    assert [item.node for item in world.tasks(asked)] == ["T3"]
    entry = JournalEntry.objects.filter(dossier_id=parent.pk, act="task_done", node="C").get()
    assert (entry.outcome, entry.facts["child"]) == ("refused", child.pk)


def test_a_child_that_nobody_waits_for_is_taken_back(world, asked):
    child_id = open_child(world, asked)
    services.withdraw(dossier_id=asked.dossier_id, reason="Thôi", actor=world.actor("congdan"), at=NOW)
    token = OutboxEvent.objects.get(topic="workflow.call_withdrawn").payload["token_id"]

    assert services.withdraw_child(token_id=token, at=NOW)

    assert Dossier.objects.get(pk=child_id).state == State.WITHDRAWN
    assert not services.answer_parent(child_id=child_id, at=NOW)


def test_a_call_that_nobody_takes_is_said_and_recorded_by_hand(world, asked):
    Offer.objects.filter(procedure__code="2.000815").update(process_code="chua_co")
    given = at_call(world, asked)

    names = ("run_id", "token_id", "node", "calls")
    assert services.open_child(**{name: given[name] for name in names}, at=NOW) is None

    assert ChildDossier.objects.get().problem == "not-offered"
    world.step(asked, "granted", by="canbo")
    assert [item.node for item in world.tasks(asked)] == ["T3"]


def at_draft(world, asked):
    at_call(world, asked)
    world.step(asked, "granted", by="canbo")


def test_a_drawn_withdrawal_goes_its_own_way(world, asked):
    at_draft(world, asked)
    services.withdraw(dossier_id=asked.dossier_id, reason="Thôi", actor=world.actor("congdan"), at=NOW)

    dossier = dossier_of(asked)
    assert (dossier.state, dossier.closed_at is not None) == (State.STOPPED, True)
    entry = JournalEntry.objects.get(dossier_id=dossier.pk, act="task_done", node="T3")
    assert (entry.outcome, entry.actor_kind) == ("withdrawal", "citizen")


def test_back_to_a_step_done_before_with_a_reason(world, asked):
    at_draft(world, asked)
    (task,) = world.tasks(asked)
    actor = world.actor("canbo")
    due = dossier_of(asked).due_at
    assert selectors.steps_back(actor=actor, task_id=task.public_id, at=NOW) == (("T2", "Thẩm định"),)

    def back(step, reason, by="canbo"):
        return services.return_to_step(
            dossier_id=asked.dossier_id, task_id=task.public_id, step=step, reason=reason, actor=world.actor(by), at=NOW
        )

    with pytest.raises(Invalid):
        back("T2", " ")
    with pytest.raises(NotReturnable):
        back("R", "Sai")
    back("T2", "Thẩm định lại")

    assert [item.node for item in world.tasks(asked)] == ["T2"]
    assert dossier_of(asked).due_at == due
    entry = JournalEntry.objects.get(dossier_id=asked.dossier_id, act="returned_to")
    assert (entry.node, entry.facts["to_step"]) == ("T3", "T2")


def test_foreign_agencies_see_neither_parent_nor_task(world, filed):
    (task,) = world.tasks(filed)

    with pytest.raises(NotFound):
        selectors.steps_back(actor=world.actor("so.canbo"), task_id=task.public_id, at=NOW)


def test_the_relay_defers_calls_and_answers(world, asked):
    at_call(world, asked)

    while relay.relay_batch(at=NOW):
        pass
    assert ProcrastinateJob.objects.filter(task_name="dossiers.open_child").count() == 1


def test_running_dossiers_go_over_by_command_after_a_dry_run(world, filed):
    tasks = DRAWING["tasks"] | {"K2": DRAWING["tasks"]["T2"]}
    tasks.pop("T2")
    flows = [DRAWING["flows"][0].replace("T2", "K2"), DRAWING["flows"][1]]
    version = publish_next(DRAWING | {"tasks": tasks, "flows": flows})
    before = dossier_of(filed)

    def run(*more):
        out = StringIO()
        code = 0
        try:
            call_command("process", "migrate", "hoi_y_kien", "--from=1", "--to=2", "--json", *more, stdout=out)
        except SystemExit as stopped:
            code = stopped.code
        return code, json.loads(out.getvalue())

    code, (row,) = run("--dry-run")
    assert (code, row["code"], row["problem"], row["element"]) == (1, before.code, "element-missing", "T2")
    assert run("--dry-run", "--map=T2=K2")[0] == 0
    assert dossier_of(filed).process_version_id == before.process_version_id
    assert run("--map=T2=K2")[1][0]["nodes"] == [{"from": "T2", "to": "K2"}]

    after = dossier_of(filed)
    assert (after.process_version_id, after.due_at) == (version, before.due_at)
    assert JournalEntry.objects.get(dossier_id=after.pk, act="process_migrated").facts["from_version"] != version
    assert run("--map=T2=K2")[1] == []
    world.step(filed, "ask", by="canbo", asked=(world.units["department"],))


def test_a_service_task_writes_to_the_applicant_once(world, filed):
    call = Call(event_id=77, run_id=dossier_of(filed).run_id, node="S", at=NOW)

    workflow_reads.connectors()["tell_applicant"].run(call)
    workflow_reads.connectors()["tell_applicant"].run(call)

    assert OutboxEvent.objects.filter(topic="dossiers.step_reminded", payload__holder="citizen").count() == 1
    assert dossier_of(filed).journal_seq == JournalEntry.objects.filter(dossier_id=filed.dossier_id).count()
