"""Rules of counting in the office: a value entered after a preview with examples, ended, taken out, with history."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.world import NOW, World

from motcua.foundation.calendars import selectors, services

SignIn = Callable[[str], Client]
PAGE, CHANGE = "/office/calendars/rules/", "/office/calendars/rules/change/"
TODAY = NOW.date()
NOON = {"value": "14:00", "since": "01/12/2026", "law": "Quyết định 99/QĐ-UBND", "reason": "Theo quyết định của tỉnh"}


@pytest.fixture(autouse=True)
def national_calendar(world: World) -> None:
    services.load_packaged_calendar(at=NOW)


def confirmed(client: Client, address: str, **entered: str) -> str:
    page = client.post(address, entered)
    assert page.status_code == 200
    answer = client.post(address, entered | {"seen": page.context["preview"].seen, "confirm": "1"})
    assert answer.status_code == 302
    selectors.forget_calendars()
    return answer.url


def late_after(day: date) -> str:
    return f"{selectors.rules_for(on=day).late_after:%H:%M}"


def test_a_value_is_previewed_with_examples_entered_and_taken_out_again(world: World, sign_in: SignIn) -> None:
    world.take_in()
    client, address = sign_in("kiemsoat"), f"{CHANGE}?code=late-hour"
    later = NOON | {"value": "16:30"}

    page = client.post(address, later)
    assert (page.context["preview"].moved.total, page.context["preview"].moved.looked_at) == (0, 1)
    received = NOW.replace(month=12, day=1, hour=16)
    found = [(row.received_at, row.before.day, row.after.day) for row in page.context["examples"]]
    assert (received, 2, 1) in found  # a same-day procedure, by then still returned the same day
    assert late_after(date(2026, 12, 1)) == "15:00"

    shown = client.get(confirmed(client, address, **later)).content.decode()
    assert "Quyết định 99/QĐ-UBND" in shown
    assert "Theo quyết định của tỉnh" in shown
    assert [late_after(day) for day in (TODAY, date(2026, 12, 1))] == ["15:00", "16:30"]

    confirmed(client, f"{address}&end=1", since="01/12/2026", reason="Nhập nhầm")
    assert late_after(date(2026, 12, 1)) == "15:00"
    assert [edit.kind for edit in selectors.rule_edits(limit=5)] == ["withdrawn", "entered"]


def test_a_rule_that_procedures_choose_is_entered_and_ended(sign_in: SignIn) -> None:
    client, address = sign_in("kiemsoat"), f"{CHANGE}?setting=late_after"
    confirmed(client, address, **NOON, name="Nhận muộn sau 14 giờ", code="late-hour-land")
    assert late_after(date(2026, 12, 1)) == "15:00"
    assert f"{selectors.rules_for(codes=['late-hour-land'], on=date(2026, 12, 2)).late_after:%H:%M}" == "14:00"

    confirmed(client, f"{CHANGE}?code=late-hour-land&end=1", since="01/01/2027", reason="Hết hiệu lực")
    assert f"{selectors.rules_for(codes=['late-hour-land'], on=date(2027, 1, 2)).late_after:%H:%M}" == "15:00"


@pytest.mark.parametrize(
    ("query", "changes", "words"),
    [
        ("?code=late-hour", {"law": ""}, "Hãy ghi văn bản làm căn cứ."),
        ("?code=late-hour", {"since": "23/11/2026"}, "quy tắc"),
        ("?code=late-hour", {"value": "25 giờ"}, ""),
        ("?code=late-hour&end=1", {}, "hãy đặt giá trị thay thế"),
    ],
)
def test_wrong_entries_are_refused_and_nothing_is_lost(
    sign_in: SignIn, query: str, changes: dict[str, str], words: str
) -> None:
    page = sign_in("kiemsoat").post(CHANGE + query, NOON | changes)

    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert "Theo quyết định của tỉnh" in text
    assert late_after(date(2026, 12, 2)) == "15:00"


def test_only_those_who_keep_calendars_change_rules(sign_in: SignIn) -> None:
    assert sign_in("canbo").get(f"{CHANGE}?code=late-hour").status_code in {403, 404}
    text = sign_in("canbo").get(PAGE).content.decode()
    assert "Đặt giá trị mới" not in text
    assert sign_in("kiemsoat").get(f"{CHANGE}?code=no-such").status_code == 404
    assert "Đặt giá trị mới" in sign_in("kiemsoat").get(PAGE).content.decode()
