"""Figures after a reform: what was received stays under its agency, what is open is the heir's, and sums agree."""

from datetime import date, datetime

import pytest
from tests.world import NOW, World, make_world

from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.types import Change, Decision, ItemAct
from motcua.insight.statistics import selectors
from motcua.insight.statistics.models import AgencyDay, AgencyFieldDay, DossierFact, OpenByDueDay
from motcua.insight.statistics.services import rebuild_statistics
from motcua.insight.statistics.types import Measure

ON = date(2026, 12, 1)
DAY = datetime(2026, 12, 1, 0, 5, tzinfo=VIETNAM)


@pytest.fixture
def world(db: None) -> World:
    """Take three dossiers in, file one online, and merge their commune into its neighbour."""
    world = make_world()
    for number in range(3):
        world.take_in(name=f"Người {number}")
    world.file_online()
    while relay.relay_batch(at=NOW):
        pass
    codes = dict(Agency.objects.values_list("pk", "code"))
    public_id = services.draft_reorganisation(
        title="Sáp nhập", on=ON, decision=Decision(number="1/NQ", on=date(2026, 11, 1)), by=None, at=NOW,
        changes=[
            Change(ItemAct.MERGE, codes[world.units["commune"]], target_code=codes[world.units["other_commune"]])
        ],
    )  # fmt: skip
    services.plan_reorganisation(public_id=public_id, by=None, at=NOW)
    services.carry_out_due(at=DAY)
    while relay.relay_batch(at=DAY):
        pass
    return world


def lines(world: World, **more):
    ids = [world.units["commune"], world.units["other_commune"]]
    found = selectors.figures(agencies=ids, since=date(2026, 11, 1), until=ON, at=DAY.replace(hour=9), **more)
    return {line.key: (line.counter, line.open) for line in found.lines}, found.total


def test_receptions_stay_and_open_dossiers_go_over(world):
    commune, heir = world.units["commune"], world.units["other_commune"]

    by_agency, total = lines(world)

    assert by_agency == {commune: (3, 0), heir: (0, 3)}
    assert (total.counter, total.open, total.carried) == (3, 3, 0)
    behind = selectors.behind(measure=Measure.COUNTER, agencies=[commune], since=date(2026, 11, 1), until=ON, at=DAY)
    assert len(behind) == 3
    assert not selectors.behind(measure=Measure.COUNTER, agencies=[heir], since=date(2026, 11, 1), until=ON, at=DAY)


def test_by_the_structure_of_a_date_both_are_one_line(world):
    heir = world.units["other_commune"]

    under = organisations.counting_under([heir], on=ON)

    assert lines(world, under=under)[0] == {heir: (3, 3)}


def test_rebuilding_ends_equal(world):
    def picture():
        return (
            list(DossierFact.objects.order_by("pk").values_list("pk", "competent_id", "received_under_id", "state")),
            [row for row in AgencyDay.objects.order_by("agency_id", "day").values_list() if any(row[3:])],
            AgencyFieldDay.objects.filter(counter__gt=0).count(),
            list(OpenByDueDay.objects.exclude(count=0).order_by("pk").values_list("agency_id", "due_on", "count")),
        )

    by_events = picture()
    rebuild_statistics()

    made = picture()
    assert made[0] == by_events[0]
    assert [row[1:] for row in made[1]] == [row[1:] for row in by_events[1]]
    assert made[2:] == by_events[2:]
