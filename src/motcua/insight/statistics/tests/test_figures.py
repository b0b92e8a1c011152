"""Figures from events: hand-counted scenarios, second delivery, rebuilding, what is behind each figure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from tests.world import World, make_world

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.types import SupplementItem
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.models import OutboxEvent, OutboxFailure
from motcua.foundation.core.outbox import Delivered
from motcua.insight.statistics import counting, selectors
from motcua.insight.statistics.models import AgencyDay, AgencyFieldDay, DossierFact, OpenByDueDay
from motcua.insight.statistics.services import rebuild_statistics, sweep_empty_rows
from motcua.insight.statistics.subscriptions import TOPICS
from motcua.insight.statistics.types import Figures, GroupBy, Line, Measure, Settled

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def deliver(world: World) -> None:
    while relay.relay_batch(at=world.now):
        pass
    assert not OutboxFailure.objects.exists()


def november(world: World, *, at: datetime | None = None, by: str = GroupBy.AGENCY) -> Figures:
    deliver(world)
    return selectors.figures(
        agencies=[world.units["commune"], world.units["other_commune"]],
        since=SINCE,
        until=UNTIL,
        at=at or world.now + timedelta(hours=1),
        by=by,
    )


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=VIETNAM)


def settle(world: World, filed, when: datetime) -> None:
    for act, outcome, by in (
        ("examine", "enough", "canbo"),
        ("check", "agreed", "truongphong"),
        ("sign", "sign", "lanhdao"),
        ("issue", "issued", "vanthu"),
        ("to_desk", "brought", "vanthu"),
    ):
        assert world.tasks(filed)[0].act == act
        world.step(filed, outcome, by=by, at=when)


def test_a_month_counted_by_hand(world: World) -> None:
    # received 2 November, limit three working days: due Thursday 5 November
    early, on_time, late, overdue = (world.take_in(at=at(2)) for _ in range(4))
    settle(world, early, at(4))
    settle(world, on_time, at(5, 20))
    settle(world, late, at(6, 7))
    open_in_time = world.take_in(at=at(23), channel="post")
    paused = world.take_in(at=at(20))
    world.step(paused, "lacking", by="canbo", at=at(20, 10), supplement=(SupplementItem(reason="Mờ"),))
    withdrawn = world.file_online(at=at(20))
    dossiers.accept_filing(dossier_id=withdrawn.dossier_id, actor=world.actor("tiepnhan"), at=at(20, 10))
    dossiers.withdraw(dossier_id=withdrawn.dossier_id, reason="", actor=world.actor("congdan"), at=at(23))
    world.file_online(at=at(19))
    refused = world.file_online(at=at(20))
    dossiers.refuse_filing(
        dossier_id=refused.dossier_id, reason="Sai", legal_basis="Điều 17", actor=world.actor("tiepnhan"), at=at(20, 11)
    )

    shown = november(world)

    assert shown.total == Line(
        key=0, online=1, counter=5, post=1, early=1, on_time=1, late=1, withdrawn=1, in_time=1, overdue=1, paused=1
    )
    assert (shown.awaiting, shown.awaiting_overdue) == (1, 1)
    assert [line.key for line in shown.lines] == [world.units["commune"]]
    total = shown.total
    assert total.carried + total.received == total.settled + total.withdrawn + total.open
    assert Dossier.objects.get(pk=overdue.dossier_id).due_at < at(23)
    assert Dossier.objects.get(pk=open_in_time.dossier_id).due_at > at(23)


def test_due_today_becomes_overdue_at_its_hour(world: World) -> None:
    world.take_in(at=at(18))  # due Monday 23 November, 17:00

    before = november(world, at=at(23, 16)).total
    after = november(world, at=at(23, 18)).total

    assert (before.in_time, before.overdue) == (1, 0)
    assert (after.in_time, after.overdue) == (0, 1)


def test_carried_over_from_the_month_before(world: World) -> None:
    world.take_in(at=datetime(2026, 10, 30, 9, 0, tzinfo=VIETNAM))
    deliver(world)

    october = selectors.figures(
        agencies=[world.units["commune"]], since=date(2026, 10, 1), until=date(2026, 10, 31), at=world.now
    ).total
    november_line = november(world).total

    assert (october.carried, october.received, october.settled) == (0, 1, 0)
    assert (november_line.carried, november_line.received, november_line.overdue) == (1, 0, 1)


@pytest.mark.parametrize("by", list(GroupBy))
def test_each_figure_opens_as_many_dossiers_as_it_says(world: World, by: str) -> None:
    test_a_month_counted_by_hand(world)
    shown = november(world, by=by)

    for measure in Measure:
        ids = selectors.behind(
            measure=measure,
            agencies=[world.units["commune"]],
            since=SINCE,
            until=UNTIL,
            at=shown.computed_at,
            field_id=shown.lines[0].key if by == GroupBy.FIELD else None,
        )
        expected = getattr(shown.total, measure.value)
        in_fields = [
            i for i in ids if by == GroupBy.AGENCY or DossierFact.objects.get(pk=i).field_id == shown.lines[0].key
        ]
        assert len(in_fields) == (expected if by == GroupBy.AGENCY else getattr(shown.lines[0], measure.value))


def picture() -> list[Iterable[tuple]]:
    facts = DossierFact.objects.order_by("pk").values_list(*[n for n in counting._NAMES if n != "last_event_id"])
    days = AgencyFieldDay.objects.order_by("agency_id", "field_id", "day").values_list(
        "agency_id", "day", *counting.FLOWS
    )
    sums = AgencyDay.objects.order_by("agency_id", "day").values_list("agency_id", "day", *counting.FLOWS)
    stock = (
        OpenByDueDay.objects.exclude(count=0)
        .order_by("agency_id", "field_id", "due_on", "is_paused")
        .values_list("agency_id", "field_id", "due_on", "is_paused", "count")
    )
    return [list(facts), list(days), list(sums), list(stock)]


def test_rebuilding_ends_equal(world: World) -> None:
    test_a_month_counted_by_hand(world)
    by_events = picture()

    assert rebuild_statistics() == Dossier.objects.count()

    rebuilt = picture()
    assert rebuilt[0] == by_events[0]
    assert rebuilt[3] == by_events[3]
    for kept, made in zip(by_events[1:3], rebuilt[1:3], strict=True):
        assert [row for row in kept if any(row[2:])] == made


def test_second_delivery_counts_nothing_twice(world: World) -> None:
    test_a_month_counted_by_hand(world)
    before = picture()
    events = [
        Delivered(id=row.pk, topic=row.topic, subject=row.subject, payload=row.payload, occurred_at=row.occurred_at)
        for row in OutboxEvent.objects.order_by("pk")
        if row.topic in {kind.topic for kind in TOPICS}
    ]

    counting.count_events(events)

    assert picture() == before


def test_events_waiting_during_a_rebuild_are_counted_once(world: World) -> None:
    filed = world.take_in(at=at(20))
    rebuild_statistics()

    shown = november(world)

    assert shown.total.received == 1
    assert DossierFact.objects.get(pk=filed.dossier_id).last_event_id > 0


@pytest.mark.parametrize(
    ("ended_on", "due_at", "expected"),
    [
        (date(2026, 11, 4), at(5, 17), Settled.EARLY),
        (date(2026, 11, 5), at(5, 17), Settled.ON_TIME),
        (date(2026, 11, 5), at(5, 7), Settled.ON_TIME),
        (date(2026, 11, 6), at(5, 17), Settled.LATE),
        (date(2026, 11, 6), None, Settled.ON_TIME),
    ],
)
def test_settled_is_compared_by_day(ended_on: date, due_at: datetime | None, expected: Settled) -> None:
    assert counting.settled_class(ended_on, due_at) == expected


def test_queries_do_not_grow(world: World, assert_flat_queries) -> None:
    deliver(world)

    def grow(rows: int) -> None:
        for _ in range(rows):
            world.take_in()
        deliver(world)

    assert_flat_queries(
        lambda: selectors.figures(agencies=[world.units["commune"]], since=SINCE, until=UNTIL, at=world.now),
        grow=grow,
        at_most=6,
    )


def test_empty_rows_of_the_past_are_swept(world: World) -> None:
    filed = world.take_in(at=at(2))
    deliver(world)
    settle(world, filed, at(4))
    deliver(world)

    assert sweep_empty_rows(before=date(2026, 11, 23)) == 1
