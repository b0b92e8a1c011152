"""An ended run opened again at a step done in it, and nowhere else."""

import pytest
from django.db import transaction

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.models import Run, Token
from motcua.casework.workflow.tests.drawings import PERMIT, PERMIT_TASKS, drawn
from motcua.casework.workflow.tests.stage import AT, OFFICER, POST, done, due_for, published, resolve_unit, started
from motcua.casework.workflow.types import NotReturnable, RunNotFound, RunStillRunning

pytestmark = pytest.mark.django_db


def reopen(run: int, node: str) -> None:
    services.reopen_run(run_id=run, node=node, at=AT, resolve_unit=resolve_unit, due_for=due_for)


def test_an_ended_run_goes_on_at_a_step_done_before_outside_of_its_split():
    version = published(drawn(PERMIT, PERMIT_TASKS, xor="X1 X2 X3", both="P1 P2"))
    run = started(version).run_id
    done(run, "T1")
    done(run, "T3", "enough")  # now on both ways of the split
    with pytest.raises(RunStillRunning):
        reopen(run, "T3")
    services.cancel_run(run_id=run, actor_person_id=OFFICER, post_id=POST, at=AT)
    assert [node.id for node in selectors.ways_into(run, selectors.graph(version))] == ["T3"]

    with pytest.raises(RunNotFound):
        reopen(10**12, "T3")
    reopen(run, "T3")

    assert [token.node for token in Token.objects.filter(run_id=run, closed_at=None)] == ["T3"]
    assert (Run.objects.get(pk=run).state, Run.objects.get(pk=run).ended_at) == ("running", None)
    done(run, "T3", "enough")
    assert Token.objects.filter(run_id=run, closed_at=None).count() == 2


def test_a_step_never_done_and_the_intake_are_no_ways_in():
    run = started(published()).run_id
    done(run, "T1")
    services.cancel_run(run_id=run, actor_person_id=OFFICER, post_id=POST, at=AT)
    for node in ("T1", "T5", "nowhere"):
        with pytest.raises(NotReturnable), transaction.atomic():
            reopen(run, node)
