"""The calendar that comes with the application: national days off, make-up Saturdays and default office hours."""

import csv
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path

from motcua.foundation.calendars.layout import make_calendar
from motcua.foundation.calendars.types import DayKind, DayStatus, SpecialDays, WeekHours, WorkingCalendar

CODE = "packaged"
_FOLDER = Path(__file__).parent / "data"
_KINDS = {"statutory": DayKind.HOLIDAY, "compensatory": DayKind.IN_LIEU, "swap": DayKind.SWAPPED_OFF}
_LAWS = {
    DayKind.HOLIDAY: "Điều 112 Bộ luật Lao động 2019",
    DayKind.IN_LIEU: "Điều 111 khoản 3 Bộ luật Lao động 2019",
}
_STATUSES = {
    "confirmed": DayStatus.CONFIRMED,
    "projected": DayStatus.PROJECTED,
    "library_only": DayStatus.ASSUMED,
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def office_hours() -> tuple[WeekHours, ...]:
    """Return the default week."""
    return tuple(
        WeekHours(
            weekday=int(row["weekday"]),
            starts=time.fromisoformat(row["starts"]),
            ends=time.fromisoformat(row["ends"]),
            open_for_reception=row["open_for_reception"] == "1",
            counts_for_deadlines=row["counts_for_deadlines"] == "1",
        )
        for row in _rows("office_hours.csv")
    )


@lru_cache(maxsize=1)
def special_days() -> tuple[SpecialDays, ...]:
    """Return days off and make-up days, by date; each row is one day."""
    swaps = list(_makeup_rows())
    made_up = {date.fromisoformat(row["for_day_off"]): date.fromisoformat(row["working_date"]) for row in swaps}
    rows = [_day_off(row, made_up) for row in _rows("public_holidays.csv")]
    rows += [_makeup_day(row) for row in swaps]
    return tuple(sorted(rows, key=lambda row: row.since))


def _makeup_rows() -> Iterator[dict[str, str]]:
    return _rows("makeup_working_days.csv")


def _day_off(row: dict[str, str], made_up: dict[date, date]) -> SpecialDays:
    day = date.fromisoformat(row["date"])
    kind, name, name_en = _KINDS[row["kind"]], row["name_vi"], row["name_en"]
    if kind == DayKind.SWAPPED_OFF and day in made_up:  # the package writes these dates the American way
        worked = made_up[day]
        name = f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}"
        name_en = f"Day off in exchange for working on {worked.day} {worked:%B %Y}"
    return SpecialDays(
        kind=kind,
        since=day,
        until=day + timedelta(days=1),
        name=name,
        name_en=name_en,
        status=_STATUSES[row["status"]],
        source=_law(kind, row),
    )


def _law(kind: DayKind, row: dict[str, str]) -> str:
    """Return the law behind a day off, or the notice named in the file; '' where no decision was seen."""
    if row["status"] == "library_only":
        return ""
    return _LAWS.get(kind) or _notice(row["source"])


def _notice(source: str) -> str:
    """Return a source that names a notice; the library that a date was compared with is named in README.md."""
    return "" if "holidays 0.109" in source.split(";")[0] else source.split(";")[0]


def _makeup_day(row: dict[str, str]) -> SpecialDays:
    worked, off = date.fromisoformat(row["working_date"]), date.fromisoformat(row["for_day_off"])
    return SpecialDays(
        kind=DayKind.MAKEUP,
        since=worked,
        until=worked + timedelta(days=1),
        name=f"Làm bù cho ngày {off:%d/%m/%Y}",
        name_en=f"Working day in exchange for {off.day} {off:%B %Y}",
        replaces_on=off,
        source=_notice(row["source"]),
    )


@lru_cache(maxsize=1)
def packaged_calendar() -> WorkingCalendar:
    """Return the packaged calendar without asking the database."""
    return make_calendar(code=CODE, hours=[office_hours()], special_days=[special_days()])
