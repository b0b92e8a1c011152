"""Every figure by either limit: the one on the receipt, and the statutory one that the province made shorter."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.world import World, make_world

from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import Basis
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import TimeLimit
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.insight.statistics import selectors, services
from motcua.insight.statistics.models import AgencyDay, DossierFact
from motcua.insight.statistics.types import Line, Measure


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def world(db: None) -> World:
    """A province that promised one working day where the law says three."""
    made = make_world()
    TimeLimit.objects.update(reduced_value=1, reduced_unit="working_day")
    procedures.forget_choices()
    return made


def finish(world: World, filed: Any, when: datetime) -> None:
    for outcome, by in (("enough", "canbo"), ("agreed", "truongphong"), ("sign", "lanhdao"), ("issued", "vanthu"),
                        ("brought", "vanthu")):  # fmt: skip
        world.step(filed, outcome, by=by, at=when)


def count() -> None:
    while relay.relay_batch(at=at(30, 9)):
        pass


def total(world: World, when: datetime, basis: str) -> Line:
    found = selectors.figures(
        agencies=[world.units["commune"]], since=date(2026, 11, 1), until=date(2026, 11, 30), at=when, basis=basis
    )
    return found.total


def behind(world: World, measure: str, when: datetime, basis: str) -> list[int]:
    return selectors.behind(
        measure=measure, agencies=[world.units["commune"]], since=date(2026, 11, 1), until=date(2026, 11, 30), at=when,
        basis=basis,
    )  # fmt: skip


def test_late_by_the_promise_and_in_time_by_the_law(world: World) -> None:
    settled, lying, long = world.take_in(), world.take_in(), world.take_in()
    finish(world, settled, at(26, 10))
    finish(world, long, at(30, 10))
    count()

    promised = total(world, at(26, 12), Basis.PROMISED)
    statutory = total(world, at(26, 12), Basis.STATUTORY)

    assert (promised.early, promised.on_time, promised.late) == (0, 0, 2)
    assert (statutory.early, statutory.on_time, statutory.late) == (1, 0, 1)
    assert (promised.in_time, promised.overdue) == (0, 1)
    assert (statutory.in_time, statutory.overdue) == (1, 0)
    assert behind(world, Measure.EARLY, at(26, 12), Basis.STATUTORY) == [settled.dossier_id]
    assert behind(world, Measure.OVERDUE, at(26, 12), Basis.PROMISED) == [lying.dossier_id]
    assert behind(world, Measure.IN_TIME, at(26, 12), Basis.STATUTORY) == [lying.dossier_id]
    assert total(world, at(30, 12), Basis.STATUTORY).overdue == 1


def test_a_date_put_off_is_in_time_by_the_promise_and_late_by_the_law(world: World) -> None:
    filed = world.take_in()
    dossier_services.appoint_new_date(
        dossier_id=filed.dossier_id, reason="Chờ", new_due_on=date(2026, 12, 3), override_reason="Bão",
        actor=world.actor("lanhdao"), at=at(25, 10),
    )  # fmt: skip
    count()

    assert total(world, at(30, 9), Basis.PROMISED).overdue == 0
    assert total(world, at(30, 9), Basis.STATUTORY).overdue == 1
    assert behind(world, Measure.OVERDUE, at(30, 9), Basis.STATUTORY) == [filed.dossier_id]


def test_rebuilt_figures_judge_the_same(world: World) -> None:
    for when in (at(25, 10), at(26, 10), at(30, 10)):
        finish(world, world.take_in(), when)
    world.take_in()
    count()
    before = [list(DossierFact.objects.order_by("pk").values()), list(AgencyDay.objects.order_by("day").values())]

    services.rebuild_statistics()

    after = [list(DossierFact.objects.order_by("pk").values()), list(AgencyDay.objects.order_by("day").values())]
    for rows in (*before, *after):
        for row in rows:
            row.pop("last_event_id", None)
            row.pop("id", None)
    assert before == after
