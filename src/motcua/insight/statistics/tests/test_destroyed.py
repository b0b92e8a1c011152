"""Figures outlive the dossiers that they count."""

from datetime import date, timedelta

import pytest
from tests.world import NOW, World, make_world

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import RetentionPeriod
from motcua.engagement.surveys import services as surveys
from motcua.engagement.surveys.models import Rating
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import relay
from motcua.insight.statistics import selectors
from motcua.insight.statistics.services import rebuild_statistics
from motcua.insight.statistics.types import Figures


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def figures(world: World) -> Figures:
    return selectors.figures(
        agencies=[world.units["commune"]], since=date(2026, 11, 1), until=date(2026, 11, 30), at=NOW
    )


def test_figures_and_scores_stay_when_a_dossier_is_destroyed_and_when_they_are_made_anew(world: World) -> None:
    world.take_in()
    citizen = world.actor("congdan")
    done = world.take_in(citizen_person_id=citizen.person_id)
    world.lead_to(done, "return_result")
    world.step(done, "returned", by="tiepnhan")
    surveys.rate_dossier(dossier_id=done.dossier_id, level="not_satisfied", comment="Chờ lâu", actor=citizen, at=NOW)
    while relay.relay_batch(at=NOW):
        pass
    told, score = figures(world), selectors.public_score(since=date(2026, 11, 1), until=date(2026, 11, 30))
    assert (told.total.received, told.total.settled) == (2, 1)
    RetentionPeriod.objects.update(months=0)

    dossiers.destroy_dossier(
        code=done.code, decision_number="1/QĐ", decision_on=date(2026, 11, 20), actor=SYSTEM, at=NOW + timedelta(days=1)
    )

    assert figures(world) == told
    assert rebuild_statistics() == 2
    assert figures(world) == told
    assert selectors.public_score(since=date(2026, 11, 1), until=date(2026, 11, 30)) == score
    rating = Rating.objects.get()
    assert (rating.dossier_id, rating.level, rating.comment) == (None, "not_satisfied", "")
