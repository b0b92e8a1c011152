"""What citizens should know of a desk: open or not, when next, and which days off are coming."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from motcua.foundation.calendars.positions import in_ranges, instant, outside, place
from motcua.foundation.calendars.types import (
    DayKind,
    DayOffNotice,
    DayStatus,
    OpeningNote,
    SpecialDays,
    WorkingCalendar,
)
from motcua.foundation.core.clock import civil_day


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """See `selectors.is_open`."""
    index, second = place(calendar, at)
    return in_ranges(calendar.reception[index], second)


def opening_note(calendar: WorkingCalendar, at: datetime) -> OpeningNote:
    """See `selectors.opening_note`."""
    index, second = place(calendar, at)
    for starts, ends in calendar.reception[index]:
        if starts <= second < ends:
            closes_at = instant(calendar, index, ends)
            return OpeningNote(is_open=True, closes_at=closes_at, opens_at=None, text=_open_text(closes_at))
    opens_at = _next_opening(calendar, index, second)
    return OpeningNote(is_open=False, closes_at=None, opens_at=opens_at, text=_closed_text(opens_at, civil_day(at)))


def _next_opening(calendar: WorkingCalendar, index: int, second: int) -> datetime | None:
    for starts, _ends in calendar.reception[index]:
        if second < starts:
            return instant(calendar, index, starts)
    later = (day for day in range(index + 1, len(calendar.reception)) if calendar.reception[day])
    day = next(later, None)
    return None if day is None else instant(calendar, day, calendar.reception[day][0][0])


def day_in_words(day: date) -> str:
    """Return "thứ Sáu, 27/11/2026" or "Friday, 27/11/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


_WEEKDAYS = (
    pgettext_lazy("inside a sentence", "Monday"),
    pgettext_lazy("inside a sentence", "Tuesday"),
    pgettext_lazy("inside a sentence", "Wednesday"),
    pgettext_lazy("inside a sentence", "Thursday"),
    pgettext_lazy("inside a sentence", "Friday"),
    pgettext_lazy("inside a sentence", "Saturday"),
    pgettext_lazy("inside a sentence", "Sunday"),
)


def _sentence_open(closes_at: datetime) -> str:
    return _("Open now, until %(time)s.") % {"time": f"{closes_at:%H:%M}"}


def _sentence_closed(opens_at: datetime | None, today: date) -> str:
    if opens_at is None:
        return _("Closed now.")
    values = {"time": f"{opens_at:%H:%M}", "day": day_in_words(opens_at.date())}
    if opens_at.date() == today:
        return _("Closed now. Opens today at %(time)s.") % values
    if opens_at.date() == today + timedelta(days=1):
        return _("Closed now. Opens tomorrow at %(time)s.") % values
    return _("Closed now. Opens at %(time)s on %(day)s.") % values


_open_text = lazy(_sentence_open, str)
_closed_text = lazy(_sentence_closed, str)


def names_of(days: Sequence[SpecialDays]) -> str:
    """Return the names of a run in the reader's language; a name that another one contains stands for both."""
    names: list[str] = []
    for row in days:
        name = row.name_en if row.name_en and (get_language() or "").startswith("en") else row.name
        if name not in names:
            names.append(name)
    return ", ".join(name for name in names if not any(other != name and other in name for other in names))


lazy_names_of = lazy(names_of, str)


def worst_status(days: Sequence[SpecialDays]) -> DayStatus:
    """Return the least sure status of a run."""
    order = (DayStatus.ASSUMED, DayStatus.PROJECTED, DayStatus.CONFIRMED)
    return min((row.status for row in days), key=order.index)


def next_days_off(calendar: WorkingCalendar, since: date, days: int) -> list[DayOffNotice]:
    """See `selectors.next_days_off`. A weekend between two days off belongs to the same run."""
    runs: list[list[tuple[date, SpecialDays]]] = []
    is_running = False
    for day in (since + timedelta(days=offset) for offset in range(days)):
        special = calendar.days_off.get(day) or calendar.extra_days.get(day)
        if special is None:
            is_running = is_running and not calendar.is_working_day(day)
            continue
        is_makeup = special.kind == DayKind.MAKEUP
        if not is_running or is_makeup or runs[-1][-1][1].kind == DayKind.MAKEUP:
            runs.append([])
        runs[-1].append((day, special))
        is_running = True
    return [_notice(run) for run in runs]


def _notice(run: list[tuple[date, SpecialDays]]) -> DayOffNotice:
    rows = tuple(row for _day, row in run)
    return DayOffNotice(
        from_on=run[0][0],
        to_on=run[-1][0],
        kind=next((row.kind for row in rows if row.kind == DayKind.HOLIDAY), rows[0].kind),
        name=lazy_names_of(rows),
        status=worst_status(rows),
        is_open=rows[0].kind == DayKind.MAKEUP,
    )


def appointment_at(calendar: WorkingCalendar, due_at: datetime) -> datetime:
    """See `selectors.appointment_at`."""
    index, second = place(calendar, due_at)
    if any(starts <= second <= ends for starts, ends in calendar.reception[index]):
        return due_at
    opens_at = _next_opening(calendar, index, second)
    if opens_at is None:
        raise outside(calendar)
    return opens_at
