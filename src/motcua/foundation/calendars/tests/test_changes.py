"""Changing calendars: what is previewed is what comes, the history tells it, and wrong changes are refused."""

from datetime import date, timedelta

import pytest

from motcua.foundation.calendars import selectors, services
from motcua.foundation.calendars.models import Calendar, CalendarEdit, DayException
from motcua.foundation.calendars.tests.moments import ORDINARY, at, week
from motcua.foundation.calendars.types import (
    CalendarChange,
    CalendarWithoutHours,
    DayKind,
    DaysOverlap,
    DaysWrong,
    EditKind,
    HoursWrong,
    NothingToChange,
    ReasonNeeded,
    SpecialDays,
    SpecialDaysNotFound,
)
from motcua.foundation.core.models import OutboxEvent

NOW = at("2026-11-23 08:00")
TODAY = date(2026, 11, 23)
STORM = "Bão số 15"
LIEU = DayKind.IN_LIEU

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> None:
    selectors.forget_calendars()
    services.load_packaged_calendar(at=NOW)


def days(first: date, last: date | None = None, *, kind: DayKind = DayKind.CLOSURE, name: str = STORM) -> SpecialDays:
    return SpecialDays(kind, first, (last or first) + timedelta(days=1), name, source="Công điện 12/CĐ-UBND")


def change(agency_id: int | None = None, reason: str = "Bão", **values: object) -> int:
    return services.change_calendar(change=CalendarChange(agency_id, **values), reason=reason, by=7, at=NOW)


def entry_id(day: date, agency_id: int | None = None) -> int:
    found = selectors.day_entries(agency_id, since=day, until=day + timedelta(days=1), on=TODAY)
    return next(entry.id for entry in found if not (agency_id and entry.is_inherited))


def test_what_is_previewed_is_what_comes() -> None:
    wanted = CalendarChange(None, add=(days(date(2026, 12, 1), date(2026, 12, 3)),))
    before = selectors.calendar_for(None, on=TODAY)

    proposed = {agency: selectors.proposed_calendar(agency, wanted, on=TODAY) for agency in (None, 5)}
    assert selectors.calendar_for(None, on=TODAY) is before
    services.change_calendar(change=wanted, reason="Bão", by=7, at=NOW)

    now = selectors.calendar_for(None, on=TODAY)
    assert now.counted == proposed[None].counted == proposed[5].counted
    assert now.reception == proposed[None].reception
    assert not now.is_working_day(date(2026, 12, 2))
    assert now.revision > before.revision


def test_agencies_without_own_calendars_share_one_proposed_calendar(django_assert_num_queries: object) -> None:
    wanted = CalendarChange(None, add=(days(date(2026, 12, 1)),))
    change(5, add=(days(date(2026, 12, 8)),))
    selectors.calendar_for(5, on=TODAY)

    of = selectors.proposed_calendars(wanted, on=TODAY)
    with django_assert_num_queries(4):  # hours and days, for the province and for the one with its own
        made = {agency_id: of(agency_id, TODAY) for agency_id in range(1, 50)}

    assert made[1] is made[49]
    assert not made[5].is_working_day(date(2026, 12, 8))
    assert made[5].counted == selectors.proposed_calendar(5, wanted, on=TODAY).counted


def test_a_closure_of_one_agency_gives_it_a_calendar_and_leaves_the_others() -> None:
    wanted = CalendarChange(5, add=(days(date(2026, 12, 1)),), name="Lịch của phường")

    assert selectors.proposed_calendar(6, wanted, on=TODAY) is selectors.calendar_for(6, on=TODAY)
    services.change_calendar(change=wanted, reason="Ngập", by=None, at=NOW)

    assert not selectors.calendar_for(5, on=TODAY).is_working_day(date(2026, 12, 1))
    assert selectors.calendar_for(6, on=TODAY).is_working_day(date(2026, 12, 1))
    assert selectors.own_calendars(on=TODAY)[5].name == "Lịch của phường"
    assert not selectors.own_calendars(on=TODAY)[5].has_own_hours


def test_the_history_tells_who_when_why_and_what() -> None:
    change_id = change(add=(days(date(2026, 12, 1), date(2026, 12, 3)),), reason=" Bão số 15 vào bờ ")

    told = selectors.edit(change_id)

    assert (told.kind, told.reason, told.person_id, told.changed_at) == (
        EditKind.DAYS_ADDED,
        "Bão số 15 vào bờ",
        7,
        NOW,
    )
    assert (told.first_on, told.last_on) == (date(2026, 12, 1), date(2026, 12, 3))
    assert told.before == {"days": [], "hours": []}
    assert told.after["days"][0]["name"] == STORM
    assert told.after["days"][0]["source"] == "Công điện 12/CĐ-UBND"
    assert selectors.edits(agency_id=None, limit=5)[0] == told
    assert selectors.edits(agency_id=5, limit=5) == []


def test_each_change_is_announced_once() -> None:
    change_id = change(5, add=(days(date(2026, 12, 1)),))

    event = OutboxEvent.objects.get(topic="calendars.changed")
    assert event.payload == {
        "change_id": change_id,
        "calendar_id": Calendar.objects.get(agency_id=5).pk,
        "agency_id": 5,
        "first_day": "2026-12-01",
        "last_day": "2026-12-01",
        "reason": "Bão",
        "by": 7,
    }


def test_an_entry_is_changed_by_taking_one_out_and_entering_another() -> None:
    culture_day = date(2026, 11, 24)
    pk = entry_id(culture_day)

    change_id = change(remove=(pk,), add=(days(culture_day, kind=DayKind.HOLIDAY, name="Ngày Văn hóa Việt Nam"),))

    told = selectors.edit(change_id)
    assert told.kind == EditKind.DAYS_CHANGED
    assert told.before["days"][0]["status"] == "assumed"
    assert told.after["days"][0]["status"] == "confirmed"


def test_a_packaged_day_taken_out_by_hand_is_worked() -> None:
    change(remove=(entry_id(date(2026, 11, 24)),), reason="Chưa có quyết định")

    assert selectors.calendar_for(None, on=TODAY).is_working_day(date(2026, 11, 24))


def test_a_closure_leaves_days_that_are_off_already() -> None:
    change(add=(days(date(2026, 11, 23), date(2026, 11, 25)),))

    entries = selectors.day_entries(None, since=date(2026, 11, 23), until=date(2026, 11, 26), on=TODAY)
    assert [(row.days.kind, row.days.since) for row in entries] == [
        (DayKind.CLOSURE, date(2026, 11, 23)),
        (DayKind.HOLIDAY, date(2026, 11, 24)),
        (DayKind.CLOSURE, date(2026, 11, 25)),
    ]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({}, NothingToChange),
        ({"add": (days(date(2026, 11, 24)),)}, NothingToChange),
        ({"add": (days(date(2026, 11, 24), kind=DayKind.HOLIDAY),)}, DaysOverlap),
        (
            {"add": (days(date(2026, 12, 2)), days(date(2026, 12, 1), date(2026, 12, 5), kind=DayKind.HOLIDAY))},
            DaysOverlap,
        ),
        ({"add": (days(date(2026, 12, 2), date(2026, 12, 1)),)}, DaysWrong),
        ({"add": (days(date(2026, 12, 2), date(2028, 12, 1)),)}, DaysWrong),
        ({"remove": (0,)}, SpecialDaysNotFound),
        ({"hours": ()}, CalendarWithoutHours),
        ({"hours": week((6, "07:00", "11:00"), counts=False)}, CalendarWithoutHours),
        ({"hours": (*ORDINARY, *week((1, "11:00", "12:00")))}, HoursWrong),
        ({"hours": week((1, "11:00", "11:00"))}, HoursWrong),
        ({"hours": week((1, "07:00", "11:00"), counts=False, reception=False)}, HoursWrong),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_what_cannot_be_is_refused_and_leaves_nothing(values: dict[str, object], refusal: type[Exception]) -> None:
    before = selectors.calendar_for(None, on=TODAY).counted

    with pytest.raises(refusal):
        change(**values)

    selectors.forget_calendars()
    assert selectors.calendar_for(None, on=TODAY).counted == before
    assert not CalendarEdit.objects.exists()


def test_days_that_have_begun_need_a_reason() -> None:
    with pytest.raises(ReasonNeeded, match="23/11/2026"):
        change(reason=" ", add=(days(TODAY),))

    change(reason="", add=(days(date(2026, 12, 1)),))


def test_new_hours_hold_from_their_day() -> None:
    winter = week(*((day, "07:30", "11:30") for day in range(1, 6)), *((day, "13:00", "17:00") for day in range(1, 6)))

    change_id = change(hours=winter, since=date(2026, 12, 1), reason="Giờ mùa đông")

    calendar = selectors.calendar_for(None, on=TODAY)
    assert calendar.counted[calendar.index_of(date(2026, 11, 30))][0][0] == 7 * 3600
    assert calendar.counted[calendar.index_of(date(2026, 12, 1))][0][0] == 7 * 3600 + 1800
    told = selectors.edit(change_id)
    assert (told.kind, told.first_on, told.last_on) == (EditKind.HOURS, date(2026, 12, 1), None)
    assert len(told.before["hours"]) == len(told.after["hours"]) == 10


def test_an_agency_can_have_its_own_week_and_give_it_up() -> None:
    saturday = (*ORDINARY, *week((6, "07:00", "11:00"), counts=False))
    change(5, hours=saturday, since=date(2026, 12, 1), name="Lịch của phường")
    change(5, hours=(), since=date(2027, 1, 1))

    calendar = selectors.calendar_for(5, on=TODAY)
    assert selectors.is_open(calendar, at("2026-12-05 08:00"))
    assert not calendar.is_working_day(date(2026, 12, 5))
    assert not selectors.is_open(calendar, at("2026-11-28 08:00"))
    assert not selectors.is_open(calendar, at("2027-01-09 08:00"))


def test_loading_the_package_anew_is_a_change_of_the_history() -> None:
    DayException.objects.filter(valid__contains=date(2026, 11, 24)).update(name="?")

    services.load_packaged_calendar(at=NOW)

    told = selectors.edits(agency_id=None, limit=1)[0]
    assert (told.kind, told.first_on, told.person_id) == (EditKind.LOADED, date(2026, 11, 24), None)


def test_a_packaged_day_taken_out_or_changed_stays_so_when_the_package_is_loaded_again() -> None:
    change(remove=(entry_id(date(2026, 11, 24)),))
    change(remove=(entry_id(date(2026, 9, 2)),), add=(days(date(2026, 9, 2), kind=LIEU, name="Nghỉ"),))

    assert services.load_packaged_calendar(at=NOW) == 0

    calendar = selectors.calendar_for(None, on=TODAY)
    assert calendar.is_working_day(date(2026, 11, 24))
    assert calendar.days_off[date(2026, 9, 2)].name == "Nghỉ"


def test_progress_of_the_recomputation_is_kept_with_the_change() -> None:
    change_id = change(add=(days(date(2026, 12, 1)),))

    for _again in range(2):
        services.record_recomputation(
            change_id=change_id, looked_at=100, moved=4, acceptances=1, finished=False, at=NOW
        )
    assert selectors.edit(change_id).recomputed_at is None
    services.record_recomputation(change_id=change_id, looked_at=120, moved=5, acceptances=2, finished=True, at=NOW)

    told = selectors.edit(change_id)
    assert (told.looked_at, told.moved, told.acceptances, told.recomputed_at) == (120, 5, 2, NOW)


def test_two_changes_at_once_wait_for_each_other() -> None:
    """The calendar's row is locked, so the second sees what the first entered."""
    change(add=(days(date(2026, 12, 1), kind=DayKind.HOLIDAY),))

    with pytest.raises(DaysOverlap, match=STORM):
        change(add=(days(date(2026, 12, 1), kind=DayKind.HOLIDAY),))


def test_swapped_days_are_entered_together() -> None:
    swap = (
        SpecialDays(DayKind.SWAPPED_OFF, date(2027, 1, 2), date(2027, 1, 3), "Nghỉ hoán đổi"),
        SpecialDays(DayKind.MAKEUP, date(2027, 1, 9), date(2027, 1, 10), "Làm bù", replaces_on=date(2026, 12, 31)),
    )
    change(add=swap)

    calendar = selectors.calendar_for(None, on=TODAY)
    assert calendar.is_working_day(date(2027, 1, 9))
    assert calendar.counted[calendar.index_of(date(2027, 1, 9))][0] == (7 * 3600, 11 * 3600 + 1800)
