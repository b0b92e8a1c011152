"""A leader approves a second supplement and corrects a wrong result; the citizen reads the apology and their right."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers.models import Dossier, SupplementRequest
from tests.journeys.acts import track
from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_a_second_supplement_and_a_wrong_result_take_a_leader(province: Province, visit: Visit):
    with province.inside() as world:
        wrong, short = world.take_in(name="Trần Thị Sửa Lại"), world.take_in(name="Trần Thị Bổ Sung")
        world.lead_to(wrong, "return_result")
        world.step(wrong, "returned", by="tiepnhan", at=world.now + timedelta(hours=2))
        then = {"prepared_at": world.now, "sent_at": world.now, "answered_at": world.now}
        SupplementRequest.objects.create(dossier_id=short.dossier_id, ordinal=1, **then)
        result, asked = (Dossier.objects.get(pk=item.dossier_id).public_id for item in (wrong, short))
    province.clock.set(province.clock.now().replace(hour=13))
    citizen = visit("nguoi-dan")
    track(citizen, wrong.code, "0913000128")
    assert "quyền khiếu nại" in citizen.words()

    officer = visit("canbo", signed_in=True)
    officer.go(f"/office/dossiers/{asked}/", looked_at=False)
    officer.follow("Bổ sung lần hai")
    officer.write("Còn thiếu gì", "Giấy ủy quyền nộp bổ sung bị mờ, không đọc được ngày ký")
    officer.press("Trình lãnh đạo")

    leader = visit("lanhdao", width=DESK, height=900, signed_in=True)
    leader.go("/office/second-supplements/")
    leader.page.locator("table a.t").first.click()
    leader.look()
    leader.write("Lý do", "Giấy nộp lần đầu chưa có trang này")
    leader.press("Đồng ý cho bổ sung lần hai")

    leader.go(f"/office/dossiers/{result}/")
    leader.follow("Mở lại hoặc sửa kết quả")
    leader.write("Nội dung sai sót", "Ghi sai tên hộ kinh doanh")
    leader.press("Mở lại hồ sơ", status=422)
    leader.write("Căn cứ", "Điều 21 Nghị định 61/2018/NĐ-CP")
    for words in ("Của cơ quan", "Tính tiếp phần thời hạn còn lại", "Tôi đã kiểm tra"):
        leader.page.get_by_label(words).check()
    leader.press("Mở lại hồ sơ")
    leader.go(f"/office/dossiers/{result}/reopening/")
    assert "Điều 21" in leader.words()

    citizen.page.reload()
    citizen.look()
    assert "chúng tôi xin lỗi" in citizen.words()
