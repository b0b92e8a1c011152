"""Days and hours, and the working calendar made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types.limits import Text
from motcua.foundation.calendars.types.rules import DeadlineRules, RuleBook
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import NotFound, Refusal

Ranges = tuple[tuple[int, int], ...]  # half-open ranges of seconds after midnight, ascending


class DayKind(models.TextChoices):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday", _("Public holiday")
    IN_LIEU = "in_lieu", _("Day off in lieu")
    SWAPPED_OFF = "swapped_off", _("Swapped day off")
    MAKEUP = "makeup", _("Make-up working day")
    CLOSURE = "closure", _("Closure")


class DayStatus(models.TextChoices):
    """How sure an exceptional day is."""

    CONFIRMED = "confirmed", _("Confirmed")
    PROJECTED = "projected", _("Projected by rule")
    ASSUMED = "assumed", _("Assumed, decision not seen")


class TurnKind(models.TextChoices):
    """Why a desk receives outside office hours."""

    LUNCH = "lunch", _("Lunch break")
    SATURDAY = "saturday", _("Saturday")
    EVENING = "evening", _("After office hours")


class EditKind(models.TextChoices):
    """What a change of a calendar did."""

    DAYS_ADDED = "days_added", _("Special days added")
    DAYS_CHANGED = "days_changed", _("Special days changed")
    DAYS_REMOVED = "days_removed", _("Special days removed")
    HOURS = "hours", _("Office hours changed")
    OWN = "own", _("Own calendar created")
    LOADED = "loaded", _("National calendar loaded")


class CalendarNotFound(NotFound):
    """No calendar has that code."""

    code = "calendar-not-found"
    message = _("No calendar or agency has the code %(code)s. Calendars: %(known)s.")


class CalendarWithoutHours(Refusal):
    """A calendar in which no working time counts would never let a limit end."""

    code = "calendar-without-hours"
    message = _("The calendar %(code)s has no working hours that count. Enter office hours for at least one weekday.")
    http_status = 422


class OutsideCalendar(Refusal):
    """The instant lies before or after the days that calendars cover."""

    code = "outside-calendar"
    message = _("The date lies outside the working calendar, which covers %(first)s to %(last)s.")
    http_status = 422


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Hours of one weekday (1 Monday to 7 Sunday), in force from `since` up to but not including `until`."""

    weekday: int
    starts: time
    ends: time
    open_for_reception: bool = True
    counts_for_deadlines: bool = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days from `since` up to but not including `until` that differ from their weekday.

    Attributes:
        replaces_on: for `makeup`, the day whose hours are worked; Monday's hours when None.
        source: the law or decision behind it.
    """

    kind: DayKind
    since: date
    until: date
    name: str
    name_en: str = ""
    status: DayStatus = DayStatus.CONFIRMED
    replaces_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Reception outside office hours from `since` up to but not including `until`; every day when `weekday` is None."""

    starts: time
    ends: time
    since: date
    until: date | None = None
    weekday: int | None = None

    def is_on(self, ordinal: int) -> bool:
        """Say whether the turn falls on the day of that proleptic ordinal."""
        day = date.fromordinal(ordinal)
        if self.since > day or (self.until is not None and day >= self.until):
            return False
        return self.weekday is None or self.weekday == day.isoweekday()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkingCalendar:
    """Office hours, days off and make-up days of one agency, laid out day by day from `first_on` to `last_on`.

    Made by `selectors.make_calendar` or `selectors.calendar_for`; compared by identity, so it may be a dictionary key.

    Attributes:
        counted: per day, the ranges that count for limits.
        reception: per day, the ranges in which the desk is open.
        seconds_before: per day, counted seconds of all days before it; one entry more than days.
        working_days_before: per day, how many days before it have counted time; one entry more than days.
        working_days: indexes of the days with counted time.
        days_off: closed days; make-up days are in `extra_days`.
        seconds_per_day: counted time of an ordinary working day: 28,800 for eight hours.
        rulebook: the rules of counting, by date.
    """

    code: str
    revision: int
    first_on: date
    last_on: date
    counted: tuple[Ranges, ...]
    reception: tuple[Ranges, ...]
    seconds_before: Sequence[int]
    working_days_before: Sequence[int]
    working_days: Sequence[int]
    days_off: Mapping[date, SpecialDays]
    extra_days: Mapping[date, SpecialDays]
    seconds_per_day: int
    origin: int
    rulebook: RuleBook

    def __repr__(self) -> str:
        """Name the calendar without its thousands of days."""
        return f"<WorkingCalendar {self.code} {self.revision}: {self.first_on} to {self.last_on}>"

    @property
    def hours_per_day(self) -> float:
        """Hours of an ordinary working day."""
        return self.seconds_per_day / 3600

    def index_of(self, day: date) -> int:
        """Return the place of `day` in the tuples.

        Raises:
            OutsideCalendar: the day is not covered.
        """
        index = day.toordinal() - self.origin
        if 0 <= index < len(self.counted):
            return index
        raise OutsideCalendar(first=f"{self.first_on:%d/%m/%Y}", last=f"{self.last_on:%d/%m/%Y}")

    def rules_of(self, at: datetime, codes: tuple[str, ...] = ()) -> DeadlineRules:
        """Return the rules for what is received at `at`, with those a procedure chose."""
        return self.rulebook.on(at.astimezone(VIETNAM).toordinal(), codes)

    def is_working_day(self, day: date) -> bool:
        """Say whether any time of `day` counts for limits."""
        return bool(self.counted[self.index_of(day)])


@dataclass(frozen=True, slots=True)
class CalendarAsOf:
    """A calendar as it was known at an instant.

    Attributes:
        is_exact: whether what was known then could be told; otherwise `calendar` is that of now.
        changes_since: changes of it, and of the province's below it, made after the instant.
    """

    calendar: WorkingCalendar
    is_exact: bool
    changes_since: int


@dataclass(frozen=True, slots=True)
class OpeningNote:
    """Whether the desk is open at an instant, until when or from when, and a sentence that says it."""

    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    text: Text


@dataclass(frozen=True, slots=True)
class DayOffNotice:
    """A coming run of special days as citizens should hear of it; `to_on` inclusive; make-up days have `is_open`."""

    from_on: date
    to_on: date
    kind: DayKind
    name: Text
    status: DayStatus
    is_open: bool = False
