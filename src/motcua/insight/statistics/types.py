"""Figures as frozen rows."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactState(models.TextChoices):
    """Where a dossier stands for the figures."""

    FILED = "filed", _("Waiting for acceptance")
    FILED_WAITING = "filed_waiting", _("Waiting for the applicant before acceptance")
    OPEN = "open", _("Being processed")
    PAUSED = "paused", _("Paused")
    SETTLED = "settled", _("Settled")
    WITHDRAWN = "withdrawn", _("Withdrawn or stopped after acceptance")
    NOT_COUNTED = "not_counted", _("Never accepted")


class Settled(models.TextChoices):
    """How a dossier was settled, compared by day (early + on time = not late)."""

    NO = "", _("Not settled")
    EARLY = "early", _("Before the due date")
    ON_TIME = "on_time", _("On the due date")
    LATE = "late", _("Late")


class Measure(models.TextChoices):
    """The nine figures of a line, each of which opens its dossiers."""

    ONLINE = "online", _("Received online")
    COUNTER = "counter", _("Received at the counter")
    POST = "post", _("Received by post")
    EARLY = "early", _("Settled early")
    ON_TIME = "on_time", _("Settled on the day")
    LATE = "late", _("Settled late")
    IN_TIME = "in_time", _("Open, in time")
    OVERDUE = "overdue", _("Open, overdue")
    PAUSED = "paused", _("Open, paused")
    CARRIED = "carried", _("Carried over")
    WITHDRAWN = "withdrawn", _("Withdrawn or stopped")


class GroupBy(models.TextChoices):
    """What the lines of a table are."""

    AGENCY = "agency", _("By agency")
    FIELD = "field", _("By field")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of figures: counts of dossiers.

    Attributes:
        key: agency or field id; 0 for the total.
        carried: open at the start of the period; received = online + counter + post;
            carried + received = settled + withdrawn + open at the end.
        in_time, overdue, paused: open now, whatever the period.
    """

    key: int
    online: int = 0
    counter: int = 0
    post: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    withdrawn: int = 0
    carried: int = 0
    in_time: int = 0
    overdue: int = 0
    paused: int = 0

    @property
    def received(self) -> int:
        """Received in the period, all channels."""
        return self.online + self.counter + self.post

    @property
    def settled(self) -> int:
        """Settled in the period."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """Open now."""
        return self.in_time + self.overdue + self.paused

    @property
    def not_late_share(self) -> float | None:
        """Share of settled dossiers that were not late, 0 to 1; None when nothing was settled."""
        return (self.early + self.on_time) / self.settled if self.settled else None


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures.

    Attributes:
        since, until: first and last day of the period, both inside.
        computed_at: the instant that "now" means; relay_lag: events not yet counted.
        awaiting: filings waiting for acceptance; awaiting_overdue: past their acceptance clock.
    """

    lines: tuple[Line, ...]
    total: Line
    since: date
    until: date
    computed_at: datetime
    awaiting: int = 0
    awaiting_overdue: int = 0
    uncounted_events: int = 0


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of the trend, by its first day."""

    month: date
    received: int
    early: int
    on_time: int
    late: int


@dataclass(frozen=True, slots=True)
class PublicScore:
    """What the portal's home shows of a month: shares with their counts."""

    month: date
    settled: int
    not_late: int
    late: int
    extra: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """Share not late, 0 to 1."""
        return self.not_late / self.settled if self.settled else None
