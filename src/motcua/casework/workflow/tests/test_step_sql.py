"""The raw statements: valid against the models' columns, and the same rows as a plain ORM version."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from motcua.casework.workflow import selectors, services, step_sql
from motcua.casework.workflow.models import Run, Token
from motcua.casework.workflow.tests import plain_orm
from motcua.casework.workflow.tests.stage import (
    AT,
    OFFICER,
    POST,
    SCOPE,
    due_for,
    finish,
    published,
    resolve_unit,
    started,
)
from motcua.casework.workflow.types import RunState

pytestmark = pytest.mark.django_db

NAMED = {"run": 1, "token": 2, "outcome": "done", "person": 3, "post": 4, "at": AT, "expected": 5}
STATEMENTS = {
    "CLOSE_TASK_ANY": NAMED,
    "CLOSE_TASK_FRESH": NAMED,
    "WHY_NOT_CLOSED": [1, 2],
    "OPEN_TOKENS": [1],
    "USE_UP": [AT, [1, 2]],
    "WITHDRAW": [AT, 1, 2, 3],
    "DROP_JOINS": [AT, 1],
    "INSERT_RUN": [1, "a", 1, 2, 3, AT],
    "END_RUN": [AT, 1],
    "CANCEL_RUN": [AT, 1],
    "RUN_STATE": [1],
    "CLAIM": [1, 2, 1],
    "ASSIGN": [1, 2],
    "WHO_HAS": [1],
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_fits_the_tables(name):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + getattr(step_sql, name), STATEMENTS[name])

        assert cursor.fetchall()


def test_insert_names_every_column_that_a_token_needs():
    written = set(step_sql._INSERTED.split(", "))
    later = {"id", "sort_at", "closed_at", "closed_by", "post_id"}

    assert written | later == {field.column for field in Token._meta.concrete_fields}


def test_rows_equal_those_of_the_plain_orm_version():
    version, seeds = published(), range(6)
    for seed in seeds:
        ours, plain = started(version).run_id, started(version).run_id
        chance, at = random.Random(seed), AT
        while tasks := selectors.open_tasks(ours):
            task, at = chance.choice(tasks), at + timedelta(minutes=7)
            outcome = chance.choice(task.outcomes).code
            finish(ours, task.token_id, outcome, at)
            plain_orm.complete(plain, task.node, outcome, at)
            assert _picture(ours) == _picture(plain)
            if at - AT > timedelta(hours=4):
                break


def test_a_run_that_starts_with_its_first_task_done_has_the_rows_of_both_steps():
    version = published()
    ours = services.start_run_done(
        version_id=version, subject_label="a", scope=SCOPE, at=AT, actor_person_id=OFFICER, post_id=POST,
        resolve_unit=resolve_unit, due_for=due_for,
    )  # fmt: skip
    plain = started(version)
    step = finish(plain.run_id, plain.opened[0].token_id, plain.opened[0].outcomes[0].code, AT)

    assert _picture(ours.run_id) == _picture(plain.run_id)
    assert ours.lock_version == step.lock_version
    assert [task.node for task in ours.opened] == [task.node for task in step.opened]
    assert selectors.history(ours.run_id) == (ours.closed,)
    assert selectors.open_tasks(ours.run_id) == ours.opened


def _picture(run_id):
    ignored = {"id", "run_id", "public_id"}
    tokens = [
        {name: value for name, value in row.items() if name not in ignored}
        for row in Token.objects.filter(run_id=run_id).order_by("opened_at", "node", "via").values()
    ]
    state = Run.objects.values_list("state", "lock_version", "ended_at").get(pk=run_id)
    assert (state[0] == RunState.ENDED) == (not any(row["closed_at"] is None for row in tokens))
    return tokens, state
