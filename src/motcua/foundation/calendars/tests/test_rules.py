"""Named rules: in force by date, chosen by code, each with its source; and what each does to a date."""

import csv
from dataclasses import fields
from datetime import date, time
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from motcua.foundation.calendars import rulebooks, selectors, services
from motcua.foundation.calendars.models import DeadlineRule
from motcua.foundation.calendars.rules import packaged_rows, rules_on
from motcua.foundation.calendars.tests.moments import at
from motcua.foundation.calendars.types import DayCount, DeadlineRules, RuleRow, RuleUnknown, RuleWrong
from motcua.foundation.calendars.types.rules import SETTINGS

EXAMPLES = list(csv.DictReader((Path(__file__).parent / "data" / "rule_examples.csv").open(encoding="utf-8")))
NOW = at("2026-11-23 08:00")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    selectors.forget_calendars()


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case['rules'] or 'default'}: {case['why']}")
def test_worked_examples_of_each_rule(case: dict[str, str]) -> None:
    received_at, calendar = at(case["received"]), selectors.packaged_calendar()
    rules = calendar.rules_of(received_at, tuple(case["rules"].split()))
    limit = selectors.parse_limit(case["limit"])

    due = selectors.due_at(limit=limit, received_at=received_at, calendar=calendar, rules=rules)

    assert due == at(case["due"])
    ledger = selectors.ledger(calendar=calendar, received_at=received_at, limit=limit, until=due, rules=rules)
    assert ledger.due_at == due
    assert ledger.total_seconds == ledger.limit_seconds


def test_the_rules_of_a_day_are_those_in_force_then() -> None:
    before, after = rules_on(date(2025, 6, 30)), rules_on(date(2025, 7, 1))

    with override("en"):
        assert str(before.laws["late_moves_handover"]) == "Decree 61/2018/NĐ-CP, art. 18(2)"
        assert str(after.laws["late_moves_handover"]) == "Decree 118/2025/NĐ-CP"
    with override("vi"):
        assert str(before.laws["late_moves_handover"]) == "Điều 18 khoản 2 Nghị định 61/2018/NĐ-CP"
    assert before.late_after == after.late_after == time(15)


def test_before_any_law_the_usual_values_hold() -> None:
    early = rules_on(date(2010, 1, 1))

    assert (early.late_after, early.rest_day_moves_end, early.laws.get("late_after")) == (time(15), True, None)


def test_every_value_in_force_has_a_source_and_a_rule() -> None:
    rules = rules_on(TODAY)
    named = {item.name for item in fields(DeadlineRules)} - {"codes", "laws"}

    # the two that only a procedure of its own law switches on have no default row
    assert named - set(rules.laws) == {"late_moves_day_limits"}
    assert all(row.law and row.name and row.explanation for row in packaged_rows())
    assert {row.setting for row in packaged_rows()} <= SETTINGS


def test_what_was_not_read_word_for_word_is_marked() -> None:
    doubtful = {row.code for row in packaged_rows() if not row.is_verified and row.is_default}

    assert {"late-moves-handover", "acceptance-hours", "downtime-ours-counts", "pause-working-time"} <= doubtful
    assert "first-day-excluded" not in doubtful


def test_a_chosen_rule_goes_over_the_default() -> None:
    rules = rules_on(TODAY, ("days-as-hours", "rest-day-stays"))

    assert rules.day_count == DayCount.HOURS
    assert not rules.rest_day_moves_end
    assert {"days-as-hours", "rest-day-stays"} <= set(rules.codes)
    assert "rest-day-moves-end" not in rules.codes


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(RuleUnknown, match=r"no-such-rule.*late-moves-day-limits"):
        rules_on(TODAY, ("no-such-rule",))


@pytest.mark.django_db
def test_before_rules_are_loaded_the_packaged_ones_hold() -> None:
    assert selectors.rules_for(on=TODAY) == rules_on(TODAY)


@pytest.mark.django_db
def test_loading_rules_twice_changes_nothing_the_second_time() -> None:
    assert services.load_packaged_rules(at=NOW) == len(packaged_rows())
    assert services.load_packaged_rules(at=NOW) == 0
    assert selectors.rules_for(on=TODAY) == rules_on(TODAY)


@pytest.mark.django_db
def test_loading_mends_a_packaged_rule() -> None:
    services.load_packaged_rules(at=NOW)
    DeadlineRule.objects.filter(code="rest-day-stays").update(name="?")

    assert services.load_packaged_rules(at=NOW) == 1
    assert DeadlineRule.objects.get(code="rest-day-stays").name.startswith("Hạn rơi vào ngày nghỉ")


def earlier_hour() -> RuleRow:
    return RuleRow("late-hour", "late_after", time(14, 30), "Giờ nhận muộn", law="Quyết định 12/2026/QĐ-UBND")


@pytest.mark.django_db
def test_a_rule_of_the_province_holds_from_its_day_for_every_calendar() -> None:
    services.load_packaged_calendar(at=NOW)
    services.enter_rule(rule=earlier_hour(), since=date(2026, 12, 1), at=NOW)
    calendar = selectors.calendar_for(None, on=TODAY)

    assert selectors.handover_at(calendar, at("2026-11-30 14:45")) == at("2026-11-30 14:45")
    assert selectors.handover_at(calendar, at("2026-12-01 14:45")) == at("2026-12-02 07:00")
    assert str(selectors.rules_for(on=date(2026, 12, 1)).laws["late_after"]) == "Quyết định 12/2026/QĐ-UBND"
    assert services.load_packaged_rules(at=NOW) == 0
    assert DeadlineRule.objects.get(valid=DateRange(date(2025, 7, 1), date(2026, 12, 1)), code="late-hour")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"setting": "colour"}, {"law": " "}, {"setting": "pause", "value": "never", "code": "x"}],
    ids=["setting", "source", "value"],
)
def test_a_rule_that_cannot_be_is_refused(changes: dict[str, str]) -> None:
    services.load_packaged_rules(at=NOW)
    wrong = RuleRow(
        **{"code": "late-hour", "setting": "late_after", "value": "15:00", "name": "x", "law": "y", **changes}
    )

    with pytest.raises(RuleWrong):
        services.enter_rule(rule=wrong, since=date(2026, 12, 1), at=NOW)


@pytest.mark.django_db
def test_a_rule_cannot_begin_today_or_in_the_past() -> None:
    services.load_packaged_rules(at=NOW)

    with pytest.raises(RuleWrong):
        services.enter_rule(rule=earlier_hour(), since=TODAY, at=NOW)


@pytest.mark.django_db
def test_rules_are_asked_for_once(django_assert_num_queries: object) -> None:
    services.load_packaged_rules(at=NOW)
    first = selectors.rules_for(on=TODAY)

    with django_assert_num_queries(0):
        assert selectors.rules_for(on=TODAY) is first


@pytest.mark.django_db
def test_the_rules_can_be_read_with_source_and_dates() -> None:
    services.load_packaged_rules(at=NOW)
    cards = selectors.known_rules(on=TODAY)
    late = [card for card in cards if card.code == "late-hour"]

    assert [(str(card.value_text), card.is_in_force, card.until_on) for card in late] == [
        ("15:00", False, date(2025, 6, 30)),
        ("15:00", True, None),
    ]
    assert rulebooks.rulebook().known == {card.code for card in cards}
