"""A change laid over the rows of a calendar: what it would make, which days it touches, and why it may be refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars import loading, rule_changes, rulebooks
from motcua.foundation.calendars.layout import with_turns
from motcua.foundation.calendars.loading import Entry, Layers
from motcua.foundation.calendars.types import (
    CalendarChange,
    CalendarWithoutHours,
    DayKind,
    DaysOverlap,
    DaysWrong,
    HoursWrong,
    NothingToChange,
    Proposal,
    RuleBook,
    RuleChange,
    SpecialDays,
    SpecialDaysNotFound,
    WeekHours,
    WorkingCalendar,
)

Entries = Sequence[tuple[int, SpecialDays]]
_NEVER = _(
    "None of these hours counts for deadlines, so no limit would ever end. Give such hours on at least one weekday."
)
_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


def proposed_calendar(agency_id: int | None, change: CalendarChange, *, on: date) -> WorkingCalendar:
    """See `selectors.proposed_calendar`."""
    if change.agency_id is not None and change.agency_id != agency_id:
        return loading.calendar_for(agency_id, on=on)
    province, own = loading.entries_for(agency_id, on=on)
    made = _changed(province, own, change, on=on)
    return with_turns(made, loading.turns_of(agency_id)) if agency_id is not None else made


def proposed_calendars(change: Proposal, *, on: date) -> Callable[[int | None, date], WorkingCalendar]:
    """See `selectors.proposed_calendars`."""
    if isinstance(change, RuleChange):
        return _with_rules(RuleBook(rule_changes.changed_rows(rulebooks.rulebook().rows, change, on=on)))
    layer = 0 if change.agency_id is None else 1
    target = loading.entries_for(change.agency_id, on=on)[layer]
    made: dict[tuple[Entry | None, Entry | None], WorkingCalendar] = {}

    def of(agency_id: int | None, day: date) -> WorkingCalendar:
        key = loading.entries_for(agency_id, on=day)
        if change.agency_id not in (None, agency_id) or key[layer] != target:
            return loading.calendar_for(agency_id, on=day)
        if key not in made:
            made[key] = _changed(*key, change, on=on)
        return made[key]

    return of


def _with_rules(book: RuleBook) -> Callable[[int | None, date], WorkingCalendar]:
    made: dict[WorkingCalendar, WorkingCalendar] = {}

    def of(agency_id: int | None, day: date) -> WorkingCalendar:
        kept = loading.calendar_for(agency_id, on=day)
        if kept not in made:
            made[kept] = replace(kept, rulebook=book)
        return made[kept]

    return of


def _changed(province: Entry | None, own: Entry | None, change: CalendarChange, *, on: date) -> WorkingCalendar:
    """Return the calendar of two layers with the change laid over the one that it is about."""
    layers = loading.layers_of(province, own)
    if change.agency_id is not None and own is None:
        layers.weeks.append([])
        layers.days.append([])
    layer = 0 if change.agency_id is None else 1
    kept, added = checked_days(change, layers.days[layer])
    layers.days[layer] = [*kept, *((0, days) for days in added)]
    if change.hours is not None:
        layers.weeks[layer] = new_weeks(change, layers.weeks[layer], on=on)
    return loading.laid_out(layers, top=own or province)


def changed_layer(change: CalendarChange, *, on: date) -> tuple[Layers, int]:
    """Return the rows of the calendar that the change is about, and which layer it changes."""
    province, own = loading.entries_for(change.agency_id, on=on)
    layers = loading.layers_of(province, own)
    if change.agency_id is not None and own is None:
        layers.weeks.append([])
        layers.days.append([])
    return layers, 0 if change.agency_id is None else 1


def checked_days(change: CalendarChange, present: Entries) -> tuple[list[tuple[int, SpecialDays]], list[SpecialDays]]:
    """Return the entries that stay and those to be added.

    Raises:
        NothingToChange, SpecialDaysNotFound, DaysWrong, DaysOverlap: as their names say.
    """
    if not change.add and not change.remove and change.hours is None:
        raise NothingToChange
    known = {pk for pk, _days in present}
    if not set(change.remove) <= known:
        raise SpecialDaysNotFound
    kept = [(pk, days) for pk, days in present if pk not in change.remove]
    added: list[SpecialDays] = []
    for days in change.add:
        if not days.since < days.until <= days.since + _LONGEST:
            raise DaysWrong({"until": [str(DaysWrong.message)]})
        taken = [row for _pk, row in kept] + added
        added += _beside(days, taken) if days.kind == DayKind.CLOSURE else [_free(days, taken)]
    if change.add and not added:
        raise NothingToChange
    return kept, added


def _free(days: SpecialDays, taken: Iterable[SpecialDays]) -> SpecialDays:
    other = next((row for row in taken if row.since < days.until and days.since < row.until), None)
    if other is not None:
        raise _overlap(other)
    return days


def _overlap(other: SpecialDays) -> DaysOverlap:
    params = {"first": f"{other.since:%d/%m/%Y}", "last": f"{other.until - _DAY:%d/%m/%Y}", "name": other.name}
    return DaysOverlap({"since": [str(DaysOverlap.message) % params]}, **params)


def _beside(closure: SpecialDays, taken: Iterable[SpecialDays]) -> list[SpecialDays]:
    """Return the closure without the days that are off already."""
    rows = sorted(taken, key=lambda row: row.since)
    if worked := next((row for row in rows if row.kind == DayKind.MAKEUP and _touch(row, closure)), None):
        raise _overlap(worked)
    parts, since = [], closure.since
    for row in rows:
        if not _touch(row, closure):
            continue
        if since < row.since:
            parts.append(replace(closure, since=since, until=row.since))
        since = max(since, row.until)
    return [*parts, replace(closure, since=since)] if since < closure.until else parts


def _touch(one: SpecialDays, other: SpecialDays) -> bool:
    return one.since < other.until and other.since < one.until


def new_weeks(change: CalendarChange, present: Sequence[WeekHours], *, on: date) -> list[WeekHours]:
    """Return the hours of a calendar with the changed week in force from `change.since`, else from `on`.

    Raises:
        HoursWrong: hours that overlap or end before they start.
        CalendarWithoutHours: none of the new hours counts for deadlines.
    """
    since = change.since or on
    new = [replace(row, since=since, until=None) for row in change.hours or ()]
    for row in new:
        if not row.starts < row.ends or not 1 <= row.weekday <= 7:
            raise _wrong(row)
        if not (row.counts_for_deadlines or row.open_for_reception):
            raise _wrong(row)
    for one, other in pairwise(sorted(new, key=lambda row: (row.weekday, row.starts))):
        if one.weekday == other.weekday and other.starts < one.ends:
            raise _wrong(other)
    if not any(row.counts_for_deadlines for row in new) and (new or change.agency_id is None):
        raise CalendarWithoutHours(_NEVER)
    return [*_ended(present, since), *new]


def _ended(present: Sequence[WeekHours], since: date) -> Iterator[WeekHours]:
    """Yield the hours in force before `since`, ending there."""
    for row in present:
        if row.since is None or row.since < since:
            yield row if row.until is not None and row.until <= since else replace(row, until=since)


def _wrong(row: WeekHours) -> HoursWrong:
    params = {"hours": f"{row.starts:%H:%M}-{row.ends:%H:%M}"}
    return HoursWrong({"hours": [str(HoursWrong.message) % params]}, **params)


def span_of(change: CalendarChange, *, on: date) -> tuple[date, date | None]:
    """See `selectors.span_of`."""
    layers, layer = changed_layer(change, on=on)
    removed = [days for pk, days in layers.days[layer] if pk in change.remove]
    return span_between([*removed, *change.add], change, on=on)


def span_between(days: Sequence[SpecialDays], change: CalendarChange, *, on: date) -> tuple[date, date | None]:
    """Return the first and last day touched by entering or taking out `days` and by the new week of the change."""
    firsts = [row.since for row in days]
    if change.hours is not None:
        return min([*firsts, change.since or on]), None
    return min(firsts, default=on), max((row.until - _DAY for row in days), default=on)
