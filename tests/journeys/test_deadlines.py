"""The time of a dossier: a new date asked for and appointed with an apology, a suspension, the ledger that explains."""

import pytest

from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_date_is_put_off_a_dossier_suspended_and_both_explained(province: Province, visit: Visit, width: int):
    with province.inside() as world:
        filed = world.take_in(name="Lưu Thị Hẹn Lại")
        other = world.take_in(name="Tạ Văn Tạm Dừng")
    officer = visit("canbo", width=width, signed_in=True)
    officer.go(f"/office/dossiers/{filed.public_id}/new-date/")
    officer.press("Trình lãnh đạo", status=422)
    assert "Nhập ngày hẹn lại" in officer.words()
    officer.write("Lý do không kịp ngày hẹn", "Cơ quan phối hợp chưa trả lời")
    officer.write("Ngày hẹn lại", "07122026")
    officer.press("Trình lãnh đạo")
    assert "Đã trình lãnh đạo ngày hẹn lại." in officer.page.content()

    leader = visit("lanhdao", width=width, signed_in=True)
    leader.go("/office/new-dates/")
    leader.page.locator("tr").filter(has_text=filed.code).locator("a.t").first.click()
    leader.look()
    leader.press("Hẹn lại ngày trả")
    leader.go(f"/office/dossiers/{other.public_id}/suspension/")
    leader.page.get_by_label("tòa án").check()
    leader.write("Lý do", "Tòa án thụ lý tranh chấp")
    leader.write("Căn cứ pháp lý", "Thông báo thụ lý vụ án")
    leader.press("Tạm dừng")
    leader.go(f"/office/dossiers/{other.public_id}/ledger/")
    leader.go(f"/office/dossiers/{other.public_id}/suspension/")
    leader.press("Kết thúc tạm dừng")

    officer.go(f"/office/dossiers/{filed.public_id}/ledger/")
    assert "07/12/2026" in officer.words()
    officer.write("Tính đến ngày", "24112026")
    officer.press("Xem tại thời điểm đó")
