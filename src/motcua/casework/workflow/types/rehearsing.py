"""Tests kept with a process, and what came out of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


@dataclass(frozen=True, slots=True)
class ScenarioInput:
    """What is kept of a walk; `steps` are (element id, outcome code). `ends_open` empty: the process shall end."""

    name: str
    steps: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    ends_open: tuple[str, ...]
    at_most_hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """A kept test and what a drawing did with it.

    Attributes:
        reason: '' when it came out as expected; else missing, closed, outcome, value or endless (see rehearsal.Stuck),
            elsewhere (it stands at other tasks), hours (it takes longer).
        node: where it stuck; open: ids of the tasks open at the end; hours: working hours it took.
    """

    public_id: UUID
    scenario: ScenarioInput
    made_by: int | None
    made_at: datetime
    reason: str
    node: str
    open: tuple[str, ...]
    hours: Decimal

    @property
    def is_met(self) -> bool:
        """Whether it came out as expected."""
        return not self.reason


class ScenarioNotMet(Refusal):
    """A test kept with the process does not come out as expected."""

    code = "scenario-not-met"
    message = _("These tests kept with the process fail: %(names)s. Mend the drawing, or change the test if it is old.")
    http_status = 422
