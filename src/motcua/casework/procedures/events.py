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
