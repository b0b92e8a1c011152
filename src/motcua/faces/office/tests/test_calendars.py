"""Working calendars in the office: looked at by all, changed by those who keep them, always after a preview."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.models import TimePreview
from motcua.foundation.calendars import selectors, services
from motcua.foundation.calendars.types import CalendarChange, DayKind, SpecialDays
from motcua.foundation.core.models import OutboxEvent

TODAY = NOW.date()
YEAR, CHANGE = "/office/calendars/", "/office/calendars/change/"
SignIn = Callable[[str], Client]
STORM = {"since": "25/11/2026", "until": "27/11/2026", "name": "Bão số 17", "source": "Công điện 22", "reason": "Bão"}


@pytest.fixture(autouse=True)
def national_calendar(world: World) -> None:
    services.load_packaged_calendar(at=NOW)


def previewed(client: Client, address: str, **entered: str) -> dict[str, str]:
    """Preview a change and return what the confirming form sends."""
    page = client.post(address, entered)
    assert page.status_code == 200
    return entered | {"seen": page.context["preview"].seen, "confirm": "1"}


def closed_days(agency_id: int | None = None) -> set[date]:
    selectors.forget_calendars()
    return {day for day, row in selectors.calendar_for(agency_id, on=TODAY).days_off.items() if row.kind == "closure"}


@pytest.mark.parametrize("name", ["tiepnhan", "canbo", "lanhdao", "kiemsoat", "quantri"])
def test_everybody_at_work_may_look(sign_in: SignIn, name: str) -> None:
    page = sign_in(name).get(YEAR)

    assert page.status_code == 200
    text = page.content.decode()
    assert "Quốc khánh" in text
    assert "Năm 2026" in text
    assert ("Thay đổi lịch này" in text) is (name in {"kiemsoat", "quantri"})


def test_the_year_says_what_is_inherited_and_what_is_ones_own(world: World, sign_in: SignIn) -> None:
    commune = world.units["commune"]
    storm = SpecialDays(DayKind.CLOSURE, date(2026, 12, 14), date(2026, 12, 16), "Bão số 16")
    services.change_calendar(change=CalendarChange(commune, add=(storm,)), reason="Bão", by=None, at=NOW)

    page = sign_in("canbo").get(f"{YEAR}?agency={commune}")

    rows = {row["name"]: row["is_inherited"] for row in page.context["entries"]}
    assert rows["Bão số 16"] is False
    assert rows["Quốc khánh"] is True
    assert "lịch riêng của cơ quan" in page.content.decode()


def test_a_month_lists_its_days_with_hours(sign_in: SignIn) -> None:
    page = sign_in("canbo").get(f"{YEAR}?year=2026&month=8")

    lines = {line.day.day: line for line in page.context["lines"]}
    assert len(lines) == 31
    assert lines[22].counted == ["07:00–11:30", "13:30–17:00"]  # the swapped Saturday
    assert lines[31].counted == []
    assert "Nghỉ hoán đổi" in lines[31].words


@pytest.mark.parametrize("query", ["?year=1200", "?year=x&month=13", "?agency=999999999", "?agency=-1", "?month=0"])
def test_odd_questions_get_the_present_year(sign_in: SignIn, query: str) -> None:
    page = sign_in("canbo").get(YEAR + query)

    assert page.status_code == 200
    assert page.context["year"] == 2026


def test_looking_costs_the_same_with_many_days(
    world: World, sign_in: SignIn, assert_flat_queries: Callable[..., None]
) -> None:
    client, offset = sign_in("kiemsoat"), [0]

    def grow(rows: int) -> None:
        for _row in range(rows):
            offset[0] += 1
            day = date.fromordinal(date(2026, 12, 1).toordinal() + offset[0])
            storm = SpecialDays(DayKind.CLOSURE, day, date.fromordinal(day.toordinal() + 1), f"Bão {offset[0]}")
            services.change_calendar(change=CalendarChange(None, add=(storm,)), reason="Bão", by=None, at=NOW)

    for address in (YEAR, "/office/calendars/history/"):
        assert_flat_queries(lambda address=address: client.get(address), grow=grow, rows=(2, 6), at_most=30)


def test_a_change_is_previewed_with_the_dossiers_that_move(world: World, sign_in: SignIn) -> None:
    filed = world.take_in()
    page = sign_in("kiemsoat").post(f"{CHANGE}?what=closure", STORM)

    moved = page.context["preview"].moved
    assert moved.total == 1
    assert moved.rows[0].code == filed.code
    assert (moved.rows[0].old, moved.rows[0].new) == (
        NOW.replace(day=27, hour=17),
        NOW.replace(month=12, day=2, hour=17),
    )
    assert "1 hồ sơ đang giải quyết đổi hạn trả kết quả." in page.content.decode()
    assert closed_days() == set()


def test_the_whole_list_of_what_moves_can_be_taken_away(world: World, sign_in: SignIn) -> None:
    filed = world.take_in()

    answer = sign_in("kiemsoat").post(f"{CHANGE}?what=closure", STORM | {"list": "1"})

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[1] == f"{filed.code},27/11/2026 17:00,02/12/2026 17:00,Hạn trả kết quả"
    assert closed_days() == set()


def test_confirming_changes_the_calendar_and_then_the_due_dates(world: World, sign_in: SignIn) -> None:
    filed = world.take_in()
    client = sign_in("kiemsoat")
    answer = client.post(f"{CHANGE}?what=closure", previewed(client, f"{CHANGE}?what=closure", **STORM))

    assert closed_days() == {date(2026, 11, day) for day in (25, 26, 27)}
    told = selectors.edits(agency_id=None, limit=1)[0]
    assert (told.reason, told.person_id) == ("Bão", world.people["kiemsoat"])
    event = OutboxEvent.objects.get(topic="calendars.changed")
    assert event.payload["change_id"] == told.id
    done = dossier_services.recompute_due_dates(agency_ids=None, reason="Bão", actor_id=None, at=NOW)
    services.record_recomputation(change_id=told.id, looked_at=done.looked_at, moved=done.moved, finished=True, at=NOW)
    page = client.get(answer.url)
    assert "1 hồ sơ đang giải quyết đổi hạn trả kết quả." in " ".join(page.content.decode().split())
    view = dossiers.dossier_view(actor=world.actor("canbo"), public_id=filed.public_id, at=NOW)
    assert view.due_at == NOW.replace(month=12, day=2, hour=17)


def test_with_many_dossiers_a_job_computes_the_preview(world: World, sign_in: SignIn, settings: Any) -> None:
    settings.MOTCUA_PREVIEW_AT_ONCE = 1
    for _number in range(2):
        world.take_in()
    client = sign_in("kiemsoat")
    answer = client.post(f"{CHANGE}?what=closure", STORM)
    assert answer.status_code == 302

    running = client.get(answer.url)
    assert (running.context["kept"].of_total, running.context["percent"]) == (2, 0)
    assert '<noscript><meta http-equiv="refresh"' in running.content.decode()
    assert sign_in("quantri").get(answer.url).context["preview"] is None  # another's preview is not shown
    dossier_services.run_preview(preview_id=TimePreview.objects.get().pk, rows=50, at=NOW)
    assert client.get(answer.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = client.get(answer.url)

    assert page.context["preview"].moved.moved == 2
    assert page.context["form"].data["name"] == "Bão số 17"
    sent = STORM | {"seen": page.context["preview"].seen, "confirm": "1"}
    assert client.post(answer.url, sent).status_code == 302
    assert closed_days() == {date(2026, 11, day) for day in (25, 26, 27)}


def test_what_was_not_previewed_is_not_confirmed(world: World, sign_in: SignIn) -> None:
    client, address = sign_in("kiemsoat"), f"{CHANGE}?what=closure"
    sent = previewed(client, address, **STORM)

    page = client.post(address, sent | {"until": "30/11/2026"})
    assert page.status_code == 200
    assert page.context["is_again"]
    assert closed_days() == set()

    lieu = SpecialDays(DayKind.IN_LIEU, date(2027, 1, 4), date(2027, 1, 5), "Nghỉ bù")
    services.change_calendar(change=CalendarChange(None, add=(lieu,)), reason="Nghỉ bù", by=None, at=NOW)
    assert client.post(address, sent).context["is_again"]
    assert closed_days() == set()


@pytest.mark.parametrize(
    ("what", "entered", "field", "words"),
    [
        ("closure", {"since": "", "name": "", "reason": ""}, "reason", "Hãy ghi lý do thay đổi lịch"),
        ("closure", {"until": "24/11/2026"}, "until", "Ngày cuối không được trước ngày đầu."),
        (
            "day-off",
            {"since": "24/11/2026", "until": "", "kind": "holiday", "status": "confirmed"},
            "since",
            "đã có trong",
        ),
        ("swap", {"off_on": "21/12/2026", "worked_on": "21/12/2026"}, "worked_on", "Hãy chọn ngày khác"),
    ],
)
def test_wrong_entries_are_shown_at_their_field_and_nothing_is_lost(
    sign_in: SignIn, what: str, entered: dict[str, str], field: str, words: str
) -> None:
    page = sign_in("kiemsoat").post(f"{CHANGE}?what={what}", STORM | entered)

    assert page.status_code == 422
    assert any(words in sentence for sentence in page.context["form"].errors[field])
    assert "Công điện 22" in page.content.decode()


def week(**changes: str) -> dict[str, str]:
    """Return the form of a week: Monday to Friday as usual."""
    entered = {"since": "01/12/2026", "reason": "Giờ mùa đông"}
    for day in range(1, 6):
        hours = {
            "morning_starts": "07:30",
            "morning_ends": "11:30",
            "afternoon_starts": "13:00",
            "afternoon_ends": "17:00",
        }
        entered |= {f"{name}_{day}": value for name, value in hours.items()} | {f"purpose_{day}": "both"}
    return entered | changes


def test_an_agency_gets_hours_of_its_own_with_a_saturday_desk(world: World, sign_in: SignIn) -> None:
    client, commune = sign_in("kiemsoat"), world.units["commune"]
    address = f"{CHANGE}?what=hours&agency={commune}"
    saturday = {"morning_starts_6": "7h30", "morning_ends_6": "11", "purpose_6": "reception"}

    client.post(address, previewed(client, address, **week(**saturday)))

    selectors.forget_calendars()
    own = selectors.calendar_for(commune, on=TODAY)
    assert selectors.is_open(own, NOW.replace(month=12, day=5, hour=8))
    assert not own.is_working_day(date(2026, 12, 5))
    assert not selectors.is_open(selectors.calendar_for(None, on=TODAY), NOW.replace(month=12, day=5, hour=8))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {
                f"{part}_{edge}_{day}": ""
                for part in ("morning", "afternoon")
                for edge in ("starts", "ends")
                for day in range(1, 6)
            },
            "Hãy ghi giờ tính thời hạn cho ít nhất một ngày trong tuần.",
        ),
        ({"morning_ends_2": ""}, "hãy ghi cả giờ bắt đầu và giờ kết thúc"),
        ({"morning_ends_2": "07:00"}, "giờ kết thúc phải sau giờ bắt đầu"),
        ({"afternoon_starts_2": "11:00"}, "không chồng lên nhau"),
    ],
    ids=["never open", "one hour", "backwards", "overlap"],
)
def test_a_week_that_cannot_be_is_refused_with_the_mend(sign_in: SignIn, changes: dict[str, str], words: str) -> None:
    page = sign_in("kiemsoat").post(f"{CHANGE}?what=hours", week(**changes))

    assert page.status_code == 422
    assert words in page.content.decode()


def test_an_entry_is_changed_and_removed(sign_in: SignIn) -> None:
    client = sign_in("kiemsoat")

    def culture_day() -> list[tuple[int, str]]:
        found = selectors.day_entries(None, since=date(2026, 11, 24), until=date(2026, 11, 25), on=TODAY)
        return [(row.id, row.days.status) for row in found]

    address = f"{CHANGE}?what=edit&entry={culture_day()[0][0]}"
    assert "Ngày Văn hóa Việt Nam" in client.get(address).content.decode()
    entered = {
        "kind": "holiday", "since": "24/11/2026", "until": "24/11/2026", "name": "Ngày Văn hóa Việt Nam",
        "status": "confirmed", "source": "Nghị quyết", "reason": "Đã có nghị quyết",
    }  # fmt: skip
    client.post(address, previewed(client, address, **entered))
    assert [status for _pk, status in culture_day()] == ["confirmed"]

    address = f"{CHANGE}?what=remove&entry={culture_day()[0][0]}"
    client.post(address, previewed(client, address, reason="Chưa có quyết định"))
    assert culture_day() == []
    assert client.get(address).status_code == 404


def test_two_swapped_days_are_entered_at_once(sign_in: SignIn) -> None:
    client, address = sign_in("kiemsoat"), f"{CHANGE}?what=swap"
    entered = {"off_on": "04/01/2027", "worked_on": "09/01/2027", "source": "Công văn 9", "reason": "Hoán đổi"}

    client.post(address, previewed(client, address, **entered))

    selectors.forget_calendars()
    calendar = selectors.calendar_for(None, on=TODAY)
    assert calendar.is_working_day(date(2027, 1, 9))
    assert not calendar.is_working_day(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("name", "whose", "status"),
    [
        ("kiemsoat", "", 200),
        ("kiemsoat", "commune", 200),
        ("kiemsoat", "other_commune", 200),
        ("quantri", "", 200),
        ("quantri", "commune", 403),
        ("lanhdao", "commune", 403),
        ("tiepnhan", "commune", 403),
    ],
)
def test_who_keeps_which_calendar(world: World, sign_in: SignIn, name: str, whose: str, status: int) -> None:
    agency = f"&agency={world.units[whose]}" if whose else ""

    assert sign_in(name).get(f"{CHANGE}?what=closure{agency}").status_code == status


def test_unknown_changes_are_not_found(sign_in: SignIn) -> None:
    client = sign_in("kiemsoat")

    assert client.get(f"{CHANGE}?what=colour").status_code == 404
    assert client.get(f"{CHANGE}?what=edit&entry=0").status_code == 404
    assert client.get("/office/calendars/changes/999/").status_code == 404
    assert client.get("/office/calendars/year.pdf").status_code == 404


def test_a_year_can_be_taken_away(world: World, sign_in: SignIn) -> None:
    client = sign_in("canbo")

    table = b"".join(client.get("/office/calendars/year.csv?year=2026")).decode("utf-8-sig").splitlines()
    program = client.get("/office/calendars/year.ics?year=2026").content.decode()

    assert len(table) == 366
    assert any(line.startswith("22/08/2026,T7,Ngày làm bù") for line in table)
    assert program.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert program.count("BEGIN:VEVENT") == program.count("END:VEVENT") == 17
    assert "DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\n" in program
    assert all(len(line.encode()) <= 75 for line in program.split("\r\n"))


def test_rules_stand_with_source_and_doubt(sign_in: SignIn) -> None:
    text = sign_in("canbo").get("/office/calendars/rules/").content.decode()

    assert "Điều 148 khoản 5 Bộ luật Dân sự 2015" in text
    assert "chưa đối chiếu" in text
    assert "late-moves-day-limits" in text
