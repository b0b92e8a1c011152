"""What goes wrong gets a page that says so plainly, with the right status."""

from datetime import timedelta

import pytest

from motcua.casework.documents.tests import samples
from tests.journeys.acts import FORM_PAPER, PROXY_PAPER, begin, fill_form, say_who
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province
from tests.world import NOW

pytestmark = pytest.mark.journey


def test_a_file_that_cannot_be_taken_is_named_and_nothing_is_lost(visit: Visit):
    citizen = visit("nguoi-dan")
    begin(citizen)
    say_who(citizen, "Trần Thị Tệp Hỏng", "0913 000 128")
    fill_form(citizen, "Tệp Hỏng")
    citizen.attach(FORM_PAPER, "dung.pdf", samples.pdf())
    for name, content, kind in (
        ("rong.pdf", b"", "application/pdf"),
        ("gia-mao.pdf", b"MZ" + b"\0" * 4000, "application/pdf"),
        ("qua-lon.pdf", samples.pdf() + b"\0" * 3_000_000, "application/pdf"),
    ):
        citizen.attach(PROXY_PAPER, name, content, kind=kind)
        citizen.look()
        assert "Chưa nhận tệp này" in citizen.words()
        assert "dung.pdf" in citizen.words()

    citizen.press("Tiếp tục")
    assert citizen.page.get_by_role("heading", level=1).inner_text() != "Giấy tờ"


def test_empty_answers_are_asked_for_at_their_place(visit: Visit):
    citizen = visit("nguoi-dan")
    begin(citizen)
    citizen.press("Tiếp tục", status=422)

    assert citizen.page.title().startswith("Lỗi:")
    citizen.page.get_by_role("alert").get_by_role("link").first.click()
    assert citizen.page.evaluate("document.activeElement.name") == "p0-full_name"


def test_a_draft_that_is_over_or_somebody_elses_says_so(province: Province, visit: Visit):
    citizen = visit("nguoi-dan")
    begin(citizen)
    stranger = visit("nguoi-la")
    stranger.go(citizen.page.url, status=404)
    citizen.press("Lưu, làm tiếp sau")
    link = citizen.page.get_by_label("Liên kết bản nháp").input_value()
    province.clock.set(NOW + timedelta(days=31))
    citizen.go(link, status=410)


@pytest.mark.parametrize(
    ("case", "path", "status"),
    [
        ("a page that is not there", "/khong-co/", 404),
        ("a procedure that is not there", "/thu-tuc/9.999999/", 404),
        ("a draft that is not there", "/nop-ho-so/nhap/01a20623-eecf-746f-9089-19c6056538d4/nguoi-nop/", 404),
        ("a dossier that is not there", "/ho-so/01a20623-eecf-746f-9089-19c6056538d4/", 404),
        ("a procedure handed in at the counter only", "/nop-ho-so/2.000815/", 409),
    ],
)
def test_an_address_that_leads_nowhere_gets_its_page(visit: Visit, case, path, status):
    visit("nguoi-dan").go(path, status=status)


def test_a_dossier_of_another_commune_is_not_shown_in_the_office(province: Province, visit: Visit):
    with province.inside() as world:
        public_id = world.take_in(name="Trần Thị Nơi Khác").public_id
    stranger = visit("xa.tiepnhan", width=DESK, height=900, signed_in=True)
    stranger.go(f"/office/dossiers/{public_id}/", status=404)
    visit("nguoi-la").go(f"/ho-so/{public_id}/", status=404)
