"""Tests kept with a process: what they say of a drawing, and that nothing is published while one fails."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from motcua.casework.workflow import services
from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.models import ProcessVersion
from motcua.casework.workflow.rules import checked_process
from motcua.casework.workflow.tests.test_rehearsal import description
from motcua.casework.workflow.types import Approval, ScenarioInput, ScenarioNotMet, VersionNotFound, VersionState
from motcua.foundation.core.types import Invalid, NotFound

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
STRAIGHT = ScenarioInput(
    "Đường thẳng", (("take", "done"), ("left", "done"), ("right", "done"), ("back", "agree")), {}, (), Decimal(12)
)


@pytest.fixture
def graph():
    services.create_process(code="di-thu", name="Đi thử", xml=draw(description()), at=AT, actor_person_id=1)
    return checked_process(draw(description()))[0]


def keep(**changes):
    return services.keep_scenario(code="di-thu", scenario=replace(STRAIGHT, **changes), actor_person_id=1, at=AT)


@pytest.mark.parametrize(
    ("changes", "reason", "node"),
    [
        ({}, "", ""),
        ({"at_most_hours": Decimal(11)}, "hours", ""),
        ({"ends_open": ("back",)}, "elsewhere", ""),
        ({"steps": STRAIGHT.steps[:3], "ends_open": ("back",)}, "", ""),
        ({"steps": (("take", "done"), ("gone", "done"))}, "missing", "gone"),
        ({"steps": (("take", "never"),)}, "outcome", "take"),
    ],
)
def test_a_kept_walk_says_what_came_out(graph, changes, reason, node) -> None:
    keep(**changes)
    (result,) = services.run_scenarios(code="di-thu", graph=graph)
    assert (result.reason, result.node) == (reason, node)


def test_the_same_name_takes_the_place_of_the_former(graph) -> None:
    keep()
    public_id = keep(at_most_hours=None)
    (result,) = services.run_scenarios(code="di-thu", graph=graph)
    assert (result.public_id, result.scenario.at_most_hours) == (public_id, None)
    services.drop_scenario(code="di-thu", public_id=public_id)
    with pytest.raises(NotFound):
        services.drop_scenario(code="di-thu", public_id=uuid4())
    assert services.run_scenarios(code="di-thu", graph=graph) == ()


def test_what_cannot_be_kept_says_where(graph) -> None:
    with pytest.raises(Invalid) as refused:
        keep(name=" ", steps=())
    assert set(refused.value.fields) == {"name", "steps"}
    with pytest.raises(VersionNotFound):
        services.keep_scenario(code="khong-co", scenario=STRAIGHT, actor_person_id=1, at=AT)


def test_nothing_is_published_while_a_kept_test_fails(graph) -> None:
    keep(at_most_hours=Decimal(1))
    seen = ProcessVersion.objects.get().sha256
    services.approve_draft(code="di-thu", seen=seen, actor_person_id=2, at=AT)
    approval = Approval("10/QĐ-UBND", date(2026, 11, 20), "Chủ tịch")
    wish = {"code": "di-thu", "seen": seen, "approval": approval, "valid_from": date(2026, 12, 1)}
    with pytest.raises(ScenarioNotMet) as refused:
        services.publish_approved(**wish, actor_person_id=2, at=AT)
    assert "Đường thẳng" in str(refused.value)
    assert ProcessVersion.objects.get().state == VersionState.CHECKED
    keep(at_most_hours=Decimal(12))
    services.publish_approved(**wish, actor_person_id=2, at=AT)
    assert ProcessVersion.objects.get().state == VersionState.PUBLISHED
