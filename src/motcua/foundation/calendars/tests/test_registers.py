"""Downtimes, desk turns, appointments, and what they do to a ledger."""

from datetime import date, datetime, time

import pytest

from motcua.foundation.calendars import opening, selectors, services
from motcua.foundation.calendars.models import DeskTurn
from motcua.foundation.calendars.tests.moments import ORDINARY, at, calendar, week
from motcua.foundation.calendars.types import (
    CalendarChange,
    DayKind,
    Downtime,
    DowntimeWrong,
    Holding,
    IntervalKind,
    Limit,
    LimitUnit,
    Pause,
    SpecialDays,
    SpecialDaysNotFound,
    StopHolder,
    TurnWrong,
)
from motcua.foundation.core.models import OutboxEvent

NOW = at("2026-11-23 08:00")
TODAY = date(2026, 11, 23)
PLAIN = calendar()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    selectors.forget_calendars()


def down(starts: str, ends: str | None, *, counts: bool = True) -> Downtime:
    return Downtime(1, "national", at(starts), at(ends) if ends else None, counts, note="Cổng DVC quốc gia")


def two_days(*downtimes: Downtime) -> datetime | None:
    return selectors.due_at(
        limit=Limit(2, LimitUnit.WORKING_DAY),
        received_at=at("2026-08-17 09:00"),
        calendar=PLAIN,
        downtimes=downtimes,
    )


def test_downtime_that_counts_moves_nothing() -> None:
    assert two_days(down("2026-08-18 08:00", "2026-08-18 10:00")) == at("2026-08-19 17:00")


def test_downtime_that_does_not_count_is_given_back() -> None:
    assert two_days(down("2026-08-18 08:00", "2026-08-18 10:00", counts=False)) == at("2026-08-20 09:00")


def test_an_open_downtime_moves_nothing_until_it_ends() -> None:
    assert two_days(down("2026-08-18 08:00", None, counts=False)) == at("2026-08-19 17:00")


@pytest.mark.parametrize("counts", [True, False])
def test_the_ledger_shows_each_downtime_it_touches(counts: bool) -> None:
    stop = down("2026-08-18 08:00", "2026-08-18 10:00", counts=counts)

    ledger = selectors.ledger(
        calendar=PLAIN,
        received_at=at("2026-08-17 09:00"),
        limit=Limit(2, LimitUnit.WORKING_DAY),
        until=two_days(stop),
        downtimes=[stop, down("2026-09-18 08:00", "2026-09-18 10:00")],
    )

    row = next(row for row in ledger if row.reason_code == IntervalKind.DOWNTIME)
    assert (row.counted, row.seconds, row.span_seconds) == (counts, 7200 if counts else 0, 7200)
    assert str(row.note) == "Cổng DVC quốc gia"
    assert str(row.ground)
    assert ledger.downtimes == (stop,)
    assert ledger.total_seconds == ledger.limit_seconds == 16 * 3600


def test_a_limit_in_calendar_days_gets_downtime_back_by_days() -> None:
    stop = down("2026-08-18 08:00", "2026-08-20 10:00", counts=False)
    found = selectors.due_at(
        limit=Limit(10, LimitUnit.DAY), received_at=at("2026-08-17 09:00"), calendar=PLAIN, downtimes=[stop]
    )
    ledger = selectors.ledger(
        calendar=PLAIN,
        received_at=at("2026-08-17 09:00"),
        limit=Limit(10, LimitUnit.DAY),
        until=found,
        downtimes=[stop],
    )

    assert found == at("2026-08-31 17:00")  # 27 August and two days are the 29th, a Saturday
    assert ledger.total_days == 10
    assert next(row.days for row in ledger if row.reason_code == IntervalKind.DOWNTIME) == 2


def test_several_holders_at_once_are_each_charged() -> None:
    """An interlinked dossier: land office and tax authority work at the same time, then the citizen is waited for."""
    ledger = selectors.ledger(
        calendar=PLAIN,
        received_at=at("2026-08-17 09:00"),
        limit=Limit(5, LimitUnit.WORKING_DAY),
        until=at("2026-08-20 17:00"),
        pauses=[
            Pause(
                at("2026-08-19 07:00"), at("2026-08-19 17:00"), "supplement", StopHolder.CITIZEN.label, ground="Điều 19"
            )
        ],
        holders=[
            Holding(at("2026-08-17 09:00"), None, "Văn phòng đăng ký đất đai"),
            Holding(at("2026-08-18 07:00"), at("2026-08-18 17:00"), "Thuế"),
        ],
    )

    totals = {str(total.holder): (total.seconds, total.span_seconds) for total in ledger.holders}
    assert totals["Thuế"] == (8 * 3600, 8 * 3600)
    assert totals["Văn phòng đăng ký đất đai"] == (16 * 3600, (6 + 16) * 3600)
    assert totals[str(StopHolder.CITIZEN.label)] == (0, 8 * 3600)
    both = next(row for row in ledger if len(row.holders) == 2)
    assert str(both.holder) == "Văn phòng đăng ký đất đai, Thuế"
    assert next(row.ground for row in ledger if row.reason_code == IntervalKind.PAUSE) == "Điều 19"


@pytest.mark.parametrize(
    ("due", "appointment"),
    [
        ("2026-08-18 10:00", "2026-08-18 10:00"),
        ("2026-08-18 17:00", "2026-08-18 17:00"),
        ("2026-08-18 17:01", "2026-08-19 07:00"),
        ("2026-08-18 12:00", "2026-08-18 13:30"),
        ("2026-08-22 00:00", "2026-08-22 08:00"),
        ("2026-08-22 12:00", "2026-08-24 07:00"),
    ],
)
def test_an_appointment_lies_within_reception(due: str, appointment: str) -> None:
    desk = calendar((*ORDINARY, *week((6, "08:00", "11:00"), counts=False)))

    assert opening.appointment_at(desk, at(due)) == at(appointment)


@pytest.mark.django_db
class TestTurns:
    def enter(self, **values: object) -> int:
        given = {
            "agency_id": 5,
            "kind": "lunch",
            "starts": time(11, 30),
            "ends": time(13, 30),
            "since": date(2026, 11, 1),
            "until": None,
            "weekday": 2,
            "person_id": 9,
            "by": 9,
            "at": NOW,
        }
        return services.enter_desk_turn(**given | values)

    def test_a_lunch_turn_opens_the_desk_and_counts_nothing(self) -> None:
        before = selectors.calendar_for(5, on=TODAY)
        self.enter(weekday=1)
        after = selectors.calendar_for(5, on=TODAY)

        assert not selectors.is_open(before, at("2026-11-23 12:00"))
        assert selectors.is_open(after, at("2026-11-23 12:00"))
        assert not selectors.is_open(selectors.calendar_for(6, on=TODAY), at("2026-11-23 12:00"))
        assert after.counted is before.counted

    def test_the_appointment_follows_the_turns(self) -> None:
        self.enter(kind="saturday", weekday=6, starts=time(7), ends=time(11))
        due = at("2026-11-27 17:30")

        assert selectors.appointment_at(due_at=due, agency_id=5) == at("2026-11-28 07:00")
        assert selectors.appointment_at(due_at=due, agency_id=6) == at("2026-11-30 07:00")

    def test_on_a_holiday_nobody_sits_unless_entered_for_that_day(self) -> None:
        self.enter(weekday=2)
        assert not selectors.is_open(selectors.calendar_for(5, on=TODAY), at("2026-11-24 12:00"))

        self.enter(weekday=None, since=date(2026, 11, 24), until=date(2026, 11, 25), person_id=None)
        assert selectors.is_open(selectors.calendar_for(5, on=TODAY), at("2026-11-24 12:00"))

    @pytest.mark.parametrize(
        "values",
        [{"starts": time(14)}, {"until": date(2026, 11, 1)}, {"agency_id": 6}, {"agency_id": 6, "weekday": None}],
    )
    def test_impossible_turns_are_refused(self, values: dict[str, object]) -> None:
        self.enter()

        with pytest.raises(TurnWrong):
            self.enter(**values)

    def test_a_turn_is_ended_or_taken_out(self) -> None:
        begun, later = self.enter(), self.enter(since=date(2026, 12, 1), person_id=8)

        services.remove_desk_turn(turn_id=begun, agency_id=5, on=TODAY)
        services.remove_desk_turn(turn_id=later, agency_id=5, on=TODAY)

        assert [row.valid.upper for row in DeskTurn.objects.all()] == [TODAY]
        assert selectors.desk_turns([5], since=TODAY, until=date(2027, 1, 1)) == []
        with pytest.raises(SpecialDaysNotFound):
            services.remove_desk_turn(turn_id=begun, agency_id=6, on=TODAY)

    def test_a_proposed_calendar_keeps_the_turns(self) -> None:
        self.enter(weekday=1)
        storm = SpecialDays(DayKind.CLOSURE, date(2026, 12, 1), date(2026, 12, 2), "Bão")

        proposed = selectors.proposed_calendar(5, CalendarChange(None, add=(storm,)), on=TODAY)

        assert selectors.is_open(proposed, at("2026-11-30 12:00"))


@pytest.mark.django_db
class TestDowntimes:
    def record(self, **values: object) -> int:
        given = {
            "whose": "ministry",
            "starts_at": at("2026-11-20 09:00"),
            "ends_at": at("2026-11-20 11:00"),
            "note": "Phần mềm hộ tịch",
            "by": 7,
            "at": NOW,
        }
        return services.record_downtime(**given | values)

    def test_it_is_recorded_once_and_found_by_the_time_it_touches(self) -> None:
        pk = self.record()

        found = selectors.downtimes(at("2026-11-20 10:59"), at("2026-11-25 08:00"))
        assert [(item.id, item.whose, item.counts) for item in found] == [(pk, "ministry", True)]
        assert selectors.downtimes(at("2026-11-20 11:01"), at("2026-11-25 08:00")) == []

    def test_the_rule_decides_whether_it_counts(self) -> None:
        self.record()
        rules = selectors.rules_for(codes=("downtime-ministry-given-back",), on=TODAY)

        assert not selectors.downtimes(at("2026-11-20 00:00"), NOW, rules=rules)[0].counts

    def test_a_decision_goes_over_the_rule(self) -> None:
        self.record(counts=False, decision="Công văn 15/BTP")

        found = selectors.downtimes(at("2026-11-20 00:00"), NOW)[0]
        assert (found.counts, found.decision) == (False, "Công văn 15/BTP")

    def test_an_open_one_is_ended_later_and_both_are_announced(self) -> None:
        pk = self.record(ends_at=None, counts=False, decision="Công văn 15/BTP")
        services.end_downtime(downtime_id=pk, ends_at=at("2026-11-20 15:00"), by=7, at=NOW)

        events = OutboxEvent.objects.filter(topic="calendars.downtime_recorded").order_by("pk")
        assert [event.payload["ends_at"] for event in events] == [None, "2026-11-20T15:00:00+07:00"]
        with pytest.raises(SpecialDaysNotFound):
            services.end_downtime(downtime_id=pk, ends_at=NOW, by=7, at=NOW)

    def test_one_recorded_by_mistake_is_withdrawn_and_stays_in_the_register(self) -> None:
        pk = self.record()
        with pytest.raises(DowntimeWrong):
            services.withdraw_downtime(downtime_id=pk, reason=" ", by=7, at=NOW)

        services.withdraw_downtime(downtime_id=pk, reason="Nhầm hệ thống", by=7, at=NOW)

        assert selectors.downtimes(at("2026-11-20 00:00"), NOW) == []
        assert [item.withdrawn for item in selectors.recorded_downtimes(limit=5)] == ["Nhầm hệ thống"]
        event = OutboxEvent.objects.filter(topic="calendars.downtime_recorded").latest("pk")
        assert (event.payload["did_count"], event.payload["counts"]) == (False, True)
        self.record()
        with pytest.raises(SpecialDaysNotFound):
            services.withdraw_downtime(downtime_id=pk, reason="x", by=7, at=NOW)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"starts_at": at("2026-11-24 09:00"), "ends_at": None}, "starts_on"),
            ({"ends_at": at("2026-11-20 09:00")}, "ends_on"),
            ({"ends_at": at("2026-11-24 09:00")}, "ends_on"),
            ({"note": " "}, "note"),
            ({"counts": False}, "decision"),
        ],
    )
    def test_impossible_downtimes_are_refused_at_their_field(self, values: dict[str, object], field: str) -> None:
        with pytest.raises(DowntimeWrong) as refused:
            self.record(**values)
        assert list(refused.value.fields) == [field]

    def test_the_same_system_stands_still_once_at_a_time(self) -> None:
        self.record()

        with pytest.raises(DowntimeWrong):
            self.record(starts_at=at("2026-11-20 10:00"), ends_at=at("2026-11-20 12:00"))
        self.record(whose="ours")
