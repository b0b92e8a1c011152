"""Runs on PostgreSQL: what one step writes, returns and refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.models import Run, Token
from motcua.casework.workflow.tests.drawings import drawn
from motcua.casework.workflow.tests.stage import (
    AT,
    OFFICER,
    POST,
    SCOPE,
    done,
    finish,
    nodes,
    published,
    started,
)
from motcua.casework.workflow.types import (
    OutcomeNotOffered,
    RunNotFound,
    RunNotRunning,
    RunState,
    TaskAlreadyDone,
    TaskNotFound,
    TokenKind,
    VariableNotGiven,
)
from motcua.foundation.accounts.models import Person
from motcua.foundation.core.types import Stale

pytestmark = pytest.mark.django_db


def test_start_opens_the_first_task():
    version = published()

    run = started(version)

    opened = run.opened[0]
    assert (opened.node, opened.unit_id, opened.role, opened.act) == ("T1", 10, "receptionist", "intake")
    assert opened.due_at == AT + timedelta(hours=2)
    assert not run.ended
    row = Token.objects.get()
    assert (row.public_id, row.pk, row.version_id, row.branch) == (opened.public_id, opened.token_id, version, "")


def test_step_returns_what_closed_and_what_opened():
    run = started(published())
    later = AT + timedelta(hours=1)

    step = done(run.run_id, "T1", at=later)

    assert (step.closed.node, step.closed.act, step.closed.outcome_label) == ("T1", "intake", "done")
    assert (step.closed.opened_at, step.closed.due_at, step.closed.closed_at) == (AT, AT + timedelta(hours=2), later)
    assert (step.closed.closed_by, step.closed.post_id, step.closed.unit_id) == (OFFICER, POST, 10)
    assert [(task.node, task.unit_id, task.role, task.opened_at) for task in step.opened] == [
        ("T3", 20, "officer", later)
    ]
    assert (step.lock_version, step.scope, step.ended) == (1, SCOPE, False)


def test_whole_way_with_loops_refusal_and_joins():
    run = started(published()).run_id
    for node, outcome in [("T1", "done"), ("T3", "lacking"), ("R1", "answered"), ("T3", "lacking"), ("R1", "answered")]:
        done(run, node, outcome)
    done(run, "T3", "enough")
    assert nodes(run) == ["T4", "T5"]
    assert done(run, "T5").opened == ()
    assert done(run, "T4").left_joins == ("P2",)
    done(run, "T6")
    done(run, "T7", "back")
    step = done(run, "T3", "enough")
    assert {token.branch for token in Token.objects.filter(closed_at=None)} == {str(step.lock_version)}
    done(run, "T4")
    done(run, "T5")
    assert nodes(run) == ["T6"]
    assert Token.objects.get(closed_at=None).branch == ""
    for node, outcome in [("T6", "done"), ("T7", "ok"), ("T8", "back"), ("T7", "ok"), ("T8", "signed"), ("T9", "done")]:
        assert not done(run, node, outcome).ended
    assert done(run, "T10").ended
    assert Run.objects.get().state == RunState.ENDED
    assert selectors.open_tasks(run) == ()
    assert [task.node for task in selectors.history(run)][:4] == ["T1", "T3", "R1", "T3"]


def test_pausing_task_belongs_to_the_citizen_and_has_no_due_time():
    run = started(published()).run_id
    done(run, "T1")

    waiting = done(run, "T3", "lacking").opened[0]

    assert (waiting.holder, waiting.pauses, waiting.due_at) == ("citizen", True, None)


def test_terminate_end_withdraws_the_other_branches():
    xml = drawn(["start -> P1 -> T1 -> E1", "P1 -> T2 -> E2", "P1 -> T3 -> E1"], both="P1",
                ends={"E1": {"name": "x", "terminate": True}})  # fmt: skip
    version = published(xml, beginning_anyhow=True)
    run = started(version).run_id
    assert not done(run, "T2").ended

    step = done(run, "T1")

    assert step.ended
    assert [task.node for task in step.withdrawn] == ["T3"]
    assert step.withdrawn[0].outcome_label == ""
    assert not Token.objects.filter(closed_at=None).exists()


def test_plain_end_in_a_branch_lets_the_others_go_on():
    xml = drawn(["start -> P1 -> T1 -> E1", "P1 -> T2 -> E2"], both="P1")
    run = started(published(xml, beginning_anyhow=True)).run_id

    assert not done(run, "T1").ended
    assert done(run, "T2").ended


def test_split_behind_a_branch_left_alone_starts_a_path_of_its_own():
    flows = ["start -> P1 -> T1 -> E1", "P1 -> T2 -> P2 -> T3 -> E2", "P2 -> T4 -> E3"]
    version = published(drawn(flows, both="P1 P2"), beginning_anyhow=True)
    alone, together = started(version).run_id, started(version).run_id

    done(alone, "T1")
    done(alone, "T2")
    done(together, "T2")

    assert set(Token.objects.filter(run_id=alone, closed_at=None).values_list("branch", flat=True)) == {"2"}
    assert set(Token.objects.filter(run_id=together, closed_at=None).values_list("branch", flat=True)) == {"0", "0/1"}


def test_process_without_tasks_ends_at_once():
    run = started(published(drawn(["start -> E1"]), beginning_anyhow=True))

    assert run.ended
    assert Run.objects.get().state == RunState.ENDED


def test_variables_choose_the_way():
    flows = ["start -> T1 -> X1", 'X1 -> T2 [if has_tax and outcome == "done"]', "X1 -> E1 [*]", "T2 -> E1"]
    version = published(drawn(flows, xor="X1", variables={"has_tax": {"kind": "boolean", "label": "Có thuế"}}))

    taxed, free, unknown = (started(version).run_id for _run in range(3))

    assert done(taxed, "T1", variables={"has_tax": True, "other": 5}).opened[0].node == "T2"
    assert done(free, "T1", variables={"has_tax": False}).ended
    with pytest.raises(VariableNotGiven), transaction.atomic():
        done(unknown, "T1")
    with pytest.raises(VariableNotGiven, match="Có thuế"), transaction.atomic():
        done(unknown, "T1", variables={"has_tax": "yes"})
    assert nodes(unknown) == ["T1"]


def test_task_done_twice_says_who_and_when():
    Person.objects.create(pk=OFFICER, full_name="Trần Thị Liên", is_officer=True)
    run = started(published())
    first = run.opened[0].token_id
    finish(run.run_id, first, at=AT)

    with pytest.raises(TaskAlreadyDone) as refused, transaction.atomic():
        finish(run.run_id, first, at=AT + timedelta(minutes=1))

    assert (refused.value.name, refused.value.at, refused.value.http_status) == ("Trần Thị Liên", AT, 409)
    assert "09:10 23/04/2026" in str(refused.value)
    assert Run.objects.get().lock_version == 1


def test_refusals_change_nothing():
    version = published()
    run = started(version)
    token, other = run.opened[0].token_id, started(version).run_id
    before = list(Token.objects.order_by("pk").values())

    for error, act in [
        (OutcomeNotOffered, lambda: finish(run.run_id, token, "dance")),
        (Stale, lambda: finish(run.run_id, token, expected_lock=7)),
        (TaskNotFound, lambda: finish(other, token)),
        (TaskNotFound, lambda: finish(run.run_id, 10**12)),
        (RunNotFound, lambda: finish(10**12, token)),
    ]:
        with pytest.raises(error), transaction.atomic():
            act()

    assert list(Token.objects.order_by("pk").values()) == before
    assert set(Run.objects.values_list("lock_version", flat=True)) == {0}


def test_expected_lock_of_the_present_is_accepted():
    run = started(published())

    assert finish(run.run_id, run.opened[0].token_id, expected_lock=0).lock_version == 1


def test_cancel_closes_everything_without_an_outcome():
    run = started(published()).run_id
    for node, outcome in [("T1", "done"), ("T3", "enough"), ("T4", "done")]:
        done(run, node, outcome)

    closed = services.cancel_run(run_id=run, actor_person_id=OFFICER, post_id=POST, at=AT)

    assert [(task.node, task.outcome, task.closed_by) for task in closed] == [("T5", "", OFFICER)]
    assert not Token.objects.filter(closed_at=None).exists()
    assert Run.objects.get().state == RunState.CANCELLED
    with pytest.raises(RunNotRunning):
        services.cancel_run(run_id=run, actor_person_id=OFFICER, post_id=POST, at=AT)
    with pytest.raises(RunNotFound):
        services.cancel_run(run_id=10**12, actor_person_id=OFFICER, post_id=POST, at=AT)
    with pytest.raises(TaskAlreadyDone):
        finish(run, closed[0].token_id)


def test_task_of_a_url_is_found_open_and_closed():
    run = started(published())
    task = run.opened[0]
    assert selectors.task_for(task.public_id) == task

    finish(run.run_id, task.token_id)

    assert selectors.task_for(str(task.public_id)).outcome == "done"
    for wrong in ("nonsense", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(TaskNotFound):
            selectors.task_for(wrong)


def test_position_shows_tasks_and_joins():
    run = started(published()).run_id
    for node, outcome in [("T1", "done"), ("T3", "enough"), ("T4", "done")]:
        done(run, node, outcome)

    position = selectors.position(run)

    assert (position.state, position.lock_version, position.scope) == (RunState.RUNNING, 3, SCOPE)
    assert [task.node for task in position.tasks] == ["T5"]
    assert position.waiting_joins == ("P2",)
    with pytest.raises(RunNotFound):
        selectors.position(10**12)


def test_failure_between_the_statements_leaves_nothing_behind():
    run = started(published())
    before = list(Token.objects.values())

    def fail(node, unit_id):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        finish(run.run_id, run.opened[0].token_id, person_for=fail)

    assert list(Token.objects.values()) == before
    assert Run.objects.get().lock_version == 0


@pytest.mark.parametrize(
    ("case", "before", "node", "outcome", "statements"),
    [
        ("one after another", [], "T1", "done", 2),
        ("split", [("T1", "done")], "T3", "enough", 2),
        ("arrival", [("T1", "done"), ("T3", "enough")], "T4", "done", 3),
        ("join", [("T1", "done"), ("T3", "enough"), ("T4", "done")], "T5", "done", 4),
        ("end", [("T1", "done"), ("T3", "no"), ("T6b", "done"), ("T7", "ok"), ("T8", "signed"), ("T9", "done")],
         "T10", "done", 2),
    ],
)  # fmt: skip
def test_statements_of_a_step(case, before, node, outcome, statements):
    run = started(published()).run_id
    for key, chosen in before:
        done(run, key, chosen)
    token = next(task.token_id for task in selectors.open_tasks(run) if task.node == node)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        finish(run, token, outcome)

    assert len(queries) == statements, case


def test_a_step_knows_whether_others_are_open():
    run = started(published()).run_id

    assert done(run, "T1", "done").was_alone
    assert done(run, "T3", "enough").was_alone
    assert not done(run, "T4", "done").was_alone


def test_database_refuses_two_open_tasks_at_one_node():
    run = started(published())
    row = Token.objects.get()

    with pytest.raises(IntegrityError, match="workflow_token_one_open_task"), transaction.atomic():
        Token.objects.create(
            run_id=run.run_id,
            version_id=row.version_id,
            node="T1",
            kind=TokenKind.TASK,
            via="other",
            unit_id=1,
            role="clerk",
            opened_at=AT,
            starts_at=AT,
        )
