"""Where a step of a process lies: from its drawn place, division and role to a unit and its due instant."""

from datetime import date, datetime
from typing import TypedDict

from motcua.casework.workflow.types import DueFor, Node, ResolveUnit, Scope
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Role


def unit_for(node: Node, scope: Scope, *, on: date) -> int:
    """Return the unit whose post does the step.

    `place` chooses the agency; a division of the drawn kind below it takes the step, a receptionist sits in the
    agency's centre; where there is no such unit the agency itself does it.
    """
    base = {"receiving": scope.receiving_id, "province": scope.province_id}.get(node.place, scope.competent_id)
    found: int | None = None
    if node.division:
        found = organisations.child_unit(base, division_kind=node.division, on=on)
    elif node.role == Role.RECEPTIONIST:
        found = organisations.child_unit(base, kind=AgencyKind.COMMUNE_CENTRE, on=on)
    return found or base


class Places(TypedDict):
    """The two functions that the engine asks: where a step lies, and until when it is due."""

    resolve_unit: ResolveUnit
    due_for: DueFor


def of(at: datetime) -> Places:
    """Return both for steps opened at `at`."""
    on = civil_day(at)
    return Places(resolve_unit=lambda node, scope: unit_for(node, scope, on=on), due_for=step_clock(on=on))


def step_clock(*, on: date, handover_at: datetime | None = None) -> DueFor:
    """Return the function that gives a step its start and due instants from its hours and its agency's calendar.

    `handover_at` moves the start of the first steps after acceptance (15:00 rule).
    """

    def due_for(node: Node, unit_id: int, at: datetime) -> tuple[datetime, datetime | None]:
        agency_id = organisations.agency_of_unit(unit_id, on=on)
        calendar = calendars.calendar_for(agency_id, on=on)
        starts_at = calendars.next_working_instant(calendar, max(at, handover_at or at))
        if not node.seconds or node.pauses:
            return starts_at, None
        return starts_at, calendars.add_working_seconds(calendar, starts_at, node.seconds)

    return due_for
