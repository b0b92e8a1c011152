"""The published cases and worked dates, on the packaged calendar."""

import csv
from datetime import date
from pathlib import Path

import pytest

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.tests.moments import at
from motcua.foundation.calendars.types import DayStatus, Limit, LimitUnit

CASES = list(csv.DictReader((Path(__file__).parent / "data" / "working_day_cases.csv").open(encoding="utf-8")))


def test_there_are_sixty_cases() -> None:
    assert len(CASES) == 60


@pytest.mark.parametrize("hour", ["07:00", "09:00", "16:30", "23:59"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['received_date']}+{case['working_days']}")
def test_due_dates_agree_with_the_published_cases(case: dict[str, str], hour: str) -> None:
    due = selectors.due_at(
        limit=Limit(int(case["working_days"]), LimitUnit.WORKING_DAY),
        received_at=at(f"{case['received_date']} {hour}"),
        calendar=selectors.packaged_calendar(),
    )

    assert due == at(f"{case['due_date']} 17:00")


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2024-04-26 09:00", 5, "2024-05-07 17:00"),  # 29 April swapped with Saturday 4 May
        ("2024-04-26 16:00", 5, "2024-05-07 17:00"),  # the hour changes nothing
        ("2026-04-23 09:10", 7, "2026-05-07 17:00"),  # 27 April in lieu, 30 April and 1 May off
        ("2026-04-23 16:10", 7, "2026-05-07 17:00"),
        ("2026-08-24 08:00", 8, "2026-09-08 17:00"),  # 31 August swapped off, 1 and 2 September off
        ("2026-04-13 08:00", 17, "2026-05-11 17:00"),
        ("2026-04-13 08:00", 2, "2026-04-15 17:00"),  # letters of the investment project out
    ],
)
def test_worked_dates_of_the_real_processes(received: str, days: int, due: str) -> None:
    found = selectors.due_at(
        limit=Limit(days, LimitUnit.WORKING_DAY), received_at=at(received), calendar=selectors.packaged_calendar()
    )

    assert found == at(due)


def test_24_november_2026_is_assumed_and_2027_projected() -> None:
    days_off = selectors.packaged_calendar().days_off

    assert days_off[date(2026, 11, 24)].status == DayStatus.ASSUMED
    assert [day for day, row in days_off.items() if row.status == DayStatus.ASSUMED] == [date(2026, 11, 24)]
    assert {row.status for day, row in days_off.items() if day.year == 2027} == {DayStatus.PROJECTED}


def test_swapped_saturdays_are_working_days() -> None:
    calendar = selectors.packaged_calendar()

    assert sorted(calendar.extra_days) == [
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]
    assert all(calendar.is_working_day(day) for day in calendar.extra_days)
    assert selectors.is_open(calendar, at("2026-08-22 08:00"))


def test_an_ordinary_day_has_eight_hours() -> None:
    assert selectors.packaged_calendar().hours_per_day == 8
