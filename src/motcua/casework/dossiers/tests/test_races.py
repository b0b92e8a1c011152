"""Contested acts with real threads: same task twice, numbers, double submit."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from tests.world import World, make_world

from motcua.casework.dossiers import journal, picture, services
from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS = 6


def together(work, count: int = THREADS) -> list:
    """Run `work(n)` in threads that start at the same moment; a refusal is returned, not raised."""
    gate = threading.Barrier(count)

    def one(n: int):
        try:
            gate.wait()
            return work(n)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_numbers_are_gapless_and_never_double(transactional_db: None) -> None:
    world = make_world()
    actor = world.actor("tiepnhan")
    filings = [world.filing() for _ in range(THREADS)]

    filed = together(lambda n: services.take_in_at_counter(filing=filings[n], actor=actor, at=world.now))

    assert sorted(item.code for item in filed) == [f"T01.34-261123-{n:04d}" for n in range(1, THREADS + 1)]


def test_double_submit_makes_one_dossier(transactional_db: None) -> None:
    world = make_world()
    actor = world.actor("tiepnhan")
    filing = world.filing(key="the-same")

    filed = together(lambda n: services.take_in_at_counter(filing=filing, actor=actor, at=world.now))

    assert len({item.dossier_id for item in filed}) == 1
    assert sum(item.is_new for item in filed) == 1
    assert Dossier.objects.count() == 1


def test_one_task_is_done_once(transactional_db: None) -> None:
    world = make_world()
    filed = world.take_in()
    task = world.tasks(filed)[0]
    actors = [world.actor("canbo"), world.actor("canbo2")]

    def work(n: int):
        return services.complete_step(
            dossier_id=filed.dossier_id,
            task_id=task.public_id,
            outcome="enough",
            actor=actors[n % 2],
            at=world.now,
        )

    done = together(work)

    assert [isinstance(item, Refusal) for item in done].count(False) == 1
    assert {item.code for item in done if isinstance(item, Refusal)} == {"task-already-done"}
    assert JournalEntry.objects.filter(dossier_id=filed.dossier_id, act="task_done", node="T2").count() == 1


def test_filing_is_accepted_by_one(transactional_db: None) -> None:
    world: World = make_world()
    filed = world.file_online()
    actor = world.actor("tiepnhan")

    done = together(lambda n: services.accept_filing(dossier_id=filed.dossier_id, actor=actor, at=world.now))

    assert [isinstance(item, Refusal) for item in done].count(False) == 1
    assert Dossier.objects.get().code == "T01.34-261123-0001"


def test_eight_people_do_eight_things_to_one_dossier(transactional_db: None) -> None:
    world = make_world()
    filed = world.file_online()
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now)
    task = world.tasks(filed)[0]
    head, leader = world.actor("truongphong"), world.actor("lanhdao")
    one = {"dossier_id": filed.dossier_id, "at": world.now}
    step = {"task_id": task.public_id, "outcome": "enough"}
    day = civil_day(world.now) + timedelta(days=9)
    acts = [
        partial(services.complete_step, actor=world.actor("canbo"), **step, **one),
        partial(services.complete_step, actor=world.actor("canbo2"), **step, **one),
        partial(services.assign, task_id=task.public_id, person_id=world.people["canbo2"], actor=head, **one),
        partial(services.suspend, holder="court", reason="Chờ", ground="Điều 1", actor=head, **one),
        partial(services.end_suspension, actor=leader, **one),
        partial(services.appoint_new_date, reason="Chờ", new_due_on=day, actor=leader, **one),
        partial(services.propose_extension, reason="Chờ", new_due_on=day, actor=world.actor("canbo"), **one),
        partial(services.withdraw, reason="Thôi", actor=world.actor("congdan"), **one),
    ]  # fmt: skip

    done = together(lambda n: acts[n](), len(acts))

    dossier = Dossier.objects.get()
    entries = JournalEntry.objects.filter(dossier_id=dossier.pk)
    assert [isinstance(item, Refusal) for item in done[:2]].count(False) <= 1
    assert sorted(entries.values_list("seq", flat=True)) == list(range(1, dossier.journal_seq + 1))
    assert journal.broken_link(dossier.pk) is None
    assert picture.replay(dossier.pk) == picture.picture_of(dossier)
    assert any(not isinstance(item, Refusal) for item in done)
