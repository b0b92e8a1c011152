"""Tasks of a post taken by, or handed to, one person."""

import pytest

from motcua.casework.workflow import services
from motcua.casework.workflow.models import Token
from motcua.casework.workflow.tests.stage import AT, finish, published, started
from motcua.casework.workflow.types import TaskAlreadyDone, TaskNotFound, TaskTaken
from motcua.foundation.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_task_is_claimed_once_and_handed_on():
    Person.objects.create(pk=1, full_name="Lê Quốc Thái", is_officer=True)
    run = started(published())
    token = run.opened[0].token_id

    assert services.claim_task(token_id=token, person_id=1, at=AT).person_id == 1
    assert services.claim_task(token_id=token, person_id=1, at=AT).person_id == 1
    with pytest.raises(TaskTaken, match="Lê Quốc Thái"):
        services.claim_task(token_id=token, person_id=2, at=AT)
    assert services.assign_task(token_id=token, person_id=2, at=AT).person_id == 2
    assert services.assign_task(token_id=token, person_id=None, at=AT).person_id is None
    finish(run.run_id, token)
    with pytest.raises(TaskAlreadyDone):
        services.claim_task(token_id=token, person_id=1, at=AT)
    with pytest.raises(TaskNotFound):
        services.assign_task(token_id=10**12, person_id=1, at=AT)


def test_new_task_can_be_handed_to_a_person():
    run = started(published())

    step = finish(run.run_id, run.opened[0].token_id, person_for=lambda node, unit_id: unit_id + 1)

    assert step.opened[0].person_id == 21
    assert Token.objects.get(closed_at=None).person_id == 21
