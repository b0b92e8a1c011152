"""Where a step of an internal procedure lies, and until when it is due."""

from datetime import date, datetime
from typing import TypedDict

from motcua.casework.workflow.types import DueFor, Node, ResolveUnit, Scope
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations


class Places(TypedDict):
    """The two functions that the engine asks."""

    resolve_unit: ResolveUnit
    due_for: DueFor


def of(at: datetime) -> Places:
    """Return both for steps opened at `at`: units by place and division, due by the calendar of their agency."""
    on = civil_day(at)
    return Places(resolve_unit=lambda node, scope: _unit_for(node, scope, on), due_for=_clock(on))


def _unit_for(node: Node, scope: Scope, on: date) -> int:
    base = scope.province_id if node.place == "province" else scope.competent_id
    found = organisations.child_unit(base, division_kind=node.division, on=on) if node.division else None
    return found or base


def _clock(on: date) -> DueFor:
    def due_for(node: Node, unit_id: int, at: datetime) -> tuple[datetime, datetime | None]:
        calendar = calendars.calendar_for(organisations.agency_of_unit(unit_id, on=on), on=on)
        starts_at = calendars.next_working_instant(calendar, at)
        if not node.seconds:
            return starts_at, None
        return starts_at, calendars.add_working_seconds(calendar, starts_at, node.seconds)

    return due_for
