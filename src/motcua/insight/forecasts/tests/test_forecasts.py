"""Forecasts with known numbers: percentiles, pauses, small samples, the province in place of an agency."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from tests.world import BUSINESS, NOW, World, make_world

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier, Pause
from motcua.casework.dossiers.types import SettledTime
from motcua.foundation.core.clock import VIETNAM
from motcua.insight.forecasts import selectors, services
from motcua.insight.forecasts.models import Forecast
from motcua.insight.forecasts.types import Like, Stage, Took

HOUR = 3600


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def world(db: None, settings) -> World:
    settings.MOTCUA_FORECAST_LEAST = 3
    return make_world()


def finished(world: World, hours: int, *, agency: str = "commune") -> int:
    """Make a dossier that was taken in on a Monday at eight and finished `hours` on the clock later."""
    filed = world.take_in()
    row = Dossier.objects.filter(pk=filed.dossier_id)
    row.update(
        state="finished", accepted_at=at(16), finished_at=at(16) + timedelta(hours=hours),
        competent_agency_id=world.units[agency],
    )  # fmt: skip
    return filed.dossier_id


def like(world: World, agency: str = "commune") -> Like:
    case_name = Dossier.objects.select_related("case").earliest("pk").case.name
    return Like(BUSINESS, case_name, world.units[agency])


@pytest.mark.parametrize(
    ("values", "half", "most"),
    [([5], 5, 5), (list(range(1, 11)), 5, 9), (list(range(1, 21)), 10, 18), ([1] * 19 + [99], 1, 1), ([1, 9, 9], 9, 9)],
)
def test_percentiles_are_values_that_so_many_really_did_not_exceed(values, half, most):
    assert (services.nearest_rank(values, 50), services.nearest_rank(values, 90)) == (half, most)


def test_an_agency_speaks_for_itself_else_the_province_else_nobody(world: World):
    for hours in (1, 2, 3):
        finished(world, hours)
    finished(world, 3, agency="other_commune")

    assert services.rebuild_forecasts(at=NOW) == 4, "the commune and the province, in the case and in all cases"

    own = selectors.forecast_for(like=like(world))
    other = selectors.forecast_for(like=like(world, "other_commune"))
    assert own == Took(3, 2 * HOUR, 3 * HOUR, is_whole_province=False)
    assert other == Took(4, 2 * HOUR, 3 * HOUR, is_whole_province=True)
    assert selectors.forecast_for(like=Like(BUSINESS, "trường hợp khác", world.units["commune"])) is None
    assert selectors.forecast_for(like=Like(BUSINESS, None, world.units["commune"])) == own


def test_too_few_or_too_old_say_nothing(world: World):
    finished(world, 1)
    finished(world, 2)
    assert services.rebuild_forecasts(at=NOW) == 0

    finished(world, 3)
    assert services.rebuild_forecasts(at=NOW) == 4
    assert services.rebuild_forecasts(at=NOW + timedelta(days=400)) == 0, "a year later they are no longer like"
    assert not Forecast.objects.exists()


def test_rebuilding_twice_gives_the_same_rows(world: World, capsys):
    for hours in (1, 2, 3):
        finished(world, hours)
    rows = []
    for _ in range(2):
        services.rebuild_forecasts(at=NOW)
        rows.append(
            list(Forecast.objects.order_by("case_key", "agency_id").values_list("case_key", "count", "p90_seconds"))
        )

    assert rows[0] == rows[1]
    call_command("rebuild_forecasts")
    assert "forecasts made" in capsys.readouterr().out


def test_time_for_which_the_clock_stood_is_not_the_agencys(world: World):
    dossier_id = finished(world, 3)
    Pause.objects.create(
        dossier_id=dossier_id, holder="citizen", reason_code="supplement", started_at=at(16, 9), ended_at=at(16, 10)
    )  # fmt: skip

    (item,) = next(dossiers.settled_times(since=at(1), until=NOW))

    assert services.working_time(item) == 2 * HOUR


def test_many_are_read_with_one_statement(world: World, django_assert_num_queries):
    for hours in (1, 2, 3):
        finished(world, hours)
    services.rebuild_forecasts(at=NOW)
    likes = [like(world), like(world, "other_commune"), Like("0.000000", "", 7)]

    with django_assert_num_queries(1):
        assert len(selectors.forecasts_for(likes=likes)) == 2
    with django_assert_num_queries(0):
        assert selectors.forecasts_for(likes=[]) == {}


@pytest.mark.parametrize(
    ("now", "standing", "stage"),
    [
        (at(16, 9), False, Stage.AHEAD),
        (at(17, 10), False, Stage.PAST_HALF),
        (at(20, 10), False, Stage.PAST_MOST),
        (at(16, 9), True, Stage.STANDING),
    ],
)
def test_the_outlook_says_where_a_dossier_stands_among_those_like_it(world: World, now, standing, stage):
    took = Took(40, 8 * HOUR, 24 * HOUR, is_whole_province=False)

    found = selectors.outlook(
        took=took, agency_id=world.units["commune"], since=at(16), paused_seconds=0, is_standing=standing, at=now
    )  # fmt: skip

    assert (found.stage, found.half_at, found.most_at) == (stage, at(17), at(19))
    assert (took.median_days, took.p90_days) == (1, 3)


def test_a_pause_moves_the_outlook_by_its_working_time(world: World):
    took = Took(40, 8 * HOUR, 24 * HOUR, is_whole_province=False)

    found = selectors.outlook(
        took=took, agency_id=world.units["commune"], since=at(16), paused_seconds=8 * HOUR, is_standing=False, at=at(16)
    )  # fmt: skip

    assert (found.half_at, found.most_at) == (at(18), at(20))


@pytest.mark.django_db
def test_a_pause_without_end_before_the_finish_takes_no_more_than_there_is():
    start, end = at(16), at(16, 10)
    item = SettledTime(BUSINESS, "", 1, start, end, ((start - timedelta(days=1), end + timedelta(days=1)),))

    assert services.working_time(item) == 0
