"""Finding a procedure, as people type it."""

import re

import pytest

from tests.journeys.people import Person, Visit
from tests.world import BUSINESS

pytestmark = pytest.mark.journey
TITLE = "Đăng ký thành lập hộ kinh doanh"


@pytest.mark.parametrize(
    ("case", "typed"),
    [
        ("with diacritics", "đăng ký thành lập hộ kinh doanh"),
        ("without diacritics", "dang ky thanh lap ho kinh doanh"),
        ("with a slip", "dang ky ho kih doanh"),
        ("by code", BUSINESS),
    ],
)
def test_a_citizen_finds_a_procedure_however_it_is_typed(visit: Visit, case, typed):
    citizen = visit("khach")
    citizen.go("/")
    citizen.page.locator("#q").fill(typed)
    citizen.type_key("Enter")
    citizen.follow(TITLE)

    assert citizen.page.get_by_role("heading", level=1).inner_text() == TITLE


def test_a_citizen_reads_what_a_procedure_asks_and_when_it_would_be_done(visit: Visit):
    citizen = visit("nguoi-dan")
    citizen.go(f"/thu-tuc/{BUSINESS}/")

    words = citizen.words()
    assert "27/11/2026" in words
    assert "50.000" in words
    assert "Giấy đề nghị đăng ký hộ kinh doanh" in words
    assert "168/2025/NĐ-CP" in citizen.page.content()


def test_a_citizen_comes_to_a_procedure_by_its_field_and_by_the_alphabet(visit: Visit):
    citizen = visit("nguoi-dan")
    citizen.go("/thu-tuc/tat-ca/")
    citizen.follow("Chứng thực", within=citizen.page.locator("main"))
    assert "Chứng thực bản sao từ bản chính" in citizen.words()
    citizen.go("/thu-tuc/a-z/")
    citizen.follow(TITLE, within=citizen.page.locator("main"))


def test_what_nobody_offers_is_said_kindly(visit: Visit):
    citizen = visit("nguoi-dan")
    citizen.go("/thu-tuc/?q=xyzzyq")
    assert "xyzzyq" in citizen.words()


def test_a_foreigner_finds_reads_and_starts_in_english(visit: Visit):
    visitor = visit("foreigner")
    visitor.go("/en/")
    visitor.page.locator("#q").fill("ho kinh doanh")
    visitor.type_key("Enter")
    visitor.follow(TITLE)
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    assert visitor.page.get_by_role("heading", level=1).get_attribute("lang") == "vi"
    begin_in_english(visitor)
    visitor.write("Full name", "John Smith")
    visitor.write("Identity number", "A12345678")
    visitor.write("Phone number", "0913 000 999")
    visitor.write("Address", "1 Tran Hung Dao, Long Xuyen")
    visitor.press(re.compile("^Continue"))
    visitor.write("Name of the household business", "Smith Coffee")
    visitor.press(re.compile("^Continue"))
    assert "/en/" in visitor.page.url


def begin_in_english(visitor: Person) -> None:
    """Start a draft on the English pages."""
    visitor.page.get_by_role("link", name="online").first.click()
    visitor.look()
    visitor.follow(re.compile("Long Xuy"), within=visitor.page.locator("main"))
    visitor.press("Start")
