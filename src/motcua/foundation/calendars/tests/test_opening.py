"""What the portal says of a desk's hours and of days off to come."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.tests.moments import at, calendar, week
from motcua.foundation.calendars.types import DayKind, DayStatus

PACKAGED = selectors.packaged_calendar()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "is_open", "text"),
    [
        ("2026-08-20 09:00", True, "Open now, until 11:30."),
        ("2026-08-20 16:59", True, "Open now, until 17:00."),
        ("2026-08-20 11:30", False, "Closed now. Opens today at 13:30."),
        ("2026-08-20 05:00", False, "Closed now. Opens today at 07:00."),
        ("2026-08-20 17:00", False, "Closed now. Opens tomorrow at 07:00."),
        ("2026-08-21 17:00", False, "Closed now. Opens tomorrow at 07:00."),  # Saturday 22 is worked
        ("2026-08-28 18:00", False, "Closed now. Opens at 07:00 on Thursday, 03/09/2026."),
    ],
)
def test_opening_notes(moment: str, is_open: bool, text: str) -> None:
    note = selectors.opening_note(PACKAGED, at(moment))

    assert (note.is_open, str(note.text)) == (is_open, text)
    assert selectors.is_open(PACKAGED, at(moment)) is is_open


def test_an_opening_note_gives_the_instants_too() -> None:
    assert selectors.opening_note(PACKAGED, at("2026-08-20 09:00")).closes_at == at("2026-08-20 11:30")
    assert selectors.opening_note(PACKAGED, at("2026-08-28 18:00")).opens_at == at("2026-09-03 07:00")


def test_a_desk_that_never_opens_again_says_only_that_it_is_closed() -> None:
    back_office = calendar(week((1, "07:00", "11:30"), reception=False))

    note = selectors.opening_note(back_office, at("2026-08-17 09:00"))

    assert (note.is_open, note.opens_at, str(note.text)) == (False, None, "Closed now.")


def test_days_off_come_as_runs_with_their_make_up_days() -> None:
    found = selectors.next_days_off(PACKAGED, date(2026, 8, 1), 120)

    assert [(row.from_on, row.to_on, row.kind, str(row.name), row.status, row.is_open) for row in found] == [
        (
            date(2026, 8, 22),
            date(2026, 8, 22),
            DayKind.MAKEUP,
            "Working day in exchange for 31 August 2026",
            DayStatus.CONFIRMED,
            True,
        ),
        (
            date(2026, 8, 31),
            date(2026, 9, 2),
            DayKind.HOLIDAY,
            "Day off in exchange for working on 22 August 2026, National Day",
            DayStatus.CONFIRMED,
            False,
        ),
        (
            date(2026, 11, 24),
            date(2026, 11, 24),
            DayKind.HOLIDAY,
            "Vietnam Cultural Day",
            DayStatus.ASSUMED,
            False,
        ),
    ]


def test_a_weekend_inside_a_run_belongs_to_it() -> None:
    found = selectors.next_days_off(PACKAGED, date(2021, 4, 25), 15)

    assert [(row.from_on, row.to_on) for row in found] == [(date(2021, 4, 30), date(2021, 5, 3))]


def test_the_days_of_tet_share_one_short_name() -> None:
    with translation.override("vi"):
        found = selectors.next_days_off(PACKAGED, date(2026, 2, 10), 14)

        assert [str(row.name) for row in found] == ["Tết Nguyên Đán"]


def test_no_days_off_in_an_ordinary_week() -> None:
    assert selectors.next_days_off(PACKAGED, date(2026, 10, 5), 7) == []
