"""Changes of calendars as values, refusals of wrong ones, and the pictures that pages show of registers."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types.days import SpecialDays, WeekHours
from motcua.foundation.calendars.types.rules import RuleRow
from motcua.foundation.core.types import Invalid, NotFound, Refusal


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A change of one calendar, to be previewed or carried out as one act.

    Attributes:
        agency_id: whose calendar; None the province's, which all others inherit. An agency without one of its own
            gets it by its first change.
        add: special days to enter; a closure leaves days that are off already as they are.
        remove: ids of special days to take out; a changed entry is one taken out and one entered.
        hours: the whole week from `since` on; empty for an agency to follow the province's week again; None: unchanged.
        name: of the calendar made for an agency that had none.
    """

    agency_id: int | None
    add: tuple[SpecialDays, ...] = ()
    remove: tuple[int, ...] = ()
    hours: tuple[WeekHours, ...] | None = None
    since: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of the rules of counting, to be previewed or carried out as one act.

    Attributes:
        since: the day from which it holds.
        enter: the rule that holds from then on; None to end the rule `code` instead, or to take it out again when it
            has not begun yet.
    """

    code: str
    since: date
    enter: RuleRow | None = None


Proposal = CalendarChange | RuleChange


class NothingToChange(Invalid):
    """The change holds neither days nor hours, or only what is there already."""

    code = "nothing-to-change"
    message = _("This changes nothing in the calendar.")


class DaysOverlap(Invalid):
    """Days already have an entry in the same calendar."""

    code = "days-overlap"
    message = _(
        "%(first)s to %(last)s already has an entry in this calendar: %(name)s. Change or remove that entry first, or "
        "choose other days."
    )


class DaysWrong(Invalid):
    """The last day lies before the first, or the run is longer than a year."""

    code = "days-wrong"
    message = _("The last day must not lie before the first, nor more than a year after it.")


class HoursWrong(Invalid):
    """Hours of one weekday end before they start, overlap, or serve nothing."""

    code = "hours-wrong"
    message = _("Hours must end after they start and must not overlap on the same weekday: %(hours)s.")


class ReasonNeeded(Invalid):
    """A change of days that have begun needs a reason, because promises may rest on them."""

    code = "reason-needed"
    message = _("The change touches %(day)s, which is not in the future. Give the reason for it.")


class SpecialDaysNotFound(NotFound):
    """The entry was changed or removed in the meantime."""

    code = "special-days-not-found"
    message = _("This entry of the calendar is no longer there. Open the calendar again.")


class DowntimeWrong(Invalid):
    """The downtime ends before it begins, lies in the future, or overlaps another of the same system."""

    code = "downtime-wrong"


class TurnWrong(Invalid):
    """The desk turn ends before it starts, or the person has another at that time."""

    code = "turn-wrong"


class RuleWrong(Refusal):
    """A rule of counting with an unknown setting or value, or for days that another one holds."""

    code = "rule-wrong"
    message = _("The rule cannot be entered: %(why)s")
    http_status = 422


@dataclass(frozen=True, slots=True)
class RuleEditCard:
    """One change of the rules as the history shows it; `before`, `after`: rows as plain values."""

    id: int
    code: str
    kind: str
    reason: str
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    person_id: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """A calendar of the register; `has_own_hours`: it does not follow the province's week."""

    id: int
    code: str
    agency_id: int | None
    name: str
    name_en: str
    revision: int
    changed_at: datetime
    has_own_hours: bool
    own_days: int


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Special days as entered; `is_inherited` from the province's calendar. `id` 0: packaged, not loaded yet."""

    id: int
    days: SpecialDays
    is_inherited: bool
    is_packaged: bool


@dataclass(frozen=True, slots=True)
class EditCard:
    """One change of a calendar as the history shows it; `before`, `after` hold `days` and `hours` as plain values."""

    id: int
    calendar_id: int
    agency_id: int | None
    kind: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]
    first_on: date
    last_on: date | None
    person_id: int | None
    changed_at: datetime
    looked_at: int
    moved: int
    acceptances: int
    recomputed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TurnCard:
    """A desk turn as entered; `until_on` is the last day, None without end."""

    id: int
    agency_id: int
    kind: str
    weekday: int | None
    starts: time
    ends: time
    since: date
    until_on: date | None
    person_id: int | None
    note: str
