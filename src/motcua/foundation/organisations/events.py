"""Facts about the structure of agencies."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class AgencySucceeded(Event):
    """From `on` the successor does what the predecessor did; a divided agency has one such event a successor.

    Attributes:
        is_default: the main heir, to whom open work went.
    """

    topic: ClassVar[str] = "organisations.agency_succeeded"
    subject_field: ClassVar[str] = "predecessor_id"
    predecessor_id: int
    successor_id: int
    is_default: bool
    on: date
    reorganisation_id: int
