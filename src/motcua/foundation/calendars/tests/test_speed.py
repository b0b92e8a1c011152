"""Due dates are asked for on every list row: they must cost microseconds."""

import timeit
from datetime import date

from motcua.foundation.calendars import selectors
from motcua.foundation.calendars.tests.moments import ORDINARY, at
from motcua.foundation.calendars.types import Limit, LimitUnit

TEN_YEARS = selectors.make_calendar(
    code="ten", hours=[ORDINARY], special_days=[], first_on=date(2020, 1, 1), last_on=date(2029, 12, 31)
)


def microseconds(statement: object) -> float:
    """Return the best of several runs, so that a busy machine does not fail the test."""
    return min(timeit.repeat(statement, number=500, repeat=9)) / 500 * 1_000_000


def test_a_limit_of_fifteen_working_days_costs_under_20_microseconds() -> None:
    limit, received_at = Limit(15, LimitUnit.WORKING_DAY), at("2026-08-17 09:00")

    assert microseconds(lambda: selectors.due_at(limit=limit, received_at=received_at, calendar=TEN_YEARS)) < 20


def test_working_seconds_over_nine_years_cost_under_20_microseconds() -> None:
    since, until = at("2020-02-01 09:00"), at("2029-02-01 09:00")

    assert microseconds(lambda: selectors.working_seconds(TEN_YEARS, since, until)) < 20
