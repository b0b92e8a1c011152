"""What must hold on every calendar, and agreement with the naive walk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.calendars import opening, selectors
from motcua.foundation.calendars.tests import strategies as some
from motcua.foundation.calendars.tests.moments import calendar
from motcua.foundation.calendars.tests.naive import Naive
from motcua.foundation.calendars.types import (
    Downtime,
    IntervalKind,
    Limit,
    LimitUnit,
    Pause,
    SpecialDays,
    WeekHours,
    WorkingCalendar,
)

COUNTED = st.one_of(
    st.builds(Limit, st.integers(1, 20), st.just(LimitUnit.WORKING_DAY)),
    st.builds(Limit, st.integers(1, 60), st.just(LimitUnit.WORKING_HOUR)),
)
TIMED = COUNTED | st.just(Limit(0, LimitUnit.SAME_DAY))
IN_DAYS = st.one_of(
    st.builds(Limit, st.integers(1, 60), st.just(LimitUnit.DAY)),
    st.builds(Limit, st.integers(1, 6), st.just(LimitUnit.MONTH)),
)
often = settings(max_examples=150, deadline=None)
seldom = settings(max_examples=30, deadline=None)


def made(hours: Sequence[WeekHours], special: Sequence[SpecialDays]) -> WorkingCalendar:
    return calendar(hours, special, first_on=some.FIRST_ON, last_on=some.LAST_ON)


calendars = st.builds(made, some.weeks(), some.special_days())
even_calendars = st.builds(made, some.even_weeks(), some.special_days())


@often
@given(calendars, some.instants, st.integers(1, 400_000))
def test_adding_then_subtracting_is_the_identity_on_counted_time(
    kept: WorkingCalendar, at: datetime, seconds: int
) -> None:
    start = selectors.next_working_instant(kept, at)

    there = selectors.add_working_seconds(kept, start, seconds)

    assert selectors.working_seconds(kept, start, there) == seconds
    assert selectors.add_working_seconds(kept, there, -seconds) == start


@often
@given(calendars, some.instants, some.instants, TIMED | IN_DAYS)
def test_who_comes_first_is_due_first(kept: WorkingCalendar, one: datetime, other: datetime, limit: Limit) -> None:
    first, second = sorted((one, other))

    due = [selectors.due_at(limit=limit, received_at=at, calendar=kept) for at in (first, second)]

    assert due[0] <= due[1]


@often
@given(even_calendars, some.instants, some.instants, COUNTED | IN_DAYS, some.pauses())
def test_common_pauses_keep_the_order_where_days_are_equally_long(
    kept: WorkingCalendar, one: datetime, other: datetime, limit: Limit, stops: list[Pause]
) -> None:
    first, second = sorted((one, other))

    due = [selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops) for at in (first, second)]

    assert due[0] <= due[1]


@often
@given(calendars, some.instants, COUNTED, some.pauses())
def test_a_longer_limit_is_due_later(kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause]) -> None:
    longer = Limit(limit.value + 1, limit.unit)

    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops)

    assert due < selectors.due_at(limit=longer, received_at=at, calendar=kept, pauses=stops)


@often
@given(calendars, some.instants, TIMED | IN_DAYS, some.pauses(), some.instants)
def test_a_pause_of_zero_changes_nothing(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause], moment: datetime
) -> None:
    with_nothing = [*stops, Pause(moment, moment)]

    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops)

    assert selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=with_nothing) == due


@often
@given(calendars, some.instants, TIMED | IN_DAYS, some.pauses(), st.floats(0, 1))
def test_splitting_a_pause_changes_nothing(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause], share: float
) -> None:
    halves = []
    for stop in stops:
        middle = stop.starts_at + timedelta(minutes=int((stop.ends_at - stop.starts_at) / timedelta(minutes=1) * share))
        halves += [Pause(stop.starts_at, middle), Pause(middle, stop.ends_at)]

    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops)

    assert selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=halves) == due


@often
@given(calendars, some.instants, some.instants, some.instants)
def test_splitting_an_interval_changes_nothing(kept: WorkingCalendar, a: datetime, b: datetime, c: datetime) -> None:
    parts = selectors.working_seconds(kept, a, b) + selectors.working_seconds(kept, b, c)

    assert parts == selectors.working_seconds(kept, a, c)


@often
@given(calendars, some.instants, TIMED | IN_DAYS, some.pauses())
def test_a_due_instant_lies_after_the_receipt_and_never_inside_a_pause(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause]
) -> None:
    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops)

    assert due > at
    if limit.unit in {LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR}:
        assert not any(stop.starts_at < due <= stop.ends_at and _works(kept, stop, due) for stop in stops)


def _works(kept: WorkingCalendar, stop: Pause, due: datetime) -> bool:
    """Say whether counted time passed between the start of the pause and the due instant."""
    return selectors.working_seconds(kept, stop.starts_at, due) > 0


@often
@given(calendars, some.instants, TIMED, some.pauses())
def test_the_ledger_of_a_promise_adds_up_to_the_limit(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause]
) -> None:
    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, pauses=stops)

    ledger = selectors.ledger(calendar=kept, received_at=at, limit=limit, pauses=stops, until=due)

    assert ledger.total_seconds == ledger.limit_seconds > 0
    assert ledger.left_seconds == ledger.overdue_seconds == 0
    assert ledger.due_at == due


@often
@given(calendars, some.instants, IN_DAYS)
def test_the_ledger_of_calendar_days_adds_up_to_them(kept: WorkingCalendar, at: datetime, limit: Limit) -> None:
    due = selectors.due_at(limit=limit, received_at=at, calendar=kept)

    ledger = selectors.ledger(calendar=kept, received_at=at, limit=limit, until=due)

    if limit.unit == LimitUnit.DAY:
        assert ledger.total_days == limit.value
    assert not any(row.reason_code == IntervalKind.OVERDUE for row in ledger)


@often
@given(calendars, some.instants, TIMED | IN_DAYS, some.pauses(), some.instants)
def test_rows_of_a_ledger_follow_each_other(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause], until: datetime
) -> None:
    ledger = selectors.ledger(calendar=kept, received_at=at, limit=limit, pauses=stops, until=until)

    edges = [edge for row in ledger for edge in (row.starts_at, row.ends_at)]
    assert edges == sorted(edges)
    assert all(at <= edge <= until for edge in edges)
    assert all(row.counted == (row.reason_code in {IntervalKind.WORK, IntervalKind.OVERDUE}) for row in ledger)
    if limit.unit not in {LimitUnit.DAY, LimitUnit.MONTH}:
        spans = sum(row.span_seconds for row in ledger)
        assert spans == max(0, selectors.working_seconds(kept, at, max(at, until)))


@often
@given(calendars, some.instants, TIMED | IN_DAYS, some.pauses())
def test_downtime_that_counts_changes_nothing_and_that_does_not_is_a_pause(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause]
) -> None:
    def due(**given: object) -> datetime | None:
        return selectors.due_at(limit=limit, received_at=at, calendar=kept, **given)

    def down(counts: bool) -> list[Downtime]:
        return [Downtime(n, "ours", stop.starts_at, stop.ends_at, counts) for n, stop in enumerate(stops)]

    assert due(downtimes=down(True)) == due()
    assert due(downtimes=down(False)) == due(pauses=stops)
    assert due(downtimes=down(False), pauses=stops) == due(pauses=stops)


@often
@given(calendars, some.instants, TIMED, some.pauses())
def test_the_ledger_with_downtimes_adds_up_to_the_limit(
    kept: WorkingCalendar, at: datetime, limit: Limit, stops: list[Pause]
) -> None:
    downtimes = [Downtime(n, "ours", stop.starts_at, stop.ends_at, bool(n % 2)) for n, stop in enumerate(stops)]
    due = selectors.due_at(limit=limit, received_at=at, calendar=kept, downtimes=downtimes)
    assert due is not None

    ledger = selectors.ledger(calendar=kept, received_at=at, limit=limit, until=due, downtimes=downtimes)

    assert ledger.total_seconds == ledger.limit_seconds


@often
@given(some.weeks(), some.special_days(), some.instants)
def test_an_appointment_follows_the_due_instant_into_reception(
    hours: list[WeekHours], special: list[SpecialDays], due: datetime
) -> None:
    kept = made(hours, special)

    found = opening.appointment_at(kept, due)

    assert found >= due
    assert selectors.is_open(kept, found) or selectors.is_open(kept, found - timedelta(seconds=1))
    assert opening.appointment_at(kept, found) == found


@seldom
@given(some.weeks(), some.special_days(), some.instants, st.integers(0, 20_000), st.integers(1, 6_000))
def test_working_time_agrees_with_the_naive_walk(
    hours: list[WeekHours], special: list[SpecialDays], a: datetime, length: int, minutes: int
) -> None:
    kept, naive = made(hours, special), Naive(hours, special)
    b = a + timedelta(minutes=length)

    assert selectors.working_seconds(kept, a, b) == naive.working_seconds(a, b)
    assert selectors.add_working_seconds(kept, a, minutes * 60) == naive.add(a, minutes * 60)
    assert selectors.next_working_instant(kept, a) == next(naive.counted_minutes(a))


@seldom
@given(some.weeks(), some.special_days(), some.instants, st.integers(1, 15), some.pauses())
def test_due_instants_agree_with_the_naive_walk(
    hours: list[WeekHours], special: list[SpecialDays], at: datetime, value: int, stops: list[Pause]
) -> None:
    kept, naive = made(hours, special), Naive(hours, special)

    def due(unit: LimitUnit) -> datetime | None:
        return selectors.due_at(limit=Limit(value, unit), received_at=at, calendar=kept, pauses=stops)

    assert due(LimitUnit.WORKING_DAY) == naive.due_after_working_days(at, value, stops)
    assert due(LimitUnit.WORKING_HOUR) == naive.due_after_working_hours(at, value, stops)
