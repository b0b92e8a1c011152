"""The watchdog: finds what nobody can do and what has long been silent, names who answers, and lets go by itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.models import Dossier, StuckDossier
from motcua.casework.dossiers.selectors.stuck import stuck_dossiers
from motcua.casework.dossiers.services import stuck
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.core.types import NotFound


def _leave_the_post(world: World, filed) -> None:
    """Let nobody hold the post of the open step any more."""
    task = world.tasks(filed)[0]
    PostHolding.objects.filter(post__unit_id=task.unit_id, post__role=task.role).delete()


def test_a_step_that_nobody_can_do_is_found_at_once_with_its_owner(world: World):
    filed, other = world.take_in(), world.take_in(code="2.000815")
    assert stuck.watch_stuck(at=NOW) == (0, 0)
    _leave_the_post(world, filed)

    opened, _ended = stuck.watch_stuck(at=NOW)

    row = StuckDossier.objects.get(dossier_id=filed.dossier_id)
    assert (opened, row.why) == (StuckDossier.objects.count(), "nobody")
    assert row.owner_id == world.people["truongphong"]
    assert not StuckDossier.objects.filter(dossier_id=other.dossier_id).exists()
    assert stuck.watch_stuck(at=NOW) == (0, 0)


def test_silence_counts_in_working_hours_and_ends_with_an_event(world: World, settings):
    filed = world.take_in()
    settings.MOTCUA_STUCK_HOURS = 16  # Monday 9:00 to Thursday 9:00: Tuesday is a holiday

    assert stuck.watch_stuck(at=NOW + timedelta(days=3, minutes=-1)) == (0, 0)
    assert stuck.watch_stuck(at=NOW + timedelta(days=3)) == (1, 0)
    later = NOW + timedelta(days=3, minutes=5)
    dossier_services.assign(
        dossier_id=filed.dossier_id, task_id=world.tasks(filed)[0].public_id, person_id=world.people["canbo"],
        actor=world.actor("canbo"), at=later,
    )  # fmt: skip

    assert stuck.watch_stuck(at=later + timedelta(minutes=1)) == (0, 1)


def test_what_waits_or_rests_is_not_stuck(world: World, settings):
    waits, rests = world.take_in(), world.take_in()
    Dossier.objects.filter(pk=waits.dossier_id).update(waiting_for="citizen")
    Dossier.objects.filter(pk=rests.dossier_id).update(is_suspended=True)

    assert stuck.watch_stuck(at=NOW + timedelta(days=60)) == (0, 0)


def test_the_owner_acknowledges_with_a_note_and_nobody_else_sees_it(world: World, sign_in):
    filed = world.take_in()
    _leave_the_post(world, filed)
    stuck.watch_stuck(at=NOW)
    row = StuckDossier.objects.get()
    given = {"public_id": row.public_id, "at": NOW}

    with pytest.raises(NotFound):
        stuck.acknowledge_stuck(**given, note="x", actor=world.actor("xa.tiepnhan"))
    client = sign_in("truongphong")
    empty = client.post(reverse("office:stuck-note"), {"stuck": row.public_id, "note": " "})
    answer = client.post(reverse("office:stuck-note"), {"stuck": row.public_id, "note": "Đang bố trí người thay"})
    shown = client.get(reverse("office:stuck")).content.decode()

    assert empty.status_code == 422
    assert answer.status_code == 302
    assert "Đang bố trí người thay" in shown
    assert "Không ai làm được bước này" in shown
    assert stuck_dossiers(actor=world.actor("xa.tiepnhan"), at=NOW).total == 0


def test_looking_needs_no_more_statements_for_more_dossiers(world: World):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            stuck.watch_stuck(at=NOW + timedelta(days=40))
        return len(captured)

    filed = [world.take_in(), world.take_in()]
    count()
    few = count()
    filed += [world.take_in() for _ in range(6)]
    count()

    assert StuckDossier.objects.count() == len(filed)
    assert count() == few
