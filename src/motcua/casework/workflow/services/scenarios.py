"""Tests kept with a process: keeping, dropping and running them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.workflow.models import ProcessDefinition, ProcessScenario
from motcua.casework.workflow.services.rehearsal import MOST_STEPS, Done, rehearse
from motcua.casework.workflow.types import (
    Graph,
    ScenarioInput,
    ScenarioNotMet,
    ScenarioResult,
    VersionNotFound,
)
from motcua.foundation.core.types import Invalid, NotFound

MOST_KEPT = 100


@transaction.atomic
def keep_scenario(*, code: str, scenario: ScenarioInput, actor_person_id: int | None, at: datetime) -> UUID:
    """Keep a walk as a test of a process, in place of the one of the same name; return its public id.

    Raises:
        VersionNotFound: no such process. Invalid: no name, no step, too many steps or tests.
    """
    definition = ProcessDefinition.objects.select_for_update().filter(code=code).first()
    if definition is None:
        raise VersionNotFound
    name = scenario.name.strip()[:200]
    kept = definition.scenarios.exclude(name=name).count()
    wrong: dict[str, list[str]] = {}
    if not name:
        wrong["name"] = [_("Name the test, so that others know what it is for.")]
    if not 0 < len(scenario.steps) <= MOST_STEPS:
        wrong["steps"] = [_("Do at least one step, and at most %(most)s.") % {"most": MOST_STEPS}]
    if kept >= MOST_KEPT:
        wrong["name"] = [_("A process keeps at most %(most)s tests.") % {"most": MOST_KEPT}]
    if wrong:
        raise Invalid(wrong)
    values: dict[str, Any] = {
        "steps": [list(step) for step in scenario.steps],
        "values": scenario.values,
        "ends_open": sorted(scenario.ends_open),
        "at_most_hours": scenario.at_most_hours,
        "made_by": actor_person_id,
        "made_at": at,
    }
    row, _made = ProcessScenario.objects.update_or_create(definition=definition, name=name, defaults=values)
    return row.public_id


def drop_scenario(*, code: str, public_id: UUID) -> None:
    """Take a test away.

    Raises:
        NotFound: the process has no such test.
    """
    deleted, _kinds = ProcessScenario.objects.filter(definition__code=code, public_id=public_id).delete()
    if not deleted:
        raise NotFound


def run_scenarios(*, code: str, graph: Graph) -> tuple[ScenarioResult, ...]:
    """Walk a drawing through every test kept with its process, by name; nothing is written."""
    rows = ProcessScenario.objects.filter(definition__code=code).order_by("name")
    return tuple(_result(row, graph) for row in rows)


def require_scenarios(*, code: str, graph: Graph) -> None:
    """Refuse a drawing in which a test kept with its process fails.

    Raises:
        ScenarioNotMet: with the names of the tests.
    """
    failing = [result.scenario.name for result in run_scenarios(code=code, graph=graph) if not result.is_met]
    if failing:
        raise ScenarioNotMet(names=", ".join(failing))


def _result(row: ProcessScenario, graph: Graph) -> ScenarioResult:
    scenario = ScenarioInput(
        name=row.name,
        steps=tuple((node, code) for node, code in row.steps),
        values=row.values,
        ends_open=tuple(row.ends_open),
        at_most_hours=row.at_most_hours,
    )
    walk = rehearse(graph, [Done(node, code) for node, code in scenario.steps], scenario.values)
    reason, node = "", ""
    if walk.stuck:
        reason, node = walk.stuck.reason, walk.stuck.node
    elif set(walk.open) != set(scenario.ends_open):
        reason = "elsewhere"
    elif scenario.at_most_hours is not None and walk.hours > scenario.at_most_hours:
        reason = "hours"
    return ScenarioResult(
        row.public_id, scenario, row.made_by, row.made_at, reason, node, _sorted(walk.open), walk.hours
    )


def _sorted(nodes: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(nodes))
