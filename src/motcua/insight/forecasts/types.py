"""Like dossiers, how long they took, and what that says of one dossier."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

# What a working day is worth where working time is told in days.
DAY_SECONDS = 8 * 3600


@dataclass(frozen=True, slots=True)
class Like:
    """What makes dossiers alike: procedure, case (None: all cases together) and the agency that decides."""

    procedure_code: str
    case_name: str | None
    agency_id: int

    @property
    def case_key(self) -> str:
        """The case as kept, the same in every version of the procedure that names it so; '' for all cases."""
        return "" if self.case_name is None else sha256(self.case_name.strip().casefold().encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Took:
    """How long `count` like dossiers took, in working seconds without pauses.

    Attributes:
        median_seconds, p90_seconds: by nearest rank, so that really half, and nine of ten, took no longer.
        is_whole_province: too few at the agency itself, so those of all agencies were taken.
    """

    count: int
    median_seconds: int
    p90_seconds: int
    is_whole_province: bool

    @property
    def median_days(self) -> int:
        """The median in working days of eight hours, begun ones counted whole."""
        return max(1, -(-self.median_seconds // DAY_SECONDS))

    @property
    def p90_days(self) -> int:
        """The 90th percentile in working days of eight hours, begun ones counted whole."""
        return max(1, -(-self.p90_seconds // DAY_SECONDS))


class Stage(StrEnum):
    """Where a dossier stands among those like it."""

    AHEAD = "ahead"
    PAST_HALF = "past_half"
    PAST_MOST = "past_most"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a dossier is likely to be done.

    Attributes:
        half_at: by then half of the like dossiers were done; most_at: nine of ten. While the clock stands they are
            counted as if it went on now.
    """

    took: Took
    stage: Stage
    half_at: datetime
    most_at: datetime
