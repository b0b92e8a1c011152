"""At the counter: a dossier is taken in by keyboard and goes to its result."""

import re

import pytest

from motcua.casework.documents.tests import samples
from tests.journeys.acts import CODE, STRAIGHT_ON, carry_on, hand_over
from tests.journeys.people import DESK, Visit

pytestmark = pytest.mark.journey


def test_the_receptionist_takes_a_dossier_in_by_keyboard_and_returns_its_result(visit: Visit):
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    page, keys = desk.page, desk.page.keyboard
    desk.type_key("n")
    keys.type("ho kinh doanh")
    page.locator("#choices a").filter(has_text="Chứng thực").wait_for(state="detached")
    keys.press("Tab")
    keys.press("Tab")
    desk.type_key("Enter")
    keys.press("F2")
    for words in ("089079000777", "", "Lâm Sà Rây", "02/09/1979", "0913 777 128", "12 Lê Lợi, phường Long Xuyên"):
        keys.type(words)
        keys.press("Tab")
    page.get_by_role("checkbox", name="Giấy đề nghị đăng ký hộ kinh doanh").press("Space")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "giay-de-nghi.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    desk.type_key("Control+Enter")

    code = page.get_by_role("heading", level=1).inner_text()
    assert CODE.fullmatch(code)
    assert "17:00 thứ Sáu, 27/11/2026" in page.locator("main").inner_text()
    kind, receipt = desk.download(page.get_by_role("link", name=re.compile("In giấy hẹn")))
    assert kind == "application/pdf"
    assert receipt.startswith(b"%PDF")

    carry_on(visit, code, STRAIGHT_ON)
    hand_over(desk, code, "Lâm Sà Rây")

    desk.page.get_by_placeholder("Mã hồ sơ, tên").fill(code)
    desk.type_key("Enter")
    assert "Đã trả kết quả" in desk.page.locator("main").inner_text()
