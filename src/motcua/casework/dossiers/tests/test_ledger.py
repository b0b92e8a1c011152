"""The ledger of a dossier at any instant: rows, totals, holders, and that it never tells what had not happened."""

from datetime import date, datetime

import pytest
from tests.world import World

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.tests.test_extending import appoint
from motcua.casework.dossiers.tests.test_stops import answer, ask, suspend
from motcua.casework.dossiers.types import DossierLedger, Filed
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services as calendar_services
from motcua.foundation.calendars.models import CalendarEdit
from motcua.foundation.calendars.types import CalendarChange, DayKind, SpecialDays
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import NotFound

HOUR = 3600


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def ledger(filed: Filed, when: datetime) -> DossierLedger:
    return selectors.dossier_ledger(dossier_id=filed.dossier_id, at=when)


def test_rows_say_what_counted_why_and_by_which_law(world: World) -> None:
    filed = world.take_in()

    found = ledger(filed, at(26, 9))

    kinds = [(line.kind, line.counted, line.seconds // HOUR) for line in found.lines]
    assert kinds[0] == ("first_day", False, 0)
    assert ("holiday", False, 0) in kinds
    assert sum(line.seconds for line in found.lines) == found.total_seconds == 10 * HOUR
    assert found.limit_seconds == 24 * HOUR
    assert found.left_seconds == 14 * HOUR
    assert all(line.ground for line in found.lines if line.kind in {"first_day", "holiday"})
    assert found.due_at == found.told_due_at == at(27, 17)


def test_a_past_ledger_counts_by_the_calendar_known_then(world: World) -> None:
    filed = world.take_in(at=at(25, 9))
    storm = SpecialDays(DayKind.CLOSURE, date(2026, 11, 26), date(2026, 11, 27), "Bão số 12")
    calendar_services.change_calendar(change=CalendarChange(None, add=(storm,)), reason="Bão", by=None, at=at(25, 15))
    services.recompute_due_dates(agency_ids=None, reason="Bão", actor_id=None, at=at(25, 16))

    then, now = ledger(filed, at(25, 10)), ledger(filed, at(25, 17))
    assert (then.due_at, then.told_due_at, then.calendar_changes_since) == (at(30, 17), at(30, 17), 1)
    assert (now.due_at, now.told_due_at, now.calendar_changes_since) == (at(1, 17, month=12), at(1, 17, month=12), 0)
    assert then.is_calendar_of_then

    CalendarEdit.objects.update(state_before=None)  # a change made before states were kept
    unknown = ledger(filed, at(25, 10))
    assert (unknown.due_at, unknown.is_calendar_of_then) == (at(1, 17, month=12), False)


def test_who_held_it_and_how_long(world: World) -> None:
    filed = world.take_in()
    world.step(filed, "enough", by="canbo", at=at(25, 9))
    world.step(filed, "agreed", by="truongphong", at=at(26, 9))

    found = ledger(filed, at(27, 9))

    labels = {total.holder.label: total.seconds // HOUR for total in found.holders}
    # 25 November 09:00 is two working hours after 07:00; Monday from 09:00 is the first day, held and not counted
    assert labels == {
        "Phòng Kinh tế, Hạ tầng và Đô thị, Chuyên viên thụ lý": 8,
        "Phòng Kinh tế, Hạ tầng và Đô thị, Trưởng phòng": 8,
        "Phường Long Xuyên, Lãnh đạo": 8,
    }
    assert sum(total.counted_seconds for total in found.holders) == found.total_seconds


@pytest.mark.parametrize(
    ("when", "due", "told", "total", "is_stopped"),
    [
        (at(25, 10), at(27, 17), at(27, 17), 3, False),  # before it was asked
        (at(26, 8), at(30, 16), None, 2, True),  # while the clock stands: as if it ended now
        (at(26, 12), at(30, 17), at(30, 17), 4.5, False),
        (at(30, 17), at(30, 17), at(30, 17), 24, False),
        (at(1, 17, month=12), at(30, 17), at(30, 17), 32, False),
    ],
)
def test_any_instant_knows_only_what_had_happened(
    world: World, when: datetime, due: datetime, told: datetime | None, total: float, is_stopped: bool
) -> None:
    filed = world.take_in()
    asked = at(25, 9) if when > at(25, 10) else at(25, 11)
    ask(world, filed, asked, is_return=False)
    answer(world, filed, at(26, 9) if asked == at(25, 9) else at(26, 11))

    found = ledger(filed, when)

    assert (found.due_at, found.told_due_at, found.is_stopped) == (due, told, is_stopped)
    assert found.total_seconds == total * HOUR


def test_before_acceptance_there_is_none(world: World) -> None:
    filed = world.file_online()
    with pytest.raises(NotFound):
        ledger(filed, at(25, 9))
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=at(25, 9))
    with pytest.raises(NotFound):
        ledger(filed, at(25, 8))
    assert ledger(filed, at(25, 10)).due_at == at(30, 17)


def test_time_before_a_return_is_shown_and_counts_no_more(world: World) -> None:
    filed = world.take_in()
    ask(world, filed, at(25, 10), is_return=True)

    returned = ledger(filed, at(25, 15))
    assert (returned.due_at, returned.total_seconds, returned.is_stopped) == (None, 0, True)

    answer(world, filed, at(26, 10))
    found = ledger(filed, at(27, 10))

    assert (found.counts_from, found.due_at) == (at(26, 10), at(1, 17, month=12))
    gone = [line for line in found.lines if line.kind == "returned"]
    assert [(line.counted, line.seconds, line.span_seconds // HOUR) for line in gone] == [(False, 0, 3)]
    assert all(line.ground for line in gone)
    assert found.total_seconds == 3 * HOUR
    assert {total.holder.kind: total.seconds // HOUR for total in found.holders}["citizen"] == 8


def test_a_date_put_off_is_no_lateness_until_it_is_over(world: World) -> None:
    filed = world.take_in()
    appoint(world, filed, at=at(25, 9), new_due_on=date(2026, 12, 1))

    found = ledger(filed, at(2, 10, month=12))

    assert (found.due_at, found.statutory_due_at) == (at(1, 17, month=12), at(27, 17))
    hours = {
        kind: sum(line.span_seconds for line in found.lines if line.kind == kind) // HOUR
        for kind in ("extended", "overdue")
    }
    assert hours == {"extended": 16, "overdue": 3}
    assert found.overdue_seconds == 3 * HOUR
    assert [change.form for change in found.changes] == ["04"]


def test_a_suspension_is_held_by_the_one_waited_for_alone(world: World) -> None:
    filed = world.take_in()
    suspend(world, filed, at(25, 9), holder="posting")
    services.end_suspension(dossier_id=filed.dossier_id, actor=world.actor("lanhdao"), at=at(26, 9))

    found = ledger(filed, at(27, 9))

    stop = next(line for line in found.lines if line.kind == "pause")
    assert [holder.kind for holder in stop.holders] == ["posting"]
    totals = {total.holder.kind: total.seconds // HOUR for total in found.holders}
    assert totals["posting"] == 8
    assert sum(line.span_seconds for line in found.lines) == sum(total.seconds for total in found.holders)


@pytest.mark.parametrize(("counts", "due"), [(True, at(27, 17)), (False, at(30, 17))])
def test_a_downtime_is_shown_and_counts_by_rule(world: World, counts: bool, due: datetime) -> None:
    filed = world.take_in()
    calendar_services.record_downtime(
        whose="national", starts_at=at(25, 7), ends_at=at(25, 17), note="Cổng quốc gia bảo trì",
        counts=None if counts else False, decision="" if counts else "Công văn số 12", by=None, at=at(25, 17),
    )  # fmt: skip
    calendars.forget_calendars()

    services.recompute_due_dates(agency_ids=None, reason="", actor_id=None, at=at(25, 18), reason_code="downtime")
    found = ledger(filed, at(26, 9))

    assert Dossier.objects.get(pk=filed.dossier_id).due_at == found.due_at == due
    assert [(item.whose, item.counts) for item in found.downtimes] == [("national", counts)]
    assert any("Cổng quốc gia bảo trì" in line.downtimes for line in found.lines)


def test_as_json_everything_is_plain(world: World) -> None:
    import json

    found = ledger(world.take_in(), at(26, 9)).as_json()

    assert json.loads(json.dumps(found)) == found
    assert found["due_at"] == "2026-11-27T17:00:00+07:00"
    assert {"counted", "ground", "holders", "text", "seconds"} <= found["ledger"][0].keys()


def test_branches_side_by_side_are_shown_and_counted_once(world: World) -> None:
    """The field check and the asked agency hold it together; both are charged, the dossier's time is not doubled."""
    from motcua.casework.dossiers.tests import test_branches as branches

    filed = branches.filed.__wrapped__(world)
    branches.do(world, filed, "examine", "enough", "canbo", at=at(25, 9))
    branches.do(world, filed, "field_check", "done", "canbo", at=at(26, 9))
    branches.do(world, filed, "wait_agency", "came", "canbo", at=at(27, 9))

    found = ledger(filed, at(27, 9))

    stop = next(line for line in found.lines if line.kind == "pause")
    assert [holder.kind for holder in stop.holders] == ["agency", "asked_agency"]
    totals = {total.holder.kind: total for total in found.holders if total.shared_seconds}
    assert {kind: total.shared_seconds // HOUR for kind, total in totals.items()} == {"agency": 8, "asked_agency": 8}
    asked = totals["asked_agency"]
    assert (asked.seconds // HOUR, asked.counted_seconds) == (16, 0)
    assert found.paused_seconds == 16 * HOUR
    assert found.total_seconds == 2 * HOUR


def test_as_a_command(world: World) -> None:
    import io
    import json

    from django.core.management import CommandError, call_command

    code, out = world.take_in().code, io.StringIO()
    call_command("ledger", code, "--at", "2026-11-26T09:00", "--json", stdout=out)
    call_command("ledger", code.lower(), "--at", "2026-11-26T09:00", stdout=(text := io.StringIO()))

    assert json.loads(out.getvalue())["total_seconds"] == 10 * HOUR
    assert "17:00 27/11/2026" in text.getvalue()
    for wrong in (["T01.34-261123-9999"], [code, "--at", "x"], [code, "--at", "2026-11-01T09:00"]):
        with pytest.raises(CommandError):
            call_command("ledger", *wrong, stdout=io.StringIO())


def test_on_the_control_slip_of_the_form_set_of_its_day(world: World) -> None:
    filed = world.take_in()
    world.step(filed, "enough", by="canbo", at=at(25, 9))

    slip = selectors.control_slip_data(dossier_id=filed.dossier_id, at=at(26, 9))

    assert slip.form_set == "03/2025"
    assert {line.name.rsplit(", ", 1)[1]: line.used for line in slip.holders} == {
        "Trưởng phòng": "8:00",
        "Chuyên viên thụ lý": "2:00",
    }
    assert slip.used == "10:00"
