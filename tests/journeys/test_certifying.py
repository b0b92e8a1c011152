"""Certified copies: the quick form, signing a batch in ink, numbers, and handing over."""

import re

import pytest

from motcua.casework.documents.tests import samples
from tests.journeys.acts import hand_over
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey
ORIGINALS = (("Giấy khai sinh", "1", "5"), ("Bằng tốt nghiệp đại học", "2", "10"), ("Học bạ", "12", "5"))


def test_twenty_copies_of_three_originals_are_signed_in_ink_numbered_and_returned(province: Province, visit: Visit):
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    desk.go("/office/certification/")
    page = desk.page
    desk.write("Người yêu cầu chứng thực", "Huỳnh Thị Thu")
    for number, (name, pages, copies) in enumerate(ORIGINALS, 1):
        desk.write(f"Bản chính {number}", name)
        desk.write(f"Số trang của bản chính {number}", pages)
        desk.write(f"Số bản sao của bản chính {number}", copies)
    page.get_by_text("20 bản sao từ 3 bản chính").wait_for()
    # 5 x 1 page, 10 x 2 pages, 5 x 12 pages: 2,000 for each of the first two pages, 1,000 for each further one
    assert "120.000" in page.locator("#fee").inner_text()
    page.get_by_label("Đã xem bản chính").check()
    desk.type_key("Control+Enter")
    code = page.get_by_role("heading", level=1).inner_text()

    clerk = visit("vanthu", width=DESK, height=900, signed_in=True)
    clerk.go("/office/certification/batch/")
    kind, sheet = clerk.download(clerk.page.get_by_role("link", name=re.compile("In danh sách")))
    assert kind == "application/pdf"
    assert sheet.startswith(b"%PDF")
    clerk.write("Người ký", "Trần Văn Lợi")
    clerk.page.locator("input[type=file]").set_input_files(
        {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    clerk.press(re.compile("^Ghi nhận ký"))

    done = clerk.page.get_by_role("row").filter(has_text=code)
    assert len(re.findall(r"\d+", done.locator("td").last.inner_text())) >= 3

    hand_over(desk, code, "Huỳnh Thị Thu")
    desk.page.get_by_placeholder("Mã hồ sơ, tên").fill(code)
    desk.type_key("Enter")
    assert "Đã trả kết quả" in desk.page.locator("main").inner_text()
