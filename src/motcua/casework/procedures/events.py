"""Facts about the catalogue that other apps may wait for."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class ProcedureVersionPublished(Event):
    """A version of a procedure was published and is in force from `valid_from`."""

    topic: ClassVar[str] = "procedures.version_published"
    subject_field: ClassVar[str] = "procedure_code"

    procedure_code: str
    version_id: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class ProcedureEnded(Event):
    """A procedure is no longer in force from `ended_on`."""

    topic: ClassVar[str] = "procedures.ended"
    subject_field: ClassVar[str] = "procedure_code"

    procedure_code: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class DecisionPublished(Event):
    """A decision was published with so many items; each version and end has its own event besides."""

    topic: ClassVar[str] = "procedures.decision_published"
    subject_field: ClassVar[str] = "decision_id"

    decision_id: str
    number: str
    items: int


@dataclass(frozen=True, slots=True)
class DecisionEntryDue(Event):
    """A published decision is not in the national database yet, and its last day is near or over.

    Attributes:
        person_id: who published it, 0 when nobody is known.
    """

    topic: ClassVar[str] = "procedures.decision_entry_due"
    subject_field: ClassVar[str] = "decision_id"

    decision_id: str
    number: str
    due_on: date
    person_id: int


@dataclass(frozen=True, slots=True)
class LimitSettled(Event):
    """A person settled a limit that could be read in more than one way; what was taken in meanwhile has no date yet.

    Attributes:
        by: person id.
    """

    topic: ClassVar[str] = "procedures.limit_settled"
    subject_field: ClassVar[str] = "version_id"

    version_id: int
    limit_id: int
    by: int | None
