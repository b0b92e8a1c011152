"""Each unit and rule as a table of worked examples. 17 August 2026 is a Monday; 22 August a plain Saturday here."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.rules import rules_on
from motcua.foundation.calendars.tests.moments import ORDINARY, at, calendar, week
from motcua.foundation.calendars.types import (
    DayKind,
    Limit,
    LimitUnit,
    OutsideCalendar,
    Pause,
    PauseRule,
    SpecialDays,
)

HOLIDAY = SpecialDays(DayKind.HOLIDAY, date(2026, 9, 1), date(2026, 9, 3), "Quốc khánh")
PLAIN = calendar(special_days=[HOLIDAY])
RULES = rules_on(date(2026, 8, 17))
HOUR, DAY, C_DAY, MONTH, SAME, NONE = (
    LimitUnit.WORKING_HOUR,
    LimitUnit.WORKING_DAY,
    LimitUnit.DAY,
    LimitUnit.MONTH,
    LimitUnit.SAME_DAY,
    LimitUnit.NONE,
)


@pytest.mark.parametrize(
    ("case", "received", "value", "unit", "due"),
    [
        ("hours within a morning", "2026-08-17 08:00", 2, HOUR, "2026-08-17 10:00"),
        ("hours over lunch", "2026-08-17 10:30", 2, HOUR, "2026-08-17 14:30"),
        ("hours that end with the morning", "2026-08-17 10:30", 1, HOUR, "2026-08-17 11:30"),
        ("hours from lunch start after it", "2026-08-17 12:10", 1, HOUR, "2026-08-17 14:30"),
        ("hours over night", "2026-08-17 16:30", 1, HOUR, "2026-08-18 07:30"),
        ("hours after 15:00 are not moved", "2026-08-17 15:30", 1, HOUR, "2026-08-17 16:30"),
        ("hours that end with the day", "2026-08-17 16:00", 1, HOUR, "2026-08-17 17:00"),
        ("hours over a weekend", "2026-08-21 16:30", 8, HOUR, "2026-08-24 16:30"),
        ("hours from a Sunday", "2026-08-23 10:00", 8, HOUR, "2026-08-24 17:00"),
        ("acceptance within eight hours", "2026-08-17 20:15", 8, HOUR, "2026-08-18 17:00"),
        ("one day", "2026-08-17 08:00", 1, DAY, "2026-08-18 17:00"),
        ("one day from Friday", "2026-08-21 08:00", 1, DAY, "2026-08-24 17:00"),
        ("one day from Saturday", "2026-08-22 08:00", 1, DAY, "2026-08-24 17:00"),
        ("days over a holiday", "2026-08-31 08:00", 1, DAY, "2026-09-03 17:00"),
        ("days received late in the day", "2026-08-17 16:59", 3, DAY, "2026-08-20 17:00"),
        ("calendar days count weekends", "2026-08-19 08:00", 7, C_DAY, "2026-08-26 17:00"),
        ("calendar days that end on Saturday", "2026-08-19 08:00", 3, C_DAY, "2026-08-24 17:00"),
        ("calendar days that end on a holiday", "2026-08-31 08:00", 1, C_DAY, "2026-09-03 17:00"),
        ("a month to the same date", "2026-07-17 08:00", 1, MONTH, "2026-08-17 17:00"),
        ("a month that is shorter", "2026-08-31 08:00", 1, MONTH, "2026-09-30 17:00"),
        ("a month over the year's end", "2026-12-15 08:00", 2, MONTH, "2027-02-15 17:00"),
        ("a month that ends in December", "2026-11-15 08:00", 1, MONTH, "2026-12-15 17:00"),
        ("a month that ends on Sunday", "2026-07-23 08:00", 1, MONTH, "2026-08-24 17:00"),
        ("twelve months", "2026-01-31 08:00", 12, MONTH, "2027-02-01 17:00"),
        ("same day", "2026-08-17 09:00", 0, SAME, "2026-08-17 17:00"),
        ("same day at lunch", "2026-08-17 12:00", 0, SAME, "2026-08-17 17:00"),
        ("same day before opening", "2026-08-17 05:00", 0, SAME, "2026-08-17 17:00"),
        ("same day at 15:00 sharp", "2026-08-17 15:00", 0, SAME, "2026-08-17 17:00"),
        ("same day after 15:00", "2026-08-17 15:01", 0, SAME, "2026-08-18 17:00"),
        ("same day after 15:00 on Friday", "2026-08-21 15:01", 0, SAME, "2026-08-24 17:00"),
        ("same day after hours", "2026-08-17 18:00", 0, SAME, "2026-08-18 17:00"),
        ("same day on Sunday", "2026-08-23 09:00", 0, SAME, "2026-08-24 17:00"),
        ("no limit", "2026-08-17 09:00", 0, NONE, None),
    ],
)
def test_due_instants(case: str, received: str, value: int, unit: LimitUnit, due: str | None) -> None:
    found = selectors.due_at(limit=Limit(value, unit), received_at=at(received), calendar=PLAIN)

    assert found == (at(due) if due else None), case


@pytest.mark.parametrize(
    ("received", "handed_over"),
    [
        ("2026-08-17 09:00", "2026-08-17 09:00"),
        ("2026-08-17 06:00", "2026-08-17 07:00"),
        ("2026-08-17 12:00", "2026-08-17 13:30"),
        ("2026-08-17 15:00", "2026-08-17 15:00"),
        ("2026-08-17 15:01", "2026-08-18 07:00"),
        ("2026-08-21 16:00", "2026-08-24 07:00"),
        ("2026-08-22 10:00", "2026-08-24 07:00"),
        ("2026-08-31 15:30", "2026-09-03 07:00"),
    ],
)
def test_after_15_the_handover_moves_to_the_first_hour_of_the_next_working_day(received: str, handed_over: str) -> None:
    assert selectors.handover_at(PLAIN, at(received)) == at(handed_over)


@pytest.mark.parametrize(
    ("case", "changes", "received", "limit", "due"),
    [
        (
            "late hour switched off",
            {"late_moves_same_day": False},
            "2026-08-17 16:00",
            Limit(0, SAME),
            "2026-08-17 17:00",
        ),
        ("late hour for days", {"late_moves_day_limits": True}, "2026-08-17 16:00", Limit(3, DAY), "2026-08-21 17:00"),
        (
            "late hour for days, early",
            {"late_moves_day_limits": True},
            "2026-08-17 14:00",
            Limit(3, DAY),
            "2026-08-20 17:00",
        ),
        ("first day counts", {"first_day_counts": True}, "2026-08-17 08:00", Limit(3, DAY), "2026-08-19 17:00"),
        ("first day counts, Sunday", {"first_day_counts": True}, "2026-08-23 08:00", Limit(1, DAY), "2026-08-24 17:00"),
        (
            "first calendar day counts",
            {"first_day_counts": True},
            "2026-08-17 08:00",
            Limit(3, C_DAY),
            "2026-08-19 17:00",
        ),
        (
            "an end on a rest day stays",
            {"rest_day_moves_end": False},
            "2026-08-19 08:00",
            Limit(3, C_DAY),
            "2026-08-23 00:00",
        ),
    ],
)
def test_rules_can_be_chosen(case: str, changes: dict[str, bool], received: str, limit: Limit, due: str) -> None:
    found = selectors.due_at(limit=limit, received_at=at(received), calendar=PLAIN, rules=replace(RULES, **changes))

    assert found == at(due), case


def test_the_handover_rule_can_be_switched_off() -> None:
    rules = replace(RULES, late_moves_handover=False)

    assert selectors.handover_at(PLAIN, at("2026-08-17 16:00"), rules) == at("2026-08-17 16:00")


@pytest.mark.parametrize(
    ("case", "limit", "pauses", "due"),
    [
        ("three hours", Limit(2, DAY), [("2026-08-18 09:00", "2026-08-18 13:30")], "2026-08-20 09:30"),
        ("over night", Limit(2, DAY), [("2026-08-18 16:00", "2026-08-19 08:00")], "2026-08-20 09:00"),
        ("outside office hours", Limit(2, DAY), [("2026-08-18 17:00", "2026-08-19 07:00")], "2026-08-19 17:00"),
        ("two whole days", Limit(2, DAY), [("2026-08-18 07:00", "2026-08-19 17:00")], "2026-08-21 17:00"),
        ("on the first day only", Limit(2, DAY), [("2026-08-17 09:00", "2026-08-17 16:00")], "2026-08-19 17:00"),
        ("from the first day on", Limit(2, DAY), [("2026-08-17 09:00", "2026-08-18 08:00")], "2026-08-20 08:00"),
        ("from the due instant on", Limit(2, DAY), [("2026-08-19 17:00", "2026-08-25 09:00")], "2026-08-19 17:00"),
        ("a minute before it is due", Limit(2, DAY), [("2026-08-19 16:59", "2026-08-20 09:00")], "2026-08-20 09:01"),
        (
            "two that overlap count once",
            Limit(2, DAY),
            [("2026-08-18 09:00", "2026-08-18 11:00"), ("2026-08-18 10:00", "2026-08-18 11:30")],
            "2026-08-20 09:30",
        ),
        (
            "a second one reached only through the first",
            Limit(2, DAY),
            [("2026-08-18 07:00", "2026-08-18 17:00"), ("2026-08-20 07:00", "2026-08-20 09:00")],
            "2026-08-21 09:00",
        ),
        ("of hours", Limit(4, HOUR), [("2026-08-17 10:00", "2026-08-17 14:00")], "2026-08-17 16:00"),
        ("within the day", Limit(0, SAME), [("2026-08-17 10:00", "2026-08-17 11:00")], "2026-08-18 08:00"),
        ("calendar days", Limit(9, C_DAY), [("2026-08-18 10:00", "2026-08-20 08:00")], "2026-08-28 17:00"),
        ("calendar days, same day", Limit(9, C_DAY), [("2026-08-18 08:00", "2026-08-18 16:00")], "2026-08-26 17:00"),
        (
            "on the day to which an end moved",
            Limit(5, C_DAY),
            [("2026-08-24 09:00", "2026-08-26 09:00")],
            "2026-08-26 17:00",
        ),
        (
            "before the weekend in which it ends",
            Limit(5, C_DAY),
            [("2026-08-20 09:00", "2026-08-21 09:00")],
            "2026-08-24 17:00",
        ),
        (
            "after calendar days are over",
            Limit(4, C_DAY),
            [("2026-08-21 17:00", "2026-08-26 09:00")],
            "2026-08-21 17:00",
        ),
        ("a month", Limit(1, MONTH), [("2026-08-20 09:00", "2026-08-22 09:00")], "2026-09-21 17:00"),
        ("still open is left out", Limit(2, DAY), [("2026-08-18 09:00", None)], "2026-08-19 17:00"),
    ],
)
def test_pauses_give_back_what_passed(case: str, limit: Limit, pauses: list[tuple[str, str | None]], due: str) -> None:
    stops = [Pause(at(starts), at(ends) if ends else None) for starts, ends in pauses]

    found = selectors.due_at(limit=limit, received_at=at("2026-08-17 08:00"), calendar=PLAIN, pauses=stops)

    assert found == at(due), case


def test_an_open_pause_ends_at_the_instant_asked_about() -> None:
    found = selectors.due_at(
        limit=Limit(2, DAY),
        received_at=at("2026-08-17 08:00"),
        calendar=PLAIN,
        pauses=[Pause(at("2026-08-18 09:00"))],
        until=at("2026-08-18 10:00"),
    )

    assert found == at("2026-08-20 08:00")


@pytest.mark.parametrize(
    ("pause", "due"),
    [
        (("2026-08-18 09:00", "2026-08-18 16:00"), "2026-08-20 17:00"),
        (("2026-08-18 09:00", "2026-08-19 16:00"), "2026-08-21 17:00"),
        (("2026-08-20 09:00", "2026-08-24 09:00"), "2026-08-24 17:00"),
        (("2026-08-17 09:00", "2026-08-18 09:00"), "2026-08-21 17:00"),
    ],
)
def test_a_rule_can_give_back_whole_working_days(pause: tuple[str, str], due: str) -> None:
    found = selectors.due_at(
        limit=Limit(3, DAY),
        received_at=at("2026-08-17 08:00"),
        calendar=PLAIN,
        rules=replace(RULES, pause=PauseRule.WHOLE_DAYS),
        pauses=[Pause(at(pause[0]), at(pause[1]))],
    )

    assert found == at(due)


def test_saturday_desks_receive_but_do_not_count() -> None:
    desk = calendar((*ORDINARY, *week((6, "07:30", "11:00"), counts=False)))

    assert selectors.is_open(desk, at("2026-08-22 09:00"))
    assert selectors.working_seconds(desk, at("2026-08-22 00:00"), at("2026-08-23 00:00")) == 0
    assert selectors.due_at(limit=Limit(0, SAME), received_at=at("2026-08-22 09:00"), calendar=desk) == at(
        "2026-08-24 17:00"
    )


def test_saturday_mornings_that_count_are_working_days_of_their_own_length() -> None:
    saturdays = calendar((*ORDINARY, *week((6, "07:00", "11:00"))))

    assert selectors.due_at(limit=Limit(1, DAY), received_at=at("2026-08-21 09:00"), calendar=saturdays) == at(
        "2026-08-22 11:00"
    )
    assert saturdays.hours_per_day == 8


def test_hours_change_on_the_day_from_which_they_are_valid() -> None:
    summer = week(*((day, "06:30", "14:30") for day in range(1, 6)), since=date(2026, 8, 20))
    winter = tuple(replace(row, until=date(2026, 8, 20)) for row in ORDINARY)
    mixed = calendar((*winter, *summer))

    due = selectors.due_at(limit=Limit(2, DAY), received_at=at("2026-08-17 09:00"), calendar=mixed)
    later = selectors.due_at(limit=Limit(3, DAY), received_at=at("2026-08-17 09:00"), calendar=mixed)

    assert (due, later) == (at("2026-08-19 17:00"), at("2026-08-20 14:30"))


def test_adding_no_time_returns_the_instant_itself() -> None:
    assert selectors.add_working_seconds(PLAIN, at("2026-08-22 03:00"), 0) == at("2026-08-22 03:00")


def test_adding_and_taking_away_working_time() -> None:
    assert selectors.add_working_seconds(PLAIN, at("2026-08-21 16:00"), 7200) == at("2026-08-24 08:00")
    assert selectors.add_working_seconds(PLAIN, at("2026-08-24 08:00"), -7200) == at("2026-08-21 16:00")
    assert selectors.working_seconds(PLAIN, at("2026-08-24 08:00"), at("2026-08-21 16:00")) == -7200


def test_instants_of_other_zones_are_read_on_vietnams_clock() -> None:
    assert selectors.due_at(
        limit=Limit(1, DAY), received_at=datetime(2026, 8, 17, 20, tzinfo=UTC), calendar=PLAIN
    ) == at("2026-08-19 17:00")


def test_working_days_between_two_days() -> None:
    assert selectors.working_days_between(PLAIN, date(2026, 8, 17), date(2026, 8, 18)) == 1
    assert selectors.working_days_between(PLAIN, date(2026, 8, 31), date(2026, 9, 4)) == 2
    assert selectors.working_days_between(PLAIN, date(2026, 8, 18), date(2026, 8, 17)) == -1


@pytest.mark.parametrize(
    ("received", "limit"),
    [
        ("2025-12-31 09:00", Limit(1, DAY)),
        ("2028-01-01 09:00", Limit(1, DAY)),
        ("2027-12-30 09:00", Limit(5, DAY)),
        ("2027-12-30 09:00", Limit(99, HOUR)),
        ("2027-12-30 09:00", Limit(9, C_DAY)),
        ("2027-12-30 09:00", Limit(99_999, MONTH)),
    ],
)
def test_what_lies_outside_the_calendar_is_refused(received: str, limit: Limit) -> None:
    with pytest.raises(OutsideCalendar):
        selectors.due_at(limit=limit, received_at=at(received), calendar=PLAIN)
