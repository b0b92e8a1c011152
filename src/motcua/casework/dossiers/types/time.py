"""The time side of a dossier: why its clock stands, how its date moved, and the ledger that explains it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import Migrated
from motcua.foundation.calendars.types import Limit


class StopEffect(models.TextChoices):
    """What a stop does to the limit when it ends: two different rules of the law."""

    RESUME = "resume", _("The rest of the limit goes on")
    RESTART = "restart", _("The limit starts from zero")


class ExtensionState(models.TextChoices):
    """Where a new date asked for with an apology stands."""

    PROPOSED = "proposed", _("Waiting for a leader")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")


class Basis(models.TextChoices):
    """Which of the two limits a figure is asked against."""

    PROMISED = "promised", _("By the limit on the receipt")
    STATUTORY = "statutory", _("By the statutory limit")


@dataclass(frozen=True, slots=True)
class DueChange:
    """One change of the due date, as shown: `old` or `new` is None where the clock stands."""

    old: datetime | None
    new: datetime | None
    reason_code: str
    reason: str
    note: str
    form: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A new date asked for with an apology, as shown."""

    id: int
    dossier_id: int
    dossier_public_id: UUID
    code: str
    procedure_name: str
    state: str
    reason: str
    old_due_at: datetime
    new_due_at: datetime
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    approver_name: str
    override_reason: str
    answer: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A dossier whose due date would move, or before acceptance (`is_acceptance`) the hour by which it is answered."""

    code: str
    public_id: UUID
    old: datetime
    new: datetime
    is_acceptance: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change of working time would do; the numbers are exact, and those that `Recomputed` gives afterwards.

    Attributes:
        looked_at: dossiers computed; moved: of them with another promised date; acceptances: with another hour of
            acceptance; rows: the first of both kinds, by id.
    """

    rows: tuple[MovedRow, ...]
    looked_at: int
    moved: int
    acceptances: int

    @property
    def total(self) -> int:
        """Dossiers with another date or hour."""
        return self.moved + self.acceptances


@dataclass(frozen=True, slots=True)
class TimePreviewView:
    """A preview computed by a job: the numbers so far, `moved` once it is finished.

    Attributes:
        entered: what the form held; seen: what ties the preview to the change and to the state it was computed on.
        of_total: dossiers to look at.
    """

    public_id: UUID
    entered: dict[str, str]
    seen: str
    of_total: int
    looked_at: int
    started_at: datetime
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class MigratedDossier:
    """What a change of process version did, or would do, to one dossier."""

    dossier_id: int
    code: str
    run: Migrated


@dataclass(frozen=True, slots=True)
class Swept:
    """What a round over due timers did."""

    due: int = 0
    fired: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a recomputation did: dossiers looked at, promised dates moved, hours of acceptance moved, tasks moved."""

    looked_at: int = 0
    moved: int = 0
    acceptances: int = 0
    tasks: int = 0

    def __add__(self, other: "Recomputed") -> "Recomputed":
        """Return the sum."""
        return Recomputed(
            self.looked_at + other.looked_at,
            self.moved + other.moved,
            self.acceptances + other.acceptances,
            self.tasks + other.tasks,
        )


@dataclass(frozen=True, slots=True)
class SettledTime:
    """When a finished dossier was accepted and finished, and the stretches in which its clock stood."""

    procedure_code: str
    case_name: str
    competent_id: int
    accepted_at: datetime
    finished_at: datetime
    pauses: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Who held a dossier: an agency's unit with the post, or somebody outside.

    Attributes:
        kind: 'agency', or a StopHolder code such as 'citizen'.
        unit_id: of an agency's unit; name, post: as shown, post '' where none is known.
    """

    kind: str
    name: str
    post: str = ""
    unit_id: int | None = None

    @property
    def label(self) -> str:
        """Name and post in one line."""
        return f"{self.name}, {self.post}" if self.post else self.name

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {"kind": self.kind, "name": self.name, "post": self.post}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One row of a dossier's ledger.

    Attributes:
        kind: an IntervalKind code, or 'returned' for time before a return that lets the limit start from zero.
        seconds: working time counted; days: days counted where the limit is in calendar days.
        span_seconds: working time inside the row, counted or not.
        text, note: what happened; ground: the legal source, '' where none is needed.
        holders: who held it, several where branches ran side by side.
        downtimes: systems that stood still inside the row.
    """

    starts_at: datetime
    ends_at: datetime
    from_on: date
    to_on: date
    kind: str
    counted: bool
    seconds: int
    days: int
    span_seconds: int
    text: str
    note: str
    ground: str
    holders: tuple[HeldBy, ...]
    downtimes: tuple[str, ...] = ()

    @property
    def dates(self) -> str:
        """The day or run of days, short: "16/11", "10–13/11", "30/11–02/12"."""
        if self.from_on == self.to_on:
            return f"{self.from_on:%d/%m}"
        if (self.from_on.year, self.from_on.month) == (self.to_on.year, self.to_on.month):
            return f"{self.from_on:%d}–{self.to_on:%d/%m}"
        return f"{self.from_on:%d/%m}–{self.to_on:%d/%m}"

    def as_json(self) -> dict[str, Any]:
        """Return plain values, instants in ISO 8601 with offset."""
        return {
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "kind": self.kind,
            "counted": self.counted,
            "seconds": self.seconds,
            "days": self.days,
            "span_seconds": self.span_seconds,
            "text": self.text,
            "note": self.note,
            "ground": self.ground,
            "holders": [holder.as_json() for holder in self.holders],
            "downtimes": list(self.downtimes),
        }


@dataclass(frozen=True, slots=True)
class HolderTotal:
    """How much working time somebody held a dossier.

    Attributes:
        seconds: working time held, counted or not; counted_seconds: of it within the limit.
        shared_seconds: of `seconds`, held at the same time as somebody else.
        overdue_seconds: of `seconds`, past the due date.
    """

    holder: HeldBy
    seconds: int
    counted_seconds: int
    shared_seconds: int
    overdue_seconds: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return self.holder.as_json() | {
            "seconds": self.seconds,
            "counted_seconds": self.counted_seconds,
            "shared_seconds": self.shared_seconds,
            "overdue_seconds": self.overdue_seconds,
        }


@dataclass(frozen=True, slots=True)
class DowntimeLine:
    """A system that stood still while the dossier was open: whether the time counted is the rule of the day."""

    whose: str
    starts_at: datetime
    ends_at: datetime | None
    counts: bool
    note: str

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "whose": self.whose,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
            "counts": self.counts,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class DossierLedger:
    """The time of one dossier as of an instant.

    Attributes:
        due_at: computed from what had happened by `at`, an open stop taken as ending then; statutory_due_at: by the
            statutory limit. None without a limit.
        told_due_at: what the dossier's page said at `at`; None while the clock stood.
        total_seconds: working time counted, each second once however many held the dossier.
        is_calendar_of_then: counted by the working calendar as it was known at `at`; otherwise by that of now, because
            changes of it were not kept so yet. calendar_changes_since: how many came after `at`.
        holders: most time first; their seconds may add up to more than the total where branches ran side by side.
    """

    code: str
    at: datetime
    limit: Limit
    statutory_limit: Limit
    accepted_at: datetime
    counts_from: datetime
    until: datetime
    due_at: datetime | None
    statutory_due_at: datetime | None
    told_due_at: datetime | None
    is_stopped: bool
    lines: tuple[LedgerLine, ...]
    limit_seconds: int
    total_seconds: int
    total_days: int
    paused_seconds: int
    overdue_seconds: int
    total: str
    holders: tuple[HolderTotal, ...]
    downtimes: tuple[DowntimeLine, ...]
    changes: tuple[DueChange, ...]
    is_calendar_of_then: bool = True
    calendar_changes_since: int = 0

    @property
    def left_seconds(self) -> int:
        """Working time left, negative when overdue; 0 for limits in calendar days."""
        return self.limit_seconds - self.total_seconds if self.limit_seconds else 0

    def as_json(self) -> dict[str, Any]:
        """Return the whole ledger as plain values."""
        return {
            "code": self.code,
            "at": self.at.isoformat(),
            "accepted_at": self.accepted_at.isoformat(),
            "counts_from": self.counts_from.isoformat(),
            "until": self.until.isoformat(),
            "limit": {"value": self.limit.value, "unit": str(self.limit.unit)},
            "statutory_limit": {"value": self.statutory_limit.value, "unit": str(self.statutory_limit.unit)},
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "statutory_due_at": self.statutory_due_at.isoformat() if self.statutory_due_at else None,
            "told_due_at": self.told_due_at.isoformat() if self.told_due_at else None,
            "is_stopped": self.is_stopped,
            "is_calendar_of_then": self.is_calendar_of_then,
            "calendar_changes_since": self.calendar_changes_since,
            "total_seconds": self.total_seconds,
            "total_days": self.total_days,
            "limit_seconds": self.limit_seconds,
            "left_seconds": self.left_seconds,
            "paused_seconds": self.paused_seconds,
            "overdue_seconds": self.overdue_seconds,
            "ledger": [line.as_json() for line in self.lines],
            "holders": [holder.as_json() for holder in self.holders],
            "downtimes": [line.as_json() for line in self.downtimes],
        }
