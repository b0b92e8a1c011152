"""Somebody keeps a view of the work list by keys alone, a colleague opens its link, several things are done at once."""

import re

import pytest

from motcua.casework.dossiers.services import stuck
from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province
from tests.world import NOW

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_view_is_kept_shared_and_used_for_several_tasks(province: Province, visit: Visit, width: int):
    with province.inside() as world:
        filed = [world.take_in(name=f"Người Sáng {width}"), world.take_in(name=f"Người Trưa {width}")]
        posted = [world.file_online(), world.file_online()]
    head = visit("truongphong", width=width, height=900, signed_in=True)
    head.go("/office/?scope=unit&due=new")
    summary = head.page.get_by_text("Lưu chế độ xem này, chọn cột")
    summary.focus()
    head.page.keyboard.press("Enter")
    head.page.keyboard.press("Tab")
    head.page.keyboard.type(f"Mới của đơn vị {width}")
    head.page.get_by_label("Hạn cả hồ sơ").check()
    head.page.get_by_label(re.compile("Chia sẻ với đồng nghiệp")).check()
    head.press("Lưu chế độ xem", within=head.page.locator(".mc-viewsave"))
    assert f"Mới của đơn vị {width}" in head.words()
    link = head.page.url

    officer = visit("canbo", width=width, height=900, signed_in=True)
    officer.go(link)
    assert f"Người Sáng {width}" in officer.words()
    officer.page.keyboard.press("j")
    officer.page.keyboard.press("x")
    assert officer.page.locator("input[name=pick]:checked").count() == 1
    head.go("/office/work/views/")

    desk = visit("tiepnhan", width=width, height=900, signed_in=True)
    desk.go("/office/inbox/")
    for one in posted:
        desk.page.locator(f"input[value='{one.public_id}']").check()
    desk.press("Tiếp nhận", within=desk.page.locator(".mc-bulk"))
    desk.press(re.compile("^Tiếp nhận · 2"))
    assert "Đã tiếp nhận: 2" in desk.words()

    with province.inside():
        stuck.watch_stuck(at=NOW.replace(month=12, day=20))
    head.go("/office/work/stuck/")
    assert filed[0].code in head.words()
