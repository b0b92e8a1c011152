"""The reading pages: what a citizen sees, in both languages."""

import json
import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from tests.world import BUSINESS, CERTIFICATION, NOW, SINCE, World, make_world
from tests.world_data import RECORDS

from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations

MONDAY = NOW
SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def world(db) -> World:
    return make_world()


def page(client: Client, path: str, *, at: datetime = MONDAY, status: int = 200) -> str:
    with time_machine.travel(at, tick=False):
        response = client.get(path)
    assert response.status_code == status, response
    return response.content.decode()


def words(html: str) -> str:
    """Return the page's text on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def centre(world: World, short: str = "centre") -> str:
    return organisations.agency(world.units[short], on=MONDAY.date()).public_id


PLAIN = ["/tro-giup/", "/kha-nang-tiep-can/", "/du-lieu-ca-nhan/"]
PATHS = ["/", "/thu-tuc/", "/thu-tuc/tat-ca/", "/thu-tuc/a-z/", f"/thu-tuc/{BUSINESS}/", "/noi-tiep-nhan/", *PLAIN]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_opens_with_one_heading_and_its_language(client, world, prefix, path):
    html = page(client, prefix + path)

    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert f'<html lang="{"en" if prefix else "vi"}"' in html


@pytest.mark.parametrize("path", PATHS)
def test_the_other_language_shows_the_same_page(client, world, path):
    assert f'href="/en{path}" lang="en"' in page(client, path)
    assert f'href="{path}" lang="vi"' in page(client, f"/en{path}")


def test_home_names_a_counter_with_its_real_hours_and_the_coming_holiday(client, world):
    shown = page(client, "/en/")

    assert "Trung tâm Phục vụ hành chính công tỉnh An Giang" in shown
    assert "Open now, until" in shown
    assert "Counters are closed on Tuesday, 24 November 2026" in shown
    assert "working time is counted again from Wednesday, 25 Nov" in shown


def test_home_shows_the_counter_that_the_visitor_chose(client, world):
    chosen = centre(world)
    client.get("/cach-xem/", {"office": chosen, "next": "/"})

    assert "Trung tâm Phục vụ hành chính công phường Long Xuyên" in page(client, "/")


def test_search_understands_words_without_marks_and_says_what_it_mended(client, world):
    assert BUSINESS in page(client, "/en/thu-tuc/?q=dang+ky+ho+kinh+doanh")

    mended = words(page(client, "/en/thu-tuc/?q=ho+kih+doanh"))
    assert "You wrote “ho kih doanh”" in mended


def test_search_with_nothing_found_says_what_to_do(client, world):
    shown = page(client, "/en/thu-tuc/?q=zzzzqqq")

    assert "No procedure found" in shown
    assert "/en/thu-tuc/tat-ca/" in shown


def test_a_filter_is_an_address_and_can_be_taken_away(client, world):
    shown = page(client, "/en/thu-tuc/?q=chung+thuc&level=commune")

    assert CERTIFICATION in shown
    assert re.search(r'class="mc-chip" aria-current="true" href="\?q=chung\+thuc"', shown)


@pytest.mark.parametrize(
    "query", ["page=999999", "page=x", "field=%00'", "agency=nobody", "level=moon", "q=" + "a" * 900]
)
def test_odd_queries_do_no_harm(client, world, query):
    page(client, f"/thu-tuc/?{query}")


def test_procedure_page_tells_the_date_if_handed_in_now_and_why(client, world):
    shown = page(client, f"/en/thu-tuc/{BUSINESS}/")

    assert "Complete papers handed in today: the result at the latest on Friday, 27 November 2026." in words(shown)
    assert "mc-ledger" in shown


def test_on_a_day_of_rest_the_date_counts_from_the_next_opening(client, world):
    shown = words(page(client, f"/en/thu-tuc/{BUSINESS}/", at=SATURDAY))

    assert "when the counter opens at 7:00 on Monday, 30 November 2026" in shown
    assert "at the latest on Thursday, 3 December 2026" in shown


@pytest.mark.parametrize(
    ("hour", "due"), [(9, "17:00 on Monday, 23 November 2026"), (16, "17:00 on Wednesday, 25 November 2026")]
)
def test_within_the_day_moves_after_fifteen_hours(client, world, hour, due):
    record = RECORDS[1] | {"code": "2.000999", "procedure_text": "Trong ngày tiếp nhận hồ sơ."}
    services.import_records([json.dumps(record)], valid_from=SINCE, actor=SYSTEM, at=MONDAY)

    shown = words(page(client, "/en/thu-tuc/2.000999/", at=MONDAY.replace(hour=hour)))

    assert f"the result at the latest at {due}" in shown
    assert "Taken in after 15:00, the result comes the next working day." in shown


def test_procedure_page_has_all_eight_parts(client, world):
    shown = words(page(client, f"/en/thu-tuc/{BUSINESS}/"))

    for part in (
        "Đăng ký thành lập hộ kinh doanh",
        "The steps",
        "Ways, time and fees",
        "Papers you need",
        "3 working days",
        "For whom",
        "Communes, wards, special zone",
        "You receive",
        "Legal basis (1 document)",
        "168/2025/NĐ-CP",
    ):
        assert part in shown


def test_data_on_english_pages_are_marked_vietnamese(client, world):
    shown = page(client, f"/en/thu-tuc/{BUSINESS}/")

    assert '<h1 lang="vi">Đăng ký thành lập hộ kinh doanh</h1>' in shown
    assert re.search(r'<ol class="mc-steps" lang="vi">', shown)


@pytest.mark.parametrize("code", ["9.999999", "x'--", "%00", "a" * 300])
def test_unknown_procedure_is_not_found(client, world, code):
    page(client, f"/thu-tuc/{code}/", status=404)


def test_a_procedure_no_longer_in_force_is_gone_and_says_so(client, world):
    shown = page(client, f"/en/thu-tuc/{BUSINESS}/", at=datetime(2025, 1, 6, 9, tzinfo=VIETNAM), status=410)

    assert "This procedure is no longer in force" in shown


def test_offices_are_found_without_marks_and_an_empty_answer_helps(client, world):
    assert "Phường Long Xuyên" in page(client, "/noi-tiep-nhan/?q=long+xuyen")
    assert "No counter of that name" in page(client, "/en/noi-tiep-nhan/?q=sai+gon")


def test_office_page_shows_the_days_with_the_holiday(client, world):
    shown = words(page(client, f"/en/noi-tiep-nhan/{centre(world)}/"))

    assert "Monday, 23 Nov Today" in shown
    assert re.search(r"Tuesday, 24 Nov Closed: \w+", shown)
    assert "Saturday, 28 Nov Closed: weekend" in shown


def test_an_agency_that_receives_nobody_has_no_office_page(client, world):
    page(client, f"/noi-tiep-nhan/{centre(world, 'department')}/", status=404)


def test_names_are_listed_under_their_letters(client, world):
    shown = page(client, "/thu-tuc/a-z/")

    assert re.search(r'<h2 id="chu-C">C</h2>.*Chứng thực', shown, re.DOTALL)
    assert re.search(r'<h2 id="chu-Đ">Đ</h2>.*Đăng ký', shown, re.DOTALL)


def test_the_search_box_offers_names_while_somebody_types(client, world):
    options = page(client, "/thu-tuc/goi-y/?q=ho+kinh+do")

    assert f'<option value="Đăng ký thành lập hộ kinh doanh" data-go="/thu-tuc/{BUSINESS}/">' in options
    assert page(client, "/thu-tuc/goi-y/?q=").strip() == ""
