"""The ledger: rows that explain a due date, with their total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.foundation.calendars.types.limits import Downtime, Limit, LimitUnit, Text


class IntervalKind(models.TextChoices):
    """What a row of the ledger is; all but `work` and `overdue` are greyed."""

    WORK = "work", _("Working time")
    OVERDUE = "overdue", _("Past the due date")
    FIRST_DAY = "first_day", _("First day")
    AFTER_HOURS = "after_hours", _("Outside office hours")
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Holiday")
    CLOSURE = "closure", _("Closure")
    PAUSE = "pause", _("Pause")
    DOWNTIME = "downtime", _("System downtime")


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of a ledger: a run of days or a part of a day.

    Attributes:
        starts_at, ends_at: half-open.
        seconds: working time counted; 0 when not counted or when the limit is in calendar days.
        days: days of the run; what is counted when the limit is in calendar days.
        reason_code: an IntervalKind, for greying.
        reason: what happened, in the reader's language.
        span_seconds: working time inside the row, counted or not.
        holder: who held the dossier, '' when nobody is named; several at once in one sentence.
        holders: each of them.
        ground: the law, decision or rule behind the row.
    """

    starts_at: datetime
    ends_at: datetime
    seconds: int
    counted: bool
    reason_code: IntervalKind
    reason: Text
    note: Text = ""
    holder: Text = ""
    from_on: date = date.min
    to_on: date = date.min
    days: int = 0
    span_seconds: int = 0
    holders: tuple[Text, ...] = ()
    ground: Text = ""

    @property
    def amount(self) -> str:
        """What the row adds, as shown: hours and minutes ("32:00"), or days for limits in calendar days."""
        if self.counted and not self.seconds and self.days:
            return ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days}
        return hours_and_minutes(self.seconds) if self.seconds else "0"

    @property
    def dates(self) -> str:
        """The day or run of days, short: "16/11", "10–13/11", "30/11–02/12"."""
        if self.from_on == self.to_on:
            return f"{self.from_on:%d/%m}"
        if (self.from_on.year, self.from_on.month) == (self.to_on.year, self.to_on.month):
            return f"{self.from_on:%d}–{self.to_on:%d/%m}"
        return f"{self.from_on:%d/%m}–{self.to_on:%d/%m}"

    def as_json(self) -> dict[str, Any]:
        """Return the row with plain strings and numbers, instants in ISO 8601 with offset."""
        return {
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "kind": str(self.reason_code),
            "counted": self.counted,
            "seconds": self.seconds,
            "days": self.days,
            "span_seconds": self.span_seconds,
            "text": str(self.reason),
            "note": str(self.note),
            "holder": str(self.holder),
            "holders": [str(holder) for holder in self.holders],
            "ground": str(self.ground),
        }


@dataclass(frozen=True, slots=True)
class HolderTotal:
    """How long one holder had the dossier; of several at once each is charged with the whole time.

    Attributes:
        seconds: working time used up; span_seconds: working time held, counted or not; days: calendar days held.
    """

    holder: Text
    seconds: int
    span_seconds: int
    days: int

    def as_json(self) -> dict[str, Any]:
        """Return the total with plain values."""
        return {
            "holder": str(self.holder),
            "seconds": self.seconds,
            "span_seconds": self.span_seconds,
            "days": self.days,
        }


@dataclass(frozen=True, slots=True)
class Ledger(Sequence[Interval]):
    """The rows from receipt until an instant, in order, with totals.

    Attributes:
        limit_seconds: what the limit is worth in working time; 0 when it is counted in calendar days or absent.
        total_seconds: working time counted in all rows; `total_days`: days counted, for limits in calendar days.
        due_at: with all pauses; an open pause is taken as ending at `until`. None without a limit.
        due_without_pauses_at: as first promised on the receipt.
        downtimes: those that touched the time shown, whether they count or not.
    """

    rows: tuple[Interval, ...]
    limit: Limit
    received_at: datetime
    until: datetime
    due_at: datetime | None
    due_without_pauses_at: datetime | None
    limit_seconds: int
    total_seconds: int
    total_days: int
    paused_seconds: int
    overdue_seconds: int
    downtimes: tuple[Downtime, ...] = ()

    @property
    def holders(self) -> tuple[HolderTotal, ...]:
        """Totals per holder, in the order in which they first held it."""
        found: dict[str, HolderTotal] = {}
        for row in self.rows:
            for holder in row.holders:
                one = found.get(str(holder)) or HolderTotal(holder, 0, 0, 0)
                found[str(holder)] = HolderTotal(
                    holder, one.seconds + row.seconds, one.span_seconds + row.span_seconds, one.days + row.days
                )
        return tuple(found.values())

    @property
    def left_seconds(self) -> int:
        """Working time left; negative when overdue, 0 for limits in calendar days."""
        return self.limit_seconds - self.total_seconds if self.limit_seconds else 0

    @property
    def total(self) -> str:
        """What was used, as shown under the rows."""
        if self.limit.unit in {LimitUnit.DAY, LimitUnit.MONTH}:
            return ngettext("%(count)d day", "%(count)d days", self.total_days) % {"count": self.total_days}
        return hours_and_minutes(self.total_seconds)

    @overload
    def __getitem__(self, index: int) -> Interval: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Interval, ...]: ...
    def __getitem__(self, index: int | slice) -> Interval | tuple[Interval, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.rows)

    def as_json(self) -> list[dict[str, Any]]:
        """Return all rows as plain values."""
        return [row.as_json() for row in self.rows]


def hours_and_minutes(seconds: int) -> str:
    """Return working time as shown in figures: 11520 -> "3:12"; seconds are cut off."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
