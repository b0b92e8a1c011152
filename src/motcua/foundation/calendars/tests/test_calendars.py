"""Calendars in the database: loading, inheritance, keeping and constraints."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import loading, packaged, selectors, services
from motcua.foundation.calendars.models import Calendar, DayException, OfficeHours
from motcua.foundation.calendars.tests.moments import ORDINARY, at, week
from motcua.foundation.calendars.types import (
    CalendarNotFound,
    CalendarWithoutHours,
    DayKind,
    DayStatus,
    Limit,
    LimitUnit,
    SpecialDays,
)

NOW = at("2026-11-23 08:00")
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    selectors.forget_calendars()


def own_calendar(code: str = "H01.34", agency_id: int = 34, **more: object) -> int:
    return services.create_calendar(code=code, agency_id=agency_id, name="Lịch của phường", at=NOW, **more)


def closure(day: date, name: str = "Bão số 5") -> SpecialDays:
    return SpecialDays(DayKind.CLOSURE, day, date.fromordinal(day.toordinal() + 1), name)


def test_loading_twice_changes_nothing_the_second_time() -> None:
    first = services.load_packaged_calendar(at=NOW)
    before = list(DayException.objects.order_by("pk").values_list("pk", flat=True))
    revision = Calendar.objects.get().revision

    second = services.load_packaged_calendar(at=NOW)

    assert first == len(packaged.special_days()) + len(packaged.office_hours())
    assert second == 0
    assert list(DayException.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert Calendar.objects.get().revision == revision


def test_the_loaded_calendar_is_the_packaged_one() -> None:
    services.load_packaged_calendar(at=NOW)

    loaded, known = selectors.calendar_for(None, on=TODAY), selectors.packaged_calendar()

    assert loaded.code == "province"
    assert loaded.counted == known.counted
    assert loaded.days_off == known.days_off
    assert loaded.extra_days == known.extra_days


def test_24_november_2026_is_loaded_as_assumed() -> None:
    services.load_packaged_calendar(at=NOW)

    assert DayException.objects.get(status=DayStatus.ASSUMED).valid == DateRange(date(2026, 11, 24), date(2026, 11, 25))


def test_loading_again_mends_packaged_rows_and_leaves_what_was_entered_by_hand() -> None:
    services.load_packaged_calendar(at=NOW)
    services.record_special_days(calendar_code="province", days=closure(date(2026, 11, 24)), at=NOW)
    DayException.objects.filter(valid__contains=date(2026, 9, 2)).update(name="?")

    changed = services.load_packaged_calendar(at=NOW)

    assert changed == 1
    assert DayException.objects.get(valid__contains=date(2026, 9, 2)).name == "Quốc khánh"
    assert DayException.objects.get(valid__contains=date(2026, 11, 24)).name == "Bão số 5"


def test_before_anything_is_loaded_the_packaged_calendar_holds() -> None:
    assert selectors.calendar_for(7, on=TODAY) is selectors.packaged_calendar()


def test_an_agency_without_a_calendar_has_the_provinces() -> None:
    services.load_packaged_calendar(at=NOW)

    assert selectors.calendar_for(7, on=TODAY) is selectors.calendar_for(None, on=TODAY)


def test_an_agency_gives_the_week_and_inherits_the_days_off() -> None:
    services.load_packaged_calendar(at=NOW)
    own_calendar(hours=week((6, "08:00", "12:00")))
    services.record_special_days(calendar_code="H01.34", days=closure(date(2026, 12, 5)), at=NOW)

    calendar = selectors.calendar_for(34, on=TODAY)

    assert not calendar.is_working_day(TODAY)  # a Monday
    assert calendar.is_working_day(date(2026, 11, 28))
    assert not calendar.is_working_day(date(2026, 12, 5))
    assert date(2026, 11, 24) in calendar.days_off
    assert date(2026, 12, 5) not in selectors.calendar_for(None, on=TODAY).days_off


def test_an_agency_may_differ_in_special_days_only() -> None:
    services.load_packaged_calendar(at=NOW)
    own_calendar()
    services.record_special_days(calendar_code="H01.34", days=closure(TODAY), at=NOW)

    limit, received_at = Limit(1, LimitUnit.WORKING_DAY), at("2026-11-20 09:00")
    due = {
        agency_id: selectors.due_at(
            limit=limit, received_at=received_at, calendar=selectors.calendar_for(agency_id, on=TODAY)
        )
        for agency_id in (33, 34)
    }

    assert due == {33: at("2026-11-23 17:00"), 34: at("2026-11-25 17:00")}


def test_an_own_calendar_before_the_provinces_still_knows_the_national_days() -> None:
    own_calendar(hours=week((6, "08:00", "12:00")))

    assert date(2026, 9, 2) in selectors.calendar_for(34, on=TODAY).days_off


def test_outside_its_validity_an_own_calendar_does_not_hold() -> None:
    services.load_packaged_calendar(at=NOW)
    own_calendar(hours=week((6, "08:00", "12:00")), since=date(2026, 12, 1))

    assert selectors.calendar_for(34, on=TODAY).code == "province"
    assert selectors.calendar_for(34, on=date(2026, 12, 1)).code == "H01.34"


def test_a_calendar_is_made_once_per_revision(django_assert_num_queries: object) -> None:
    services.load_packaged_calendar(at=NOW)
    first = selectors.calendar_for(None, on=TODAY)

    with django_assert_num_queries(0):
        assert selectors.calendar_for(None, on=TODAY) is first
        assert selectors.calendar_for(99, on=TODAY) is first

    services.record_special_days(calendar_code="province", days=closure(TODAY), at=NOW)
    changed = selectors.calendar_for(None, on=TODAY)

    assert changed.revision == first.revision + 1
    assert TODAY in changed.days_off


def test_a_change_by_another_process_is_seen_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    services.load_packaged_calendar(at=NOW)
    first = selectors.calendar_for(None, on=TODAY)
    Calendar.objects.update(revision=99)

    assert selectors.calendar_for(None, on=TODAY) is first
    monkeypatch.setattr(loading, "RECHECK_SECONDS", 0.0)

    assert selectors.calendar_for(None, on=TODAY).revision == 99


def test_calendars_are_found_by_code() -> None:
    services.load_packaged_calendar(at=NOW)
    own_calendar(hours=ORDINARY)

    assert selectors.calendar_by_code("H01.34", on=TODAY) is selectors.calendar_for(34, on=TODAY)
    assert selectors.calendar_by_code("province", on=TODAY) is selectors.calendar_for(None, on=TODAY)
    with pytest.raises(CalendarNotFound, match=r"H99.*H01\.34, province"):
        selectors.calendar_by_code("H99", on=TODAY)


def test_hours_that_never_count_are_refused_and_leave_nothing() -> None:
    with pytest.raises(CalendarWithoutHours):
        own_calendar(hours=week((6, "08:00", "12:00"), counts=False))

    assert not Calendar.objects.exists()


def test_special_days_of_an_unknown_calendar_are_refused() -> None:
    with pytest.raises(CalendarNotFound):
        services.record_special_days(calendar_code="?", days=closure(TODAY), at=NOW)


def refused_by(name: str) -> object:
    return pytest.raises(IntegrityError, match=name)


def test_one_agency_has_one_calendar_at_a_time() -> None:
    own_calendar(since=date(2026, 1, 1), until=date(2026, 7, 1))
    own_calendar("later", since=date(2026, 7, 1))

    with refused_by("calendar_agency_no_overlap"), transaction.atomic():
        own_calendar("third", since=date(2026, 6, 1), until=date(2026, 8, 1))


def test_the_province_has_one_calendar_at_a_time() -> None:
    services.load_packaged_calendar(at=NOW)

    with refused_by("calendar_agency_no_overlap"), transaction.atomic():
        services.load_packaged_calendar(at=NOW, code="another")


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("office_hours_no_overlap", {"starts": time(11), "ends": time(12)}),
        ("office_hours_order", {"starts": time(20), "ends": time(19)}),
        ("office_hours_weekday", {"weekday": 8}),
        ("office_hours_purpose", {"weekday": 7, "open_for_reception": False, "counts_for_deadlines": False}),
    ],
)
def test_office_hours_that_make_no_sense_are_impossible(constraint: str, change: dict[str, object]) -> None:
    services.load_packaged_calendar(at=NOW)
    row = {
        "calendar": Calendar.objects.get(),
        "weekday": 1,
        "starts": time(18),
        "ends": time(19),
        "valid": DateRange(None, None),
        **change,
    }

    with refused_by(constraint), transaction.atomic():
        OfficeHours.objects.create(**row)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("day_exception_no_overlap", {"valid": DateRange(date(2026, 9, 1), date(2026, 9, 9))}),
        ("day_exception_bounded", {"valid": DateRange(date(2030, 9, 1), None)}),
        ("day_exception_replaces", {"replaces_on": date(2026, 1, 1)}),
    ],
)
def test_special_days_that_make_no_sense_are_impossible(constraint: str, change: dict[str, object]) -> None:
    services.load_packaged_calendar(at=NOW)
    row = {
        "calendar": Calendar.objects.get(),
        "kind": DayKind.CLOSURE,
        "name": "x",
        "valid": DateRange(date(2026, 10, 1), date(2026, 10, 2)),
        **change,
    }

    with refused_by(constraint), transaction.atomic():
        DayException.objects.create(**row)
