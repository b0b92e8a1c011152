"""Imported limits that a person assigns to a case, a way of filing and a kind of place."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.procedures.types.cards import LimitLine


@dataclass(frozen=True, slots=True)
class FlaggedVersion:
    """A version in force with limits that a person should look at."""

    version_id: int
    code: str
    name: str
    field: str
    since: date
    flagged: int
    in_doubt: int


@dataclass(frozen=True, slots=True)
class FlaggedVersions:
    """A page of versions; `versions` and `limits` count everything that is flagged."""

    rows: tuple[FlaggedVersion, ...]
    has_more: bool
    versions: int
    limits: int


@dataclass(frozen=True, slots=True)
class LimitChangeLine:
    """One line of the journal of limits: who settled what, when and why; `limit_id` None for rules of counting."""

    limit_id: int | None
    by: str
    at: datetime
    reason: str
    before: dict[str, object]
    after: dict[str, object]


@dataclass(frozen=True, slots=True)
class LimitSheet:
    """All limits of a version with its cases, chosen rules of counting and the journal, newest first."""

    version_id: int
    code: str
    name: str
    field: str
    since: date
    limits: tuple[LimitLine, ...]
    cases: tuple[tuple[int, str], ...]
    rules: tuple[str, ...]
    changes: tuple[LimitChangeLine, ...]

    @property
    def flagged(self) -> int:
        """How many limits wait for a person."""
        return sum(bool(line.flag) for line in self.limits)
