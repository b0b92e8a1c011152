"""A year and a month of a working calendar as pages show them: each day with its mark, its words and its hours."""

import calendar as almanac
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from motcua.faces.design import formatting
from motcua.foundation.calendars.types import DayKind, Ranges, SpecialDays, WorkingCalendar

# One letter stands in the day's cell, so that colour never speaks alone.
MARKS = {
    DayKind.HOLIDAY: pgettext_lazy("letter in a calendar", "H"),
    DayKind.IN_LIEU: pgettext_lazy("letter in a calendar", "L"),
    DayKind.SWAPPED_OFF: pgettext_lazy("letter in a calendar", "S"),
    DayKind.MAKEUP: pgettext_lazy("letter in a calendar", "W"),
    DayKind.CLOSURE: pgettext_lazy("letter in a calendar", "C"),
}
DESK_MARK = pgettext_lazy("letter in a calendar", "D")
DESK_WORDS = gettext_lazy("Desk open, not counted for deadlines")
WEEKDAYS = (
    pgettext_lazy("short", "Mon"),
    pgettext_lazy("short", "Tue"),
    pgettext_lazy("short", "Wed"),
    pgettext_lazy("short", "Thu"),
    pgettext_lazy("short", "Fri"),
    pgettext_lazy("short", "Sat"),
    pgettext_lazy("short", "Sun"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its number, style, letter, and what it is in words ('' for an ordinary day)."""

    day: date
    css: str
    mark: str
    words: str
    is_today: bool

    @property
    def number(self) -> int:
        """Day of the month."""
        return self.day.day


@dataclass(frozen=True, slots=True)
class Month:
    """One month in weeks from Monday; None for days of other months."""

    number: int
    name: str
    weeks: list[list[Cell | None]]
    working_days: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the month's list."""

    day: date
    weekday: str
    css: str
    words: str
    counted: list[str]
    reception: list[str]
    hours: str
    is_today: bool


def year_of(calendar: WorkingCalendar, year: int, *, today: date) -> list[Month]:
    """Return the twelve months of a year."""
    return [_month(calendar, year, month, today=today) for month in range(1, 13)]


def _month(calendar: WorkingCalendar, year: int, month: int, *, today: date) -> Month:
    weeks = [
        [_cell(calendar, date(year, month, number), today=today) if number else None for number in week]
        for week in almanac.Calendar().monthdayscalendar(year, month)
    ]
    days = [cell.day for week in weeks for cell in week if cell]
    return Month(
        number=month,
        name=_("Month %(month)s") % {"month": month},
        weeks=weeks,
        working_days=sum(calendar.is_working_day(day) for day in days),
    )


def _cell(calendar: WorkingCalendar, day: date, *, today: date) -> Cell:
    css, mark, words = _look(calendar, day)
    return Cell(day, css, mark, words, day == today)


def _look(calendar: WorkingCalendar, day: date) -> tuple[str, str, str]:
    special = calendar.days_off.get(day) or calendar.extra_days.get(day)
    if special is not None:
        return special.kind, str(MARKS[special.kind]), words_of(special)
    index = calendar.index_of(day)
    if calendar.counted[index]:
        return "", "", ""
    if calendar.reception[index]:
        return "desk", str(DESK_MARK), str(DESK_WORDS)
    return "rest", "", ""


def words_of(special: SpecialDays) -> str:
    """Return what a special day is, such as "Public holiday: Quốc khánh"."""
    return f"{special.kind.label}: {special.name}" if special.name else str(special.kind.label)


def month_lines(calendar: WorkingCalendar, year: int, month: int, *, today: date) -> list[DayLine]:
    """Return the days of a month with their hours."""
    length = almanac.monthrange(year, month)[1]
    return [_line(calendar, date(year, month, number), today=today) for number in range(1, length + 1)]


def _line(calendar: WorkingCalendar, day: date, *, today: date) -> DayLine:
    css, _mark, words = _look(calendar, day)
    index = calendar.index_of(day)
    counted = calendar.counted[index]
    return DayLine(
        day=day,
        weekday=str(WEEKDAYS[day.weekday()]),
        css=css,
        words=words,
        counted=spans(counted),
        reception=spans(calendar.reception[index]),
        hours=formatting.hours(sum(ends - starts for starts, ends in counted), "short") if counted else "",
        is_today=day == today,
    )


def spans(ranges: Ranges) -> list[str]:
    """Return "07:00–11:30" and "13:30–17:00"."""
    return [f"{_clock(starts)}–{_clock(ends)}" for starts, ends in ranges]


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"


def legend() -> list[dict[str, str]]:
    """Return letters and what they mean."""
    found = [{"css": str(kind), "mark": str(mark), "words": str(kind.label)} for kind, mark in MARKS.items()]
    return [*found, {"css": "desk", "mark": str(DESK_MARK), "words": str(DESK_WORDS)}]


def week_lines(calendar: WorkingCalendar, *, on: date) -> list[dict[str, Any]]:
    """Return the ordinary week in force on a day, in words."""
    return [
        {"weekday": str(WEEKDAYS[weekday - 1]), "counted": spans(counted), "reception": spans(reception)}
        for weekday, (counted, reception) in week_hours_of(calendar, on=on).items()
    ]


def hours_words(rows: list[dict[str, object]]) -> str:
    """Return the hours of the history's plain rows in words, days with the same hours together."""
    by_day: dict[int, list[str]] = {}
    for row in rows:
        note = "" if row["counts"] else f" ({_('reception only')})"
        by_day.setdefault(int(str(row["weekday"])), []).append(f"{row['starts']}–{row['ends']}{note}")
    said: dict[str, list[str]] = {}
    for weekday, parts in sorted(by_day.items()):
        said.setdefault(", ".join(parts), []).append(str(WEEKDAYS[weekday - 1]))
    return "; ".join(f"{', '.join(days)}: {hours}" for hours, days in said.items())


def week_hours_of(calendar: WorkingCalendar, *, on: date) -> dict[int, tuple[Ranges, Ranges]]:
    """Return counted and reception ranges by weekday (1 Monday): of each the next day that nothing special befalls."""
    found = {}
    for weekday in range(1, 8):
        day = on + timedelta(days=(weekday - on.isoweekday()) % 7)
        while day in calendar.days_off or day in calendar.extra_days:
            day += timedelta(days=7)
        index = calendar.index_of(day)
        found[weekday] = (calendar.counted[index], calendar.reception[index])
    return found
