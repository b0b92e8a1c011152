"""A storm closes the offices of a commune: previewed, confirmed, due dates counted anew, and taken back."""

import pytest

from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_a_closure_moves_due_dates_and_its_removal_moves_them_back(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Ngô Thị Chờ Bão").code
        commune = world.units["commune"]
    keeper = visit("kiemsoat", width=DESK, height=900, signed_in=True)
    keeper.go(f"/office/calendars/?agency={commune}")
    keeper.follow("Đóng cửa (bão, lũ, dịch bệnh)")
    keeper.press("Xem trước thay đổi", status=422)
    assert "Hãy ghi ngày đầu." in keeper.words()

    keeper.write("Ngày đầu", "26112026")
    keeper.write("Tên", "Bão số 17")
    keeper.write("Lý do thay đổi", "Bão số 17 đổ bộ")
    keeper.press("Xem trước thay đổi")
    assert code in keeper.words()
    keeper.press("Xác nhận thay đổi lịch")
    keeper.page.get_by_text("Đã tính lại hạn trả kết quả").wait_for()
    assert "Bão số 17 đổ bộ" in keeper.words()

    keeper.go(f"/office/calendars/?agency={commune}&month=11")
    keeper.follow("Bỏ 26/11/2026")
    keeper.write("Lý do thay đổi", "Bão tan")
    keeper.press("Xem trước thay đổi")
    keeper.press("Xác nhận thay đổi lịch")
    keeper.page.get_by_text("Đã tính lại hạn trả kết quả").wait_for()

    keeper.go(f"/office/calendars/history/?agency={commune}")
    assert "Bão tan" in keeper.words()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_about_calendars_is_without_barriers(province: Province, visit: Visit, width: int):
    keeper = visit("kiemsoat", width=width, signed_in=True)
    with province.inside() as world:
        commune = world.units["commune"]
    for page in ("", "?month=11", "rules/", "rules/history/", "downtimes/", "history/", f"rosters/?agency={commune}"):
        keeper.go(f"/office/calendars/{page}")
    for what in ("hours", "swap", "day-off"):
        keeper.go(f"/office/calendars/change/?what={what}&agency={commune}")
    keeper.go("/office/calendars/rules/change/?code=late-hour")
    keeper.write("Giá trị", "16:30")
    keeper.write("Lý do thay đổi", "Quyết định của tỉnh")
    keeper.press("Xem trước thay đổi")
    assert "Ví dụ tính từ ngày có hiệu lực" in keeper.words()
