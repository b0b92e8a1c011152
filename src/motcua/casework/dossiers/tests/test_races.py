"""Contested acts with real threads: same task twice, numbers, double submit."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.world import World, make_world

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier, JournalEntry
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
