"""Threads at the same task and at the same join: exactly one wins, nothing is stuck, nothing runs twice."""

import threading

import pytest
from django.db import connection, transaction

from motcua.casework.workflow import services
from motcua.casework.workflow.models import Run, Token
from motcua.casework.workflow.tests.drawings import drawn
from motcua.casework.workflow.tests.stage import (
    AT,
    SCOPE,
    done,
    due_for,
    finish,
    nodes,
    published,
    resolve_unit,
    started,
)
from motcua.casework.workflow.types import TaskAlreadyDone

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS = 8


def at_once(acts):
    """Run the acts in threads of their own, starting together; return the class of each answer or refusal."""
    barrier, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait()
            with transaction.atomic():
                answers[number] = type(act()).__name__
        except Exception as refusal:  # noqa: BLE001 - every kind of end is an answer here
            answers[number] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_engine_refuses_to_work_outside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        services.start_run(
            version_id=1, subject_label="", scope=SCOPE, at=AT, resolve_unit=resolve_unit, due_for=due_for
        )


def test_same_task_taken_by_all_is_done_once():
    version = published()
    for _round in range(10):
        with transaction.atomic():
            run = started(version)
        token = run.opened[0].token_id

        answers = at_once([lambda run=run, token=token: finish(run.run_id, token) for _thread in range(THREADS)])

        assert sorted(answers) == ["Step"] + [TaskAlreadyDone.__name__] * (THREADS - 1)
        assert nodes(run.run_id) == ["T3"]
        assert Run.objects.get(pk=run.run_id).lock_version == 1


def test_claimed_by_all_goes_to_one():
    with transaction.atomic():
        token = started(published()).opened[0].token_id

    answers = at_once(
        [lambda n=n: services.claim_task(token_id=token, person_id=n, at=AT) for n in range(1, THREADS + 1)]
    )

    assert sorted(answers) == ["Task"] + ["TaskTaken"] * (THREADS - 1)


def test_join_of_eight_branches_fires_once():
    flows = ["start -> P1", *(f"P1 -> T{n} -> P2" for n in range(THREADS)), "P2 -> T9 -> E1"]
    version = published(drawn(flows, both="P1 P2"), beginning_anyhow=True)
    for _round in range(10):
        with transaction.atomic():
            run = started(version)
        tokens = [task.token_id for task in run.opened]

        answers = at_once([lambda run=run, token=token: finish(run.run_id, token) for token in tokens])

        assert answers == ["Step"] * THREADS
        assert nodes(run.run_id) == ["T9"]
        assert Token.objects.filter(run_id=run.run_id, closed_at=None).count() == 1
        with transaction.atomic():
            assert done(run.run_id, "T9").ended


def test_completion_and_cancel_exclude_each_other():
    version = published()
    for _round in range(10):
        with transaction.atomic():
            run = started(version)
        token = run.opened[0].token_id

        at_once(
            [
                lambda run=run, token=token: finish(run.run_id, token),
                lambda run=run: services.cancel_run(run_id=run.run_id, actor_person_id=1, post_id=1, at=AT),
            ]
        )

        assert nodes(run.run_id) == []
        assert Run.objects.get(pk=run.run_id).state == "cancelled"


def test_step_waits_for_the_run_lock_of_another_step():
    flows = ["start -> P1 -> T1 -> P2", "P1 -> T2 -> P2 -> T3 -> E1"]
    with transaction.atomic():
        run = started(published(drawn(flows, both="P1 P2"), beginning_anyhow=True))
    one, other = (task.token_id for task in run.opened)

    def impatient():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
        return finish(run.run_id, other)

    with transaction.atomic():
        finish(run.run_id, one)
        answers = at_once([impatient])

    assert answers == ["OperationalError"]
    with transaction.atomic():
        assert finish(run.run_id, other).left_joins == ("P2",)
