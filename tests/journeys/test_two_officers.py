"""Two officers have the same task open; the second is told plainly."""

import pytest

from tests.journeys.acts import open_task
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_the_second_officer_sees_who_was_faster_and_keeps_what_was_typed(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Ngô Thị Hai Lần").code
    first = visit("canbo", width=DESK, height=900, signed_in=True)
    second = visit("canbo2", width=DESK, height=900, signed_in=True)
    for officer in (first, second):
        open_task(officer, code)
    second.follow("Đề nghị từ chối D")
    second.page.locator("#act").get_by_label("Lý do").fill("Địa chỉ trụ sở không rõ")

    first.press("Trình trưởng phòng T")
    second.press("Đề nghị từ chối", within=second.page.locator("#act"), status=409)

    words = second.page.locator("main").inner_text()
    assert "Nguyễn Hoàng Phúc" in words
    assert "Địa chỉ trụ sở không rõ" in words
    second.follow("Mở hồ sơ")
    assert "Kiểm tra dự thảo" in second.page.locator("main").inner_text()


def test_a_button_pressed_late_does_nothing_twice(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Ngô Thị Chậm Tay").code
    first = visit("canbo", width=DESK, height=900, signed_in=True)
    second = visit("canbo2", width=DESK, height=900, signed_in=True)
    for officer in (first, second):
        open_task(officer, code)

    first.press("Trình trưởng phòng T")
    second.press("Trình trưởng phòng T", status=409)

    head = visit("truongphong", width=DESK, height=900, signed_in=True)
    open_task(head, code)
    assert "Kiểm tra dự thảo" in head.page.locator("main").inner_text()
