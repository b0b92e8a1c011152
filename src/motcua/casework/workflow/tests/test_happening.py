"""Runs that wait: messages, timers, reminders, agencies asked, child processes, and the way back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.models import Message, Timer, Token
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, drawn
from motcua.casework.workflow.tests.stage import (
    AT,
    OFFICER,
    POST,
    done,
    due_for,
    nodes,
    published,
    resolve_unit,
    started,
)
from motcua.casework.workflow.tests.waits import CALL, case, of
from motcua.casework.workflow.types import NobodyAsked, NotReturnable, OutcomeNotOffered, TaskAlreadyDone
from motcua.foundation.core.models import OutboxEvent

pytestmark = pytest.mark.django_db
PLACES = {"resolve_unit": resolve_unit, "due_for": due_for}
SOON = timedelta(hours=56)


def begun(xml):
    run = started(published(xml)).run_id
    done(run, "T1")
    return run


def fire(run, at, node=None):
    """Let the due timers of a run go off; return what came of it."""
    due = Timer.objects.filter(run_id=run, closed_at=None, due_at__lte=at).order_by("due_at", "pk")
    ids = due.filter(node=node) if node else due
    return [services.fire_timer(timer_id=pk, at=at, **PLACES) for pk in ids.values_list("pk", flat=True)]


def message(run, key="k1", **more):
    return services.deliver_message(run_id=run, name="tax_notice", key=key, at=AT, **PLACES, **more)


def test_a_message_ends_its_wait_once():
    run = begun(case("message wait")[0])
    assert [item.holder for item in selectors.open_tasks(run)] == ["tax"]

    step = message(run, outcome="sent_back")

    assert (step.ended, step.closed.outcome, step.closed.closed_by) == (True, "sent_back", None)
    assert message(run) is None
    assert Message.objects.count() == 1


def test_the_same_message_does_not_reach_the_next_wait():
    flows = ["start -> T1 -> X0 -> R -> X1", "X1 -> T2 [sent_back]", "X1 -> E1 [received]", "T2 -> X0"]
    run = begun(of(flows, xor="X0 X1"))
    message(run, outcome="sent_back")
    done(run, "T2")

    assert message(run, outcome="received") is None
    assert nodes(run) == ["R"]
    assert message(run, key="k2", outcome="received").ended
    assert message(run, key="k3") is None


def test_an_officer_may_record_by_hand_what_came_on_paper():
    run = begun(case("message wait")[0])

    assert done(run, "R", "received").ended


def test_a_wait_for_an_instant_ends_by_itself_and_not_by_hand():
    run = begun(case("timer catch")[0])
    with pytest.raises(OutcomeNotOffered), transaction.atomic():
        done(run, "W", "elapsed")

    assert fire(run, AT + timedelta(minutes=29)) == []
    (step,) = fire(run, AT + timedelta(minutes=30))

    assert (step.ended, step.closed.outcome_label) == (True, "Hết thời hạn")


def test_a_timer_on_the_edge_ends_its_task():
    run = begun(case("interrupting timer")[0])
    timer = Timer.objects.get()
    assert (timer.node, timer.due_at, timer.seconds) == ("B", AT + SOON, 56 * 3600)

    (step,) = fire(run, AT + SOON)

    assert (step.closed.outcome, step.closed.outcome_label, nodes(run)) == ("no_answer", "Không trả lời", ["T2"])
    assert services.fire_timer(timer_id=timer.pk, at=AT + SOON, **PLACES) is None
    assert message(run) is None


def test_a_task_done_in_time_takes_its_timer_along():
    run = begun(case("interrupting timer")[0])
    message(run)

    assert Timer.objects.filter(closed_at=None).count() == 0
    assert Timer.objects.get().fired is False


def test_a_cancelled_run_has_no_timers():
    run = begun(case("interrupting timer")[0])
    services.cancel_run(run_id=run, actor_person_id=None, post_id=None, at=AT)

    assert not Timer.objects.filter(closed_at=None).exists()
    assert services.fire_timer(timer_id=Timer.objects.get().pk, at=AT + SOON, **PLACES) is None


def test_a_reminder_leaves_its_task_and_opens_its_own_way():
    xml = of(
        ["start -> T1 -> R -> E1", "B -> S -> T2 -> E2"],
        events={"B": {"on": "R", "name": "Nhắc", "duration": "P30D", "reminds": True}},
        services={"S": {"name": "Báo", "connector": "test"}},
    )
    run = begun(xml)

    (reminder,) = fire(run, AT + timedelta(days=30))

    assert (reminder.task.node, reminder.event.id, [item.node for item in reminder.opened]) == ("R", "B", ["T2"])
    assert nodes(run) == ["R", "T2"]
    assert OutboxEvent.objects.filter(topic="workflow.connector_called", payload__connector="test").count() == 1
    assert not message(run).ended
    assert done(run, "T2").ended


def test_withdrawal_by_message_leaves_the_task():
    run = begun(case("message on the edge")[0])
    step = services.deliver_message(run_id=run, name="withdrawal", key="w", at=AT, **PLACES)

    assert (step.closed.node, step.closed.outcome, nodes(run)) == ("T2", "withdrawal", ["T3"])


def test_a_service_is_called_once_for_each_passing():
    run = begun(case("service task")[0])

    events = OutboxEvent.objects.filter(topic="workflow.connector_called")
    assert [(item.payload["run_id"], item.payload["node"]) for item in events] == [(run, "S")]


def asked_run():
    run = begun(case("several agencies")[0])
    done(run, "T2", asked=[41, 42, 43, 42])
    return run


def answer(run, unit, outcome):
    token = Token.objects.get(run_id=run, unit_id=unit, closed_at=None)
    return services.complete_task(
        run_id=run, token_id=token.pk, outcome=outcome, actor_person_id=OFFICER, post_id=POST, at=AT, **PLACES
    )


def test_each_agency_asked_has_its_own_task_and_all_are_waited_for():
    run = asked_run()
    assert sorted(item.unit_id for item in selectors.open_tasks(run)) == [41, 42, 43]

    assert answer(run, 42, "objects").opened == ()
    assert answer(run, 41, "agrees").opened == ()
    last = answer(run, 43, "agrees")

    assert [item.node for item in last.opened] == ["T3"]  # the weightiest answer decides
    assert Timer.objects.filter(closed_at=None).count() == 0


def test_silence_counts_in_time_and_names_are_kept():
    run = asked_run()
    answer(run, 41, "agrees")

    assert [item.event.id for item in fire(run, AT + timedelta(hours=40))] == ["N", "N"]
    first, last = fire(run, AT + SOON)

    assert (first.ended, last.ended) == (False, True)
    assert selectors.silent_agencies(run) == {"M": (42, 43)}


def test_somebody_must_be_asked():
    run = begun(case("several agencies")[0])
    with pytest.raises(NobodyAsked), transaction.atomic():
        done(run, "T2")

    assert nodes(run) == ["T2"]


def test_a_child_process_is_called_and_answers():
    run = begun(case("call")[0])
    token = Token.objects.get(run_id=run, node="C")
    event = OutboxEvent.objects.get(topic="workflow.call_opened")
    assert (event.payload["token_id"], event.payload["calls"]) == (token.pk, "1.004222")

    step = services.answer_call(run_id=run, token_id=token.pk, outcome="refused", at=AT, **PLACES)

    assert (step.ended, step.closed.outcome) == (True, "refused")
    with pytest.raises(TaskAlreadyDone), transaction.atomic():
        services.answer_call(run_id=run, token_id=token.pk, outcome="granted", at=AT, **PLACES)
    assert not OutboxEvent.objects.filter(topic="workflow.call_withdrawn").exists()


def test_a_silent_child_does_not_hide_the_others_result():
    xml = of(
        ["start -> T1 -> P1", "P1 -> C -> T2 -> P2", "P1 -> R -> T3 -> P2", "P2 -> E1"],
        tasks={"C": CALL},
        both="P1 P2",
    )
    run = begun(xml)
    message(run)
    assert nodes(run) == ["C", "T3"]

    services.cancel_run(run_id=run, actor_person_id=None, post_id=None, at=AT)
    assert OutboxEvent.objects.filter(topic="workflow.call_withdrawn").count() == 1


# --- back to a step done before ------------------------------------------------------------------------------------


def back(run, node, to):
    token = Token.objects.get(run_id=run, node=node, closed_at=None)
    return services.return_to(
        run_id=run, token_id=token.pk, node=to, actor_person_id=OFFICER, post_id=POST, at=AT, **PLACES
    )


def ways(run, node):
    token = Token.objects.get(run_id=run, node=node, closed_at=None)
    return [way.node.id for way in selectors.ways_back(run, token.pk)]


def permit_at_both():
    run = started(published(drawn(PERMIT, PERMIT_TASKS, xor="X1 X2 X3", both="P1 P2"))).run_id
    done(run, "T1")
    done(run, "T3", "enough")
    return run


def test_back_out_of_a_split_closes_the_whole_split():
    run = permit_at_both()
    done(run, "T5")
    assert ways(run, "T4") == ["T3"]

    step = back(run, "T4", "T3")

    assert nodes(run) == ["T3"]
    assert (step.closed.outcome, [item.node for item in step.opened]) == ("returned", ["T3"])
    done(run, "T3", "enough")
    done(run, "T4")
    done(run, "T5")
    assert nodes(run) == ["T6"]


def test_back_inside_a_branch_leaves_the_other_branch_alone():
    xml = of(
        ["start -> T1 -> T2 -> P1", "P1 -> T3 -> T4 -> P2", "P1 -> T5 -> T6 -> P2", "P2 -> T7 -> E1"], both="P1 P2"
    )
    run = begun(xml)
    for node in ("T2", "T3", "T5"):
        done(run, node)
    assert ways(run, "T4") == ["T3", "T2"]

    with pytest.raises(NotReturnable), transaction.atomic():
        back(run, "T4", "T5")
    back(run, "T4", "T3")

    assert nodes(run) == ["T3", "T6"]
    for node in ("T3", "T4", "T6"):
        done(run, node)
    assert nodes(run) == ["T7"]
    assert ways(run, "T7") == ["T2"]


def test_nothing_goes_back_before_a_number_was_given():
    run = permit_at_both()
    for node, outcome in (("T4", "done"), ("T5", "done"), ("T6", "done"), ("T7", "ok")):
        done(run, node, outcome)
    assert ways(run, "T8") == ["T7", "T6", "T3"]
    done(run, "T8", "signed")
    assert "T8" in ways(run, "T9")
    done(run, "T9")

    assert ways(run, "T10") == []
    with pytest.raises(NotReturnable), transaction.atomic():
        back(run, "T10", "T8")


# --- races and cost ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_a_timer_and_an_answer_one_wins():
    xml = case("interrupting timer")[0]
    with transaction.atomic():
        version = published(xml)
    for _round in range(4):
        with transaction.atomic():
            run = started(version).run_id
            done(run, "T1")
        timer = Timer.objects.get(run_id=run)
        barrier, came = threading.Barrier(2), []

        def act(one, run=run, timer=timer, barrier=barrier, came=came):
            barrier.wait()
            try:
                with transaction.atomic():
                    came.append(message(run) if one else services.fire_timer(timer_id=timer.pk, at=AT + SOON, **PLACES))
            except TaskAlreadyDone:
                came.append(None)
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=[one]) for one in (True, False)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len([step for step in came if step is not None]) == 1
        assert Timer.objects.filter(run_id=run, closed_at=None).count() == 0
        assert Token.objects.filter(run_id=run, node="R").exclude(closed_at=None).count() == 1


def test_ordinary_steps_ask_nothing_about_events(django_assert_num_queries):
    run = started(published(of(["start -> T1 -> T2 -> T3 -> E1"]))).run_id
    token = selectors.open_tasks(run)[0].token_id
    with django_assert_num_queries(2):
        services.complete_task(
            run_id=run, token_id=token, outcome="done", actor_person_id=OFFICER, post_id=POST, at=AT, **PLACES
        )
