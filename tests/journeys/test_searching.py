"""Finding a procedure, as people type it."""

import pytest
from tests.journeys.people import Visit
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
