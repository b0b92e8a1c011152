"""A process is drawn by keyboard and panel, goes wrong and is mended, is checked, approved by decision, and shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import DESK, PHONE, Visit

pytestmark = pytest.mark.journey
CODE = "quy-trinh-thu"


def test_a_process_is_drawn_checked_and_published(visit: Visit):
    department = visit("truongphong", width=DESK, height=1000, signed_in=True)
    department.go("/office/processes/begin/")
    department.write("Tên", "Xác nhận tình trạng nhà ở")
    department.write("Mã", CODE)
    department.page.get_by_label("Bắt đầu từ").select_option("usual")
    department.press("Bắt đầu bản nháp")
    page = department.page
    page.locator("[data-designer][data-ready]").wait_for()
    department.look()
    problems = page.locator("[data-problems] li")
    expect(problems).to_have_count(0)

    # a step is put in by keyboard alone: choose an element in the list, press the tool, name it in the panel
    page.get_by_label("Phần tử", exact=True).select_option(label="Thẩm định")
    page.get_by_role("button", name="Thêm một bước phía sau").first.press("Enter")
    expect(page.get_by_label("Tên", exact=True)).to_be_focused()
    page.get_by_label("Tên", exact=True).fill("Kiểm tra thực địa")
    page.get_by_label("Ai làm").focus()
    expect(page.locator("[data-check-state]")).to_contain_text("1 điểm cần sửa")
    expect(page.locator("[data-here]")).to_contain_text("Kiểm tra thực địa")
    page.get_by_label("Ai làm").select_option("officer")
    page.get_by_label("Giờ làm việc", exact=True).fill("12")
    page.get_by_label("Giờ làm việc", exact=True).press("Tab")
    expect(problems).to_have_count(0)
    expect(page.locator("[data-hours]")).to_contain_text("40 giờ")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    department.look()

    control = visit("kiemsoat", width=DESK, height=1000, signed_in=True)
    control.go(f"/office/processes/{CODE}/draft/")
    control.page.locator("[data-designer][data-ready]").wait_for()
    control.press("Đã kiểm tra")
    control.follow(re.compile("^Công bố$"))
    control.press(re.compile("^Công bố$"), status=422)
    assert "Nhập số quyết định." in control.words()
    control.write("Số văn bản", "1234/QĐ-UBND")
    control.write("Ngày ban hành", "20112026")
    control.write("Người ký", "Chủ tịch UBND tỉnh")
    control.write("Hiệu lực từ", "24112026")
    control.press(re.compile("^Công bố$"))
    assert "1234/QĐ-UBND" in control.words()

    reader = visit("canbo", width=PHONE, signed_in=True)
    reader.go(f"/office/processes/{CODE}/1/")
    assert "Kiểm tra thực địa" in reader.words()
    assert "Kiểm tra thực địa" in (reader.page.locator(".mc-bpmn").first.text_content() or "")
