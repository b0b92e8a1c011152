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
