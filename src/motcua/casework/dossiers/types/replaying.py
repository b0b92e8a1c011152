"""What dossiers of the past would have met in a process or a record that is not published yet."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReplayedWay:
    """One dossier walked through a draft.

    Attributes:
        reason: '' when it comes as far as before; else why it is stuck (workflow.rehearsal.Stuck).
        node, outcome: where it is stuck.
        added, left_out: ids of tasks that came in between or fell away.
        hours_before, hours_after: working hours of its steps as drawn, in its own version and in the draft.
    """

    public_id: UUID
    code: str
    reason: str
    node: str
    outcome: str
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    hours_before: Decimal
    hours_after: Decimal

    @property
    def is_same(self) -> bool:
        """Whether the draft changes nothing for it."""
        return not (self.reason or self.added or self.left_out) and self.hours_before == self.hours_after


@dataclass(frozen=True, slots=True)
class ReplayedWays:
    """All dossiers of a time walked through a draft; `total` counts those that were filed, `ways` those looked at."""

    since: date
    until: date
    total: int
    ways: tuple[ReplayedWay, ...]
    added: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def dead_ends(self) -> tuple[ReplayedWay, ...]:
        """Those that are stuck."""
        return tuple(way for way in self.ways if way.reason)

    @property
    def same(self) -> int:
        """How many the draft changes nothing for."""
        return sum(way.is_same for way in self.ways)


@dataclass(frozen=True, slots=True)
class ReplayedTerms:
    """One dossier under the limit and fee of a draft record.

    Attributes:
        reason: '' or why it has no terms there: 'case' its case fell away, 'doubt' the limit cannot be told yet.
        due_before, due_after: end of the limit as promised, None without one; fee in dong.
    """

    public_id: UUID
    code: str
    case: str
    channel: str
    reason: str
    due_before: datetime | None
    due_after: datetime | None
    fee_before: int
    fee_after: int

    @property
    def is_same(self) -> bool:
        """Whether the draft changes nothing for it."""
        return not self.reason and self.due_before == self.due_after and self.fee_before == self.fee_after


@dataclass(frozen=True, slots=True)
class ReplayedRecord:
    """All dossiers of a time under a draft record."""

    since: date
    until: date
    total: int
    rows: tuple[ReplayedTerms, ...]

    @property
    def earlier(self) -> int:
        """How many would be due earlier."""
        return sum(bool(row.due_before and row.due_after and row.due_after < row.due_before) for row in self.rows)

    @property
    def later(self) -> int:
        """How many would be due later, or never."""
        return sum(
            bool(row.due_before and not row.reason and (row.due_after is None or row.due_after > row.due_before))
            for row in self.rows
        )

    @property
    def fee_change(self) -> int:
        """Dong that all of them together would pay more, negative: less."""
        return sum(row.fee_after - row.fee_before for row in self.rows if not row.reason)

    @property
    def dead_ends(self) -> tuple[ReplayedTerms, ...]:
        """Those without terms."""
        return tuple(row for row in self.rows if row.reason)

    @property
    def same(self) -> int:
        """How many the draft changes nothing for."""
        return sum(row.is_same for row in self.rows)
