"""Work that changes hands when somebody leaves a post: what is open, and the record of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


@dataclass(frozen=True, slots=True)
class OpenWorkLine:
    """One open task handed to the person who leaves."""

    token_id: int
    task_id: UUID
    dossier_id: int
    code: str
    procedure_name: str
    step_name: str
    due_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OpenWorkOfPost:
    """What somebody would leave behind in a post.

    Attributes:
        lines: tasks handed to that person, the earliest due first.
        procedures: (name, number, of these overdue), the most first.
        successors: (person id, name) of the others who hold such a post in the unit.
        is_alone: nobody else would be left to do what waits in the queue of the post.
    """

    person_id: int
    person_name: str
    post_id: int
    post_title: str
    unit_name: str
    lines: tuple[OpenWorkLine, ...]
    procedures: tuple[tuple[str, int, int], ...]
    successors: tuple[tuple[int, str], ...]
    is_alone: bool


@dataclass(frozen=True, slots=True)
class HandoverRecordLine:
    """One task in the record of a handover; `to` is '' when it went back to the queue of the post."""

    code: str
    procedure_name: str
    step_name: str
    due_at: datetime | None
    to: str


@dataclass(frozen=True, slots=True)
class HandoverRecord:
    """The record of a handover, to be printed and signed."""

    public_id: UUID
    person_public_id: UUID
    person_name: str
    post_title: str
    unit_name: str
    agency_name: str
    made_by: str
    made_at: datetime
    reason: str
    leaves_on: date | None
    planned_for: date | None
    done_at: datetime | None
    may_carry_out: bool
    successors: tuple[str, ...]
    lines: tuple[HandoverRecordLine, ...]


class WorkLeftOver(Refusal):
    """Somebody cannot leave a post while tasks are in their name."""

    code = "work-left-over"
    message = _(
        "%(count)s open tasks are in the name of this person. "
        "Hand them over to somebody, or back to the queue of the post."
    )
