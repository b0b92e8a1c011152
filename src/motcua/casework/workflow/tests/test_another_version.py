"""Running runs go over to another version of their process, or stay and say why."""

from datetime import date, timedelta

import pytest

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.models import Timer, Token
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, drawn
from motcua.casework.workflow.tests.stage import AT, done, nodes
from motcua.casework.workflow.tests.test_happening import PLACES, begun, permit_at_both
from motcua.casework.workflow.tests.waits import case, of

pytestmark = pytest.mark.django_db


def new_version(xml):
    draft = services.save_draft(code="permit", name="Thử", xml=xml, at=AT)
    return services.publish(
        version_id=draft, actor_person_id=None, at=AT, valid_from=date(2026, 6, 1), decision_number="02/QĐ-UBND"
    )


def migrate(run, version, node_map=None, *, dry_run=False):
    return services.migrate_run(
        run_id=run, version_to=version, node_map=node_map, at=AT + timedelta(days=1), dry_run=dry_run, **PLACES
    )


def test_a_run_goes_over_with_its_deadlines_and_a_dry_run_changes_nothing():
    run = permit_at_both()
    done(run, "T5")
    due = Token.objects.get(run_id=run, node="T4").due_at
    tasks = PERMIT_TASKS | {"K4": {**PERMIT_TASKS["T4"], "role": "leader", "hours": 99}}
    tasks.pop("T4")
    flows = [flow.replace("T4", "K4") for flow in PERMIT]
    version = new_version(drawn(flows, tasks, xor="X1 X2 X3", both="P1 P2"))

    assert migrate(run, version).problem == "element-missing"
    assert migrate(run, version).element == "T4"
    assert migrate(run, version, {"T4": "K4"}, dry_run=True).problem == ""
    assert nodes(run) == ["T4"]
    went = migrate(run, version, {"T4": "K4"})

    assert (went.problem, ("T4", "K4") in went.nodes) == ("", True)
    token = Token.objects.get(run_id=run, node="K4", closed_at=None)
    assert (token.due_at, token.role, token.version_id) == (due, "leader", version)
    done(run, "K4")
    assert nodes(run) == ["T6"]
    assert [task.node for task in selectors.history(run)][:2] == ["T1", "T3"]


def test_a_run_stays_where_the_target_could_not_stand():
    run = permit_at_both()
    flows = [flow for flow in PERMIT if "P1" not in flow and "P2" not in flow]
    one_by_one = drawn([*flows, "X1 -> T4 [enough]", "T4 -> T5 -> T6 -> T7"], PERMIT_TASKS, xor="X1 X2 X3")

    assert migrate(run, new_version(one_by_one)).problem == "marking-unreachable"
    assert nodes(run) == ["T4", "T5"]


def test_timers_go_over_with_their_events():
    run = begun(case("interrupting timer")[0])
    kept = Timer.objects.get()
    xml = of(
        ["start -> T1 -> R -> E1", "B -> T2 -> E2"],
        events={
            "B": {"on": "R", "name": "Không trả lời", "code": "no_answer", "hours": 99},
            "N": {"on": "R", "name": "Nhắc", "duration": "P1D", "reminds": True},
        },
    )
    assert migrate(run, new_version(xml)).problem == ""

    timers = dict(Timer.objects.filter(closed_at=None).values_list("node", "due_at"))
    assert timers == {"B": kept.due_at, "N": AT + timedelta(days=2)}
    plain = services.save_draft(code="permit", name="Thử", xml=case("message wait")[0], at=AT)
    last = services.publish(
        version_id=plain, actor_person_id=None, at=AT, valid_from=date(2026, 7, 1), decision_number="03/QĐ-UBND"
    )
    assert migrate(run, last).problem == ""
    assert not Timer.objects.filter(closed_at=None).exists()
