"""`motcua deadline` as people type it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError
from django.utils import translation

from motcua.foundation.calendars import selectors, services
from motcua.foundation.calendars.tests.moments import at, week
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.types import AgencyKind

NOW = at("2026-11-23 08:00")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> object:
    selectors.forget_calendars()
    with translation.override("en"):
        yield


def deadline(*arguments: str) -> str:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_due_instant_and_the_ledger_as_json() -> None:
    answer = json.loads(deadline("--from", "2024-04-26T16:00", "--limit", "5 working days", "--json"))

    assert answer["due_at"] == "2024-05-07T17:00:00+07:00"
    assert sum(row["seconds"] for row in answer["ledger"]) == answer["total_seconds"] == 5 * 8 * 3600
    assert [row["kind"] for row in answer["ledger"]] == [
        "first_day",
        "weekend",
        "holiday",
        "holiday",
        "work",
        "weekend",
        "work",
    ]


def test_the_same_in_words() -> None:
    said = deadline("--from", "2024-04-26T09:00", "--limit", "5 working days")

    assert "Tuesday, 07/05/2024, 17:00" in said
    assert "29/04" in said
    assert "40:00" in said


def test_a_rule_can_be_switched_on_for_the_asking() -> None:
    usual = ["--from", "2024-04-26T16:00", "--limit", "5 working days", "--json"]

    answer = json.loads(deadline(*usual, "--rule", "late-moves-day-limits"))
    assert answer["due_at"] == "2024-05-08T17:00:00+07:00"
    assert answer["rules"] == ["late-moves-day-limits"]
    assert json.loads(deadline(*usual, "--rule", "days-as-hours"))["due_at"] == "2024-05-07T16:00:00+07:00"
    said = deadline(*usual[:-1], "--rule", "late-moves-day-limits")
    assert "Received at 16:00, after 15:00; taken as received on the next working day (The procedure's own law)" in said


def test_an_unknown_rule_is_named_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"no-such.*late-moves-day-limits"):
        deadline("--from", "2024-04-26T16:00", "--limit", "5 working days", "--rule", "no-such")


def test_every_row_of_json_names_its_ground() -> None:
    rows = json.loads(deadline("--from", "2024-04-26T16:00", "--limit", "5 working days", "--json"))["ledger"]

    assert {row["kind"]: row["ground"] for row in rows} == {
        "first_day": "Civil Code 2015, art. 147(2)",
        "weekend": "Labour Code 2019, art. 111(1)",
        "holiday": "Labour Code 2019, art. 112",
        "work": "Civil Code 2015, art. 147 and 148",
    }


def test_no_limit_has_no_due_date() -> None:
    assert json.loads(deadline("--from", "2024-04-26", "--limit", "none", "--json"))["due_at"] is None


def test_a_receipt_with_an_offset_is_read_as_such() -> None:
    answer = json.loads(deadline("--from", "2024-04-26T20:00+00:00", "--limit", "1 day", "--json"))

    assert answer["received_at"] == "2024-04-27T03:00:00+07:00"


def test_a_calendar_or_an_agency_is_named_by_code() -> None:
    services.load_packaged_calendar(at=NOW)
    agency = Agency.objects.create(code="H01.34", kind=AgencyKind.COMMUNE)
    services.create_calendar(
        code="saturdays", agency_id=agency.pk, name="Thứ Bảy", hours=week((6, "08:00", "12:00")), at=NOW
    )

    for code in ("saturdays", "H01.34"):
        answer = json.loads(deadline("--from", "2026-10-05", "--limit", "1 working day", "--agency", code, "--json"))
        assert answer["due_at"] == "2026-10-10T12:00:00+07:00"
        assert answer["calendar"] == "saturdays"


def test_an_agency_without_its_own_calendar_has_the_provinces() -> None:
    services.load_packaged_calendar(at=NOW)
    Agency.objects.create(code="H01.35", kind=AgencyKind.COMMUNE)

    answer = json.loads(deadline("--from", "2026-10-05", "--limit", "1 day", "--agency", "H01.35", "--json"))

    assert answer["calendar"] == "province"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--from", "tomorrow", "--limit", "5 days"), "Write the receipt as"),
        (("--from", "2024-04-26", "--limit", "soon"), "This limit is not understood"),
        (("--from", "1999-04-26", "--limit", "5 days"), "outside the working calendar"),
        (("--from", "2024-04-26", "--limit", "5 days", "--agency", "?"), "No calendar or agency has the code"),
    ],
)
def test_what_is_not_understood_ends_with_a_plain_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        deadline(*arguments)


def test_before_the_first_migration_the_packaged_calendar_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table(agency_id: int | None, *, on: date) -> None:
        raise ProgrammingError

    monkeypatch.setattr(selectors, "calendar_for", no_table)

    answer = json.loads(deadline("--from", "2024-04-26", "--limit", "5 working days", "--json"))

    assert answer["calendar"] == "packaged"


def test_the_calendar_is_loaded_by_a_command_and_again_without_effect() -> None:
    out = StringIO()
    call_command("load_calendar", stdout=out)
    call_command("load_calendar", stdout=out)

    first, second = out.getvalue().splitlines()
    assert int(first.split()[0]) > 100
    assert second == "0 rows changed"
