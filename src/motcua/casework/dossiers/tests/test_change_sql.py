"""The statements around a change: valid against the models' columns, and the same rows as a plain ORM version."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.world import NOW, World

from motcua.casework.dossiers import change_sql, creation_sql, journal, picture, placement
from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.services import steps
from motcua.casework.dossiers.services.intake import _SAVED as TAKEN_IN
from motcua.casework.workflow import services as workflow
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.models import OutboxEvent

pytestmark = pytest.mark.django_db
AT = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("load", change_sql.load_statement()),
        ("a step", change_sql.save_statement(steps.SAVED, 1)),
        ("an acceptance", change_sql.save_statement(TAKEN_IN, 2)),
        ("a taking-in", creation_sql.recorded_statement(2)),
        ("a key", creation_sql._CLAIM),
    ],
)
def test_statement_fits_the_tables(name: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}", [None] * statement.count("%s"))

        assert cursor.fetchall(), name


def test_a_step_writes_the_rows_of_the_plain_orm_version(world: World) -> None:
    ours, plain = world.take_in(), world.take_in()
    with transaction.atomic():
        task = world.tasks(ours)[0]
        person = next(name for name in world.people if world.actor(name).posts_for(task.unit_id, task.role))
        actor = world.actor(person)
        steps.complete_plain_step(task_id=task.public_id, outcome=task.outcomes[0].code, actor=actor, at=AT)
        _plain(plain.dossier_id, world.tasks(plain)[0], actor)

    assert _picture(ours.dossier_id) == _picture(plain.dossier_id)
    assert journal.broken_link(ours.dossier_id) is None
    dossier = Dossier.objects.get(pk=ours.dossier_id)
    assert picture.replay(dossier.pk) == picture.picture_of(dossier)


def _plain(dossier_id: int, task: Any, actor: Any) -> None:
    """Do the step with the ORM, the engine's own statements apart: those have a test of their own."""
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    post = actor.posts_for(task.unit_id, task.role)[0]
    step = workflow.complete_task(
        run_id=task.run_id, token_id=task.token_id, outcome=task.outcomes[0].code, actor_person_id=actor.person_id,
        post_id=post.post_id, at=AT, due_for=placement.step_clock(on=civil_day(AT)),
        resolve_unit=lambda node, scope: placement.unit_for(node, scope, on=civil_day(AT)),
    )  # fmt: skip
    opened = [item.node for item in step.opened]
    dossier.lock_version += 1
    dossier.journal_seq += 1
    dossier.save()
    JournalEntry.objects.create(
        dossier_id=dossier_id, seq=dossier.journal_seq, act="task_done", node=task.node,
        outcome=task.outcomes[0].code, actor_kind=actor.kind, person_id=actor.person_id, post_id=post.post_id,
        unit_id=task.unit_id, token_id=task.token_id, occurred_at=AT, recorded_at=AT,
        facts=picture.facts_of(dossier) | {"opened": opened, "has_note": False}, salt=b"", digest=b"", hash=b"",
    )  # fmt: skip
    payload = {
        "dossier_id": dossier_id, "public_id": str(dossier.public_id), "field_id": dossier.field_id,
        "channel": dossier.channel, "receiving_agency_id": dossier.receiving_agency_id,
        "competent_agency_id": dossier.competent_agency_id, "at": AT.isoformat(), "node": task.node,
        "outcome": task.outcomes[0].code, "opened": opened,
    }  # fmt: skip
    OutboxEvent.objects.create(topic="dossiers.moved", subject=str(dossier_id), payload=payload, occurred_at=AT)


def _picture(dossier_id: int) -> list[Any]:
    """Return everything that a step writes, but for ids, salts and what is chained from them."""
    own = {"id", "public_id", "run_id", "code", "journal_hash", "dossier_id", "token_id", "salt", "digest", "hash"}
    own |= {"subject", "delivered_at"}
    entries = JournalEntry.objects.filter(dossier_id=dossier_id, act="task_done", occurred_at=AT)
    events = OutboxEvent.objects.filter(subject=str(dossier_id), topic="dossiers.moved")
    found = [*Dossier.objects.filter(pk=dossier_id).values(), *entries.values(), *events.values()]
    rows = [{name: value for name, value in row.items() if name not in own} for row in found]
    for row in rows:
        if "payload" in row:
            row["payload"] = {name: value for name, value in row["payload"].items() if name not in own}
    return rows
