"""The ledger row by row, in the words that officers and citizens read (English source sentences)."""

from datetime import date

import pytest
from django.utils import translation

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.tests.moments import at, calendar
from motcua.foundation.calendars.types import (
    DayKind,
    Holding,
    IntervalKind,
    Ledger,
    Limit,
    LimitUnit,
    Pause,
    SpecialDays,
)

WAIT = Pause(at("2026-11-16 10:00"), at("2026-11-18 17:00"), "supplement", "Applicant", "02-0117")
HOLDERS = [
    Holding(at("2026-11-09 09:15"), at("2026-11-10 07:00"), "Desk"),
    Holding(at("2026-11-10 07:00"), None, "N.H. Phúc"),
]


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def told(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    return [(row.dates, str(row.reason_code), str(row.reason), row.amount) for row in ledger]


def of_building_permit(until: str) -> Ledger:
    """The dossier of the mock-up: ten working days, a supplement, an assumed holiday."""
    return selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-11-09 09:15"),
        limit=Limit(10, LimitUnit.WORKING_DAY),
        pauses=[WAIT],
        until=at(until),
        holders=HOLDERS,
    )


def test_a_paused_dossier_row_by_row() -> None:
    ledger = of_building_permit("2026-11-23 10:12")

    assert told(ledger) == [
        ("09/11", "first_day", "Received at 09:15; the first day is not counted", "0"),
        ("10–13/11", "work", "4 days × 8 hours", "32:00"),
        ("14–15/11", "weekend", "Weekend", "0"),
        ("16/11", "work", "07:00 to 10:00", "3:00"),
        ("16–18/11", "pause", "Paused for 21 working hours: waiting for the applicant to complete the papers", "0"),
        ("19–20/11", "work", "2 days × 8 hours", "16:00"),
        ("21–22/11", "weekend", "Weekend", "0"),
        ("23/11", "work", "07:00 to 10:12", "3:12"),
    ]
    assert [str(row.holder) for row in ledger] == [
        "Desk",
        "N.H. Phúc",
        "",
        "N.H. Phúc",
        "Applicant",
        "N.H. Phúc",
        "",
        "N.H. Phúc",
    ]
    assert ledger.total == "54:12"
    assert ledger.left_seconds == (80 * 60 - (54 * 60 + 12)) * 60
    assert ledger.paused_seconds == 21 * 3600
    assert ledger.due_without_pauses_at == at("2026-11-23 17:00")
    assert ledger.due_at == at("2026-11-27 14:00")


def test_notes_name_law_reference_and_doubt() -> None:
    notes = {row.from_on: str(row.note) for row in of_building_permit("2026-11-27 14:00") if str(row.note)}

    assert notes == {
        date(2026, 11, 9): "Civil Code 2015, art. 147(2)",
        date(2026, 11, 16): "02-0117",
        date(2026, 11, 24): "Assumed: the decision has not been seen",
    }


def test_time_past_the_due_instant_is_a_row_of_its_own() -> None:
    ledger = of_building_permit("2026-11-30 17:00")

    assert told(ledger)[-4:] == [
        ("27/11", "work", "07:00 to 14:00", "5:00"),
        ("27/11", "overdue", "Past the due date: 14:00 to 17:00", "3:00"),
        ("28–29/11", "weekend", "Weekend", "0"),
        ("30/11", "overdue", "Past the due date: 1 day × 8 hours", "8:00"),
    ]
    assert ledger.overdue_seconds == 11 * 3600
    assert ledger.left_seconds == -11 * 3600


def test_a_run_breaks_where_the_holder_changes_and_joins_across_nothing_else() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-11-09 09:15"),
        limit=Limit(10, LimitUnit.WORKING_DAY),
        until=at("2026-11-13 17:00"),
        holders=[
            Holding(at("2026-11-09 09:15"), at("2026-11-11 12:00"), "A"),
            Holding(at("2026-11-11 12:00"), at("2026-11-13 08:00"), "B"),
        ],
    )

    assert [(row.dates, str(row.holder), row.amount) for row in ledger] == [
        ("09/11", "A", "0"),
        ("10/11", "A", "8:00"),
        ("11/11", "A", "4:30"),
        ("11/11", "B", "3:30"),
        ("12/11", "B", "8:00"),
        ("13/11", "B", "1:00"),
        ("13/11", "", "7:00"),
    ]


def test_swapped_days_and_made_up_saturdays_are_named() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-20 16:00"),
        limit=Limit(10, LimitUnit.WORKING_DAY),
        until=at("2026-09-03 17:00"),
    )

    assert told(ledger) == [
        ("20/08", "first_day", "Received at 16:00; the first day is not counted", "0"),
        ("21–22/08", "work", "2 days × 8 hours", "16:00"),
        ("23/08", "weekend", "Weekend", "0"),
        ("24–28/08", "work", "5 days × 8 hours", "40:00"),
        ("29–30/08", "weekend", "Weekend", "0"),
        ("31/08", "holiday", "Day off in exchange for working on 22 August 2026", "0"),
        ("01–02/09", "holiday", "Holiday: National Day", "0"),
        ("03/09", "work", "1 day × 8 hours", "8:00"),
    ]
    assert str(ledger[1].note) == "22/08: Working day in exchange for 31 August 2026"


def test_a_same_day_receipt_after_15_says_why_it_waits() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-20 15:30"),
        limit=Limit(0, LimitUnit.SAME_DAY),
        until=at("2026-08-21 17:00"),
    )

    assert told(ledger) == [
        ("20/08", "after_hours", "Received at 15:30, after 15:00; counted from the next working day", "0"),
        ("21/08", "work", "1 day × 8 hours", "8:00"),
    ]
    assert str(ledger[0].note) == "Decree 23/2015/NĐ-CP, art. 7"


def test_hours_counted_from_the_next_morning() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-19 17:30"),
        limit=Limit(10, LimitUnit.WORKING_HOUR),
        until=at("2026-08-21 09:00"),
    )

    assert told(ledger) == [
        ("19/08", "after_hours", "Received at 17:30, outside office hours", "0"),
        ("20/08", "work", "1 day × 8 hours", "8:00"),
        ("21/08", "work", "07:00 to 09:00", "2:00"),
    ]
    assert ledger.total_seconds == ledger.limit_seconds


def test_calendar_days_are_counted_in_days() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-19 16:00"),
        limit=Limit(9, LimitUnit.DAY),
        pauses=[Pause(at("2026-08-24 10:00"), at("2026-08-26 17:00"))],
        until=at("2026-09-04 17:00"),
    )

    assert told(ledger) == [
        ("19/08", "first_day", "Received at 16:00; the first day is not counted", "0"),
        ("20–24/08", "work", "5 days", "5 days"),
        ("25–26/08", "pause", "Paused for 2 days: waiting for the applicant to complete the papers", "0"),
        ("27–30/08", "work", "4 days", "4 days"),
        ("31/08", "holiday", "Day off in exchange for working on 22 August 2026", "0"),
        ("01–02/09", "holiday", "Holiday: National Day", "0"),
        ("04/09", "overdue", "Past the due date: 1 day", "1 day"),
    ]
    assert ledger.due_at == at("2026-09-03 17:00")
    assert ledger.limit_seconds == 0


def test_closures_are_named_and_grey() -> None:
    storm = SpecialDays(DayKind.CLOSURE, date(2026, 8, 18), date(2026, 8, 20), "Bão số 5", "Storm no. 5")

    ledger = selectors.ledger(
        calendar=calendar(special_days=[storm]),
        received_at=at("2026-08-17 09:00"),
        limit=Limit(1, LimitUnit.WORKING_DAY),
        until=at("2026-08-20 17:00"),
    )

    assert told(ledger)[1:] == [
        ("18–19/08", "closure", "Closed: Storm no. 5", "0"),
        ("20/08", "work", "1 day × 8 hours", "8:00"),
    ]


def test_without_a_limit_the_hours_used_are_still_shown() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-17 09:00"),
        limit=Limit(0, LimitUnit.NONE),
        until=at("2026-08-17 10:00"),
    )

    assert (ledger.due_at, ledger.total, ledger.left_seconds) == (None, "1:00", 0)


def test_before_the_receipt_there_are_no_rows() -> None:
    assert len(of_building_permit("2026-11-09 09:15")) == 0


def test_a_pause_over_a_weekend_is_one_row() -> None:
    ledger = selectors.ledger(
        calendar=selectors.packaged_calendar(),
        received_at=at("2026-08-05 09:00"),
        limit=Limit(5, LimitUnit.WORKING_DAY),
        pauses=[Pause(at("2026-08-07 07:00"), None, "tax", "Thuế")],
        until=at("2026-08-11 12:00"),
    )

    assert told(ledger)[-1] == (
        "07–11/08",
        "pause",
        "Paused for 20 h 30 min of working time: waiting for the tax authority",
        "0",
    )


def test_rows_as_json_are_plain() -> None:
    row = of_building_permit("2026-11-23 10:12").as_json()[3]

    assert row == {
        "from": "2026-11-16",
        "to": "2026-11-16",
        "starts_at": "2026-11-16T07:00:00+07:00",
        "ends_at": "2026-11-16T10:00:00+07:00",
        "kind": "work",
        "counted": True,
        "seconds": 10_800,
        "days": 1,
        "span_seconds": 10_800,
        "text": "07:00 to 10:00",
        "note": "",
        "holder": "N.H. Phúc",
        "holders": ["N.H. Phúc"],
        "ground": "Civil Code 2015, art. 147 and 148",
    }


def test_names_follow_the_language_of_the_reader() -> None:
    row = next(row for row in of_building_permit("2026-11-24 17:00") if row.reason_code == IntervalKind.HOLIDAY)

    assert "Vietnam Cultural Day" in str(row.reason)
    with translation.override("vi"):
        assert "Ngày Văn hóa Việt Nam" in str(row.reason)
