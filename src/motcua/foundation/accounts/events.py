"""Facts about accounts."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class CorrectionDecided(Event):
    """A request to put personal data right was answered."""

    topic: ClassVar[str] = "accounts.correction_decided"
    subject_field: ClassVar[str] = "user_id"
    user_id: int
    correction_id: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class MandateChanged(Event):
    """A mandate was given, accepted, declined, revoked by its giver or given up by its deputy.

    Attributes:
        what: 'given', 'accepted', 'declined', 'revoked' or 'given_up'.
    """

    topic: ClassVar[str] = "accounts.mandate_changed"
    subject_field: ClassVar[str] = "representation_id"
    representation_id: int
    what: str
