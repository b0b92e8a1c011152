"""The outbox and its relay: nothing lost, nothing doubled, order kept within a subject."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.foundation.core import outbox, relay
from motcua.foundation.core.jobs import sweep
from motcua.foundation.core.models import Attempt, OutboxEvent, OutboxFailure

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


@dataclasses.dataclass(frozen=True, slots=True)
class Happened(outbox.Event):
    topic: ClassVar[str] = "test.happened"
    subject_field: ClassVar[str] = "subject_id"

    subject_id: int
    number: int
    on: datetime = AT


@pytest.fixture
def subscribers(monkeypatch):
    """An empty registry of subscribers, so that those of the apps do not listen."""
    monkeypatch.setattr(outbox, "_subscribers", {})
    return outbox


def _publish(*pairs: tuple[int, int]) -> None:
    with transaction.atomic():
        for subject, number in pairs:
            outbox.publish(Happened(subject_id=subject, number=number), at=AT)


class Recorder:
    """A subscriber that remembers what it took and refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.batches: list[int] = []
        self.refused: set[int] = set()

    def __call__(self, events) -> None:
        self.batches.append(len(events))
        for event in events:
            if event.payload["number"] in self.refused:
                raise ValueError("broken")
        self.taken += [(event.subject, event.payload["number"]) for event in events]


@pytest.fixture
def recorder(subscribers):
    made = Recorder()
    subscribers.subscribe("test.recorder", topics=[Happened], handler=made)
    return made


def test_an_announcement_without_a_change_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        outbox.publish(Happened(subject_id=1, number=1), at=AT)


@pytest.mark.django_db
def test_a_batch_is_handed_over_once_and_whole(recorder):
    _publish((1, 1), (2, 2), (1, 3))

    assert relay.relay_batch(at=AT) == 3
    assert relay.relay_batch(at=AT) == 0
    assert recorder.taken == [("1", 1), ("2", 2), ("1", 3)]
    assert recorder.batches == [3]


@pytest.mark.django_db
def test_only_the_topics_asked_for_arrive(subscribers):
    other = Recorder()
    subscribers.subscribe("test.deaf", topics=[], handler=other)
    _publish((1, 1))

    relay.relay_batch(at=AT)

    assert other.taken == []


@pytest.mark.django_db
def test_what_was_rolled_back_is_never_announced(recorder):
    with transaction.atomic():
        outbox.publish(Happened(subject_id=1, number=1), at=AT)
        transaction.set_rollback(True)

    assert relay.relay_batch(at=AT) == 0
    assert recorder.taken == []


@pytest.mark.django_db
def test_a_failing_event_stops_its_subject_only(recorder):
    recorder.refused = {2}
    _publish((1, 1), (1, 2), (1, 3), (2, 4))

    relay.relay_batch(at=AT)

    assert recorder.taken == [("1", 1), ("2", 4)]
    assert list(OutboxFailure.objects.order_by("event_id").values_list("subject", "reason")) == [
        ("1", "ValueError"),
        ("1", "waits for an earlier event"),
    ]


@pytest.mark.django_db
def test_later_events_of_a_stopped_subject_queue_behind(recorder):
    recorder.refused = {1}
    _publish((1, 1))
    relay.relay_batch(at=AT)
    _publish((1, 2), (2, 3))
    relay.relay_batch(at=AT)

    assert recorder.taken == [("2", 3)]
    recorder.refused = set()
    assert relay.retry_failures(at=AT + timedelta(minutes=1)) == 2
    assert recorder.taken == [("2", 3), ("1", 1), ("1", 2)]
    assert not OutboxFailure.objects.exists()


@pytest.mark.django_db
def test_tries_come_at_growing_pauses_and_do_not_block_others(recorder):
    recorder.refused = {1, 2}
    _publish((1, 1), (2, 2))
    relay.relay_batch(at=AT)
    recorder.refused = {1}

    assert relay.retry_failures(at=AT + timedelta(seconds=5)) == 0
    assert relay.retry_failures(at=AT + timedelta(seconds=11)) == 1
    left = OutboxFailure.objects.get()
    assert (left.subject, left.attempts) == ("1", 2)
    assert left.next_try_at == AT + timedelta(seconds=51)


@pytest.mark.django_db
def test_one_subscriber_failing_does_not_keep_it_from_another(subscribers):
    good, bad = Recorder(), Recorder()
    bad.refused = {1}
    subscribers.subscribe("test.bad", topics=[Happened], handler=bad)
    subscribers.subscribe("test.good", topics=[Happened], handler=good)
    _publish((1, 1))

    relay.relay_batch(at=AT)

    assert good.taken == [("1", 1)]
    assert OutboxFailure.objects.get().subscriber == "test.bad"


def _write_mark(events) -> None:
    for event in events:
        Attempt.objects.create(bucket=str(event.id).encode(), window_start=AT)


@pytest.mark.race
def test_a_relay_killed_in_the_middle_loses_and_doubles_nothing(transactional_db, subscribers):
    killed = []

    def die(events) -> None:
        if not killed:
            killed.append(True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    subscribers.subscribe("test.1-writes", topics=[Happened], handler=_write_mark)
    subscribers.subscribe("test.2-dies", topics=[Happened], handler=die)
    _publish((1, 1), (2, 2))

    with pytest.raises(DatabaseError):
        relay.relay_batch(at=AT)
    connection.close()

    assert Attempt.objects.count() == 0
    assert relay.relay_batch(at=AT) == 2
    assert Attempt.objects.count() == 2
    assert not OutboxFailure.objects.exists()


@pytest.mark.django_db
def test_the_lag_counts_what_waits_and_what_is_set_aside(recorder):
    recorder.refused = {1}
    _publish((1, 1))
    relay.relay_batch(at=AT)
    _publish((2, 2))

    assert relay.lag_seconds(at=AT + timedelta(seconds=30)) == (1, 30.0, 1)


@pytest.mark.django_db
def test_the_sweep_keeps_what_somebody_still_needs(recorder):
    recorder.refused = {1}
    _publish((1, 1), (2, 2))
    relay.relay_batch(at=AT)
    OutboxEvent.objects.update(delivered_at=datetime(2020, 1, 1, tzinfo=UTC))
    _publish((3, 3))

    sweep()

    assert sorted(OutboxEvent.objects.values_list("subject", flat=True)) == ["1", "3"]
