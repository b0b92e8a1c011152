"""A year of a calendar as CSV, day by day, and its special days as iCalendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import Moved
from motcua.faces.office import exporting
from motcua.faces.office.calendars import drawing
from motcua.foundation.calendars.types import WorkingCalendar


def answer(kind: str, calendar: WorkingCalendar, year: int, *, name: str, at: datetime) -> Any:
    """Return the year as a download.

    Raises:
        Http404: `kind` is neither csv nor ics.
    """
    if kind == "csv":
        head = [_("Day"), _("Weekday"), _("Kind of day"), _("Counted hours"), _("Reception hours"), _("Hours")]
        return exporting.answer("csv", name=f"lich-lam-viec-{year}", head=head, rows=_rows(calendar, year))
    if kind == "ics":
        response = HttpResponse(ics(calendar, year, name=name, at=at), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"lich-lam-viec-{year}.ics") or "attachment"
        return response
    raise Http404


def moved_list(moved: Moved) -> Any:
    """Return the open dossiers that a change would move, with both dates, as CSV."""
    head = [_("Dossier code"), _("Due now"), _("Would be due"), _("What moves")]
    words = {False: _("Due date"), True: _("Hour of acceptance")}
    rows = ([row.code, row.old, row.new, words[row.is_acceptance]] for row in moved.rows)
    return exporting.answer("csv", name="ho-so-doi-han", head=head, rows=rows)


def _rows(calendar: WorkingCalendar, year: int) -> Iterator[list[Any]]:
    for month in range(1, 13):
        for line in drawing.month_lines(calendar, year, month, today=date.min):
            yield [line.day, line.weekday, line.words, ", ".join(line.counted), ", ".join(line.reception), line.hours]


def ics(calendar: WorkingCalendar, year: int, *, name: str, at: datetime) -> str:
    """Return special days of a year as all-day events; runs of the same entry are one event."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Motcua//Calendar//VI", f"X-WR-CALNAME:{_escaped(name)}"]
    for first, last, special in _runs(calendar, year):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{first:%Y%m%d}-{special.kind}-{calendar.code}@motcua",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(drawing.words_of(special))}",
            *([f"DESCRIPTION:{_escaped(special.source)}"] if special.source else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _runs(calendar: WorkingCalendar, year: int) -> Iterator[tuple[date, date, Any]]:
    """Yield (first day, last day, entry) in order."""
    days = sorted((*calendar.days_off.items(), *calendar.extra_days.items()), key=lambda item: item[0])
    run: tuple[date, date, Any] | None = None
    for day, special in days:
        if day.year != year:
            continue
        if run is not None and run[2] is special:
            run = run[0], day, special
            continue
        if run is not None:
            yield run
        run = day, day, special
    if run is not None:
        yield run


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a content line in pieces of at most 75 octets, never inside a letter."""
    piece, prefix = "", ""
    for letter in line:
        if len((prefix + piece + letter).encode()) > 75:
            yield prefix + piece
            piece, prefix = "", " "
        piece += letter
    yield prefix + piece
