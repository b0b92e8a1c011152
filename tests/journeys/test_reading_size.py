"""Small screens, big letters, no mouse."""

import pytest

from motcua.casework.documents.tests import samples
from tests.journeys.acts import FORM_PAPER, INTAKE
from tests.journeys.people import DESK, NARROWEST, PHONE, Person, Visit, overflow
from tests.journeys.province import Province
from tests.world import BUSINESS

pytestmark = pytest.mark.journey
PORTAL = ("/", "/thu-tuc/?q=ho+kinh+doanh", f"/thu-tuc/{BUSINESS}/", f"/nop-ho-so/{BUSINESS}/", "/tra-cuu/", "/en/")
OFFICE = ("/office/", "/office/inbox/", "/office/counter/", "/office/certification/", "/office/dossiers/",
          "/office/results/", "/office/figures/")  # fmt: skip


def test_nothing_on_the_portal_is_moved_sideways_on_the_narrowest_screen(visit: Visit):
    citizen = visit("nguoi-dan", width=NARROWEST, height=600)
    for path in PORTAL:
        citizen.go(path)


def test_text_at_two_hundred_percent_stays_inside_the_screen(visit: Visit):
    citizen = visit("nguoi-dan", width=PHONE)
    for path in PORTAL:
        citizen.go(path, looked_at=False)
        citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(citizen.page) <= 0, path


def test_the_office_fits_a_telephone_in_light_and_dark(province: Province, visit: Visit):
    with province.inside() as world:
        world.take_in(name="Trần Thị Hẹp Hẹp")
    officer = visit("tiepnhan", width=PHONE, signed_in=True)
    for path in OFFICE:
        officer.go(path)
    officer.page.set_viewport_size({"width": DESK, "height": 900})
    officer.go("/cach-xem/?theme=dark&next=/office/")
    for path in OFFICE[1:]:
        officer.go(path)


def _tab_to(person: Person, words: str) -> None:
    """Press Tab until the thing with these words has the focus."""
    for _ in range(80):
        person.page.keyboard.press("Tab")
        found = person.page.evaluate(
            "() => { const at = document.activeElement;"
            " return [at.innerText, at.getAttribute('aria-label'), ...[...(at.labels || [])].map(l => l.innerText)]"
            ".filter(Boolean).join(' ') }"
        )
        if words in found:
            return
    raise AssertionError(f"{words!r} is not reached by keyboard on {person.page.url}")


def test_a_dossier_is_handed_in_by_keyboard_alone(visit: Visit):
    citizen = visit("ban-phim", width=DESK, height=900)
    keys = citizen.page.keyboard
    citizen.go(f"/nop-ho-so/{BUSINESS}/")
    _tab_to(citizen, "Phường Long Xuyên")
    citizen.type_key("Enter")
    _tab_to(citizen, "Bắt đầu khai")
    citizen.type_key("Enter")
    for label, words in (("Họ và tên", "Bùi Văn Phím"), ("Số định danh", "089187004127"),
                         ("Số điện thoại", "0913000666"), ("Địa chỉ", "9 Nguyễn Huệ")):  # fmt: skip
        _tab_to(citizen, label)
        keys.type(words)
    citizen.type_key("Enter")
    _tab_to(citizen, "Tên hộ kinh doanh")
    keys.type("Quán Phím")
    citizen.type_key("Enter")
    citizen.attach(FORM_PAPER, "giay-de-nghi.pdf", samples.pdf())
    for _page in ("papers", "delivery"):
        _tab_to(citizen, "Tiếp tục")
        citizen.type_key("Enter")
    _tab_to(citizen, "cam đoan")
    keys.press("Space")
    _tab_to(citizen, "Nộp hồ sơ")
    citizen.type_key("Enter")

    assert INTAKE.search(citizen.words())
