"""A published process and shortcuts for running it in tests, without calendars or organisations."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.rules import sound_process
from motcua.casework.workflow.tests.drawings import permit
from motcua.casework.workflow.types import Node, Scope, StartedRun, Step

AT = datetime(2026, 4, 23, 2, 10, tzinfo=UTC)
SCOPE = Scope(receiving_id=10, competent_id=20, province_id=30)
OFFICER, POST = 501, 601


def resolve_unit(node: Node, scope: Scope) -> int:
    """Take the drawn place as the unit."""
    return {"receiving": scope.receiving_id, "province": scope.province_id}.get(node.place, scope.competent_id)


def due_for(node: Node, unit_id: int, at: datetime) -> tuple[datetime, datetime | None]:
    """Count hours without a calendar."""
    return at, None if node.seconds is None or node.pauses else at + timedelta(seconds=node.seconds)


def published(xml: bytes | None = None, code: str = "permit", *, beginning_anyhow: bool = False) -> int:
    """Publish a drawing (the permit by default) and return its version.

    With `beginning_anyhow` one that the engine runs but no procedure could use: it does not begin with an intake.
    """
    version = services.save_draft(code=code, name="Thử", xml=permit() if xml is None else xml, at=AT)
    if beginning_anyhow:
        with patch("motcua.casework.workflow.services.publishing.checked_process", sound_process):
            return _publish(version)
    return _publish(version)


def _publish(version: int) -> int:
    return services.publish(
        version_id=version,
        actor_person_id=OFFICER,
        at=AT,
        valid_from=date(2026, 1, 1),
        decision_number="01/QĐ-UBND",
    )


def started(version_id: int, at: datetime = AT, variables: Mapping[str, object] | None = None) -> StartedRun:
    """Start a run."""
    return services.start_run(
        version_id=version_id,
        subject_label="H-1",
        scope=SCOPE,
        at=at,
        resolve_unit=resolve_unit,
        due_for=due_for,
        variables=variables,
    )


def done(run_id: int, node: str, outcome: str = "done", at: datetime = AT, **more: object) -> Step:
    """Complete the open task of a node."""
    task = next(task for task in selectors.open_tasks(run_id) if task.node == node)
    return finish(run_id, task.token_id, outcome, at, **more)


def finish(run_id: int, token_id: int, outcome: str = "done", at: datetime = AT, **more: object) -> Step:
    """Complete a task by its id."""
    return services.complete_task(
        run_id=run_id,
        token_id=token_id,
        outcome=outcome,
        actor_person_id=OFFICER,
        post_id=POST,
        at=at,
        resolve_unit=resolve_unit,
        due_for=due_for,
        **more,
    )


def nodes(run_id: int) -> list[str]:
    """Return the open tasks' nodes, sorted."""
    return sorted(task.node for task in selectors.open_tasks(run_id))
