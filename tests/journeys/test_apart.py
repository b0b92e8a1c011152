"""Those who stand apart: an inspector by order, the secretary, the postal desk, and why a dossier is opened."""

from datetime import date

import pytest

from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import InspectionOrder
from motcua.foundation.accounts.types import OrderInput
from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province
from tests.world import NOW

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_an_inspector_draws_a_sample_and_a_secretary_prepares(province: Province, visit: Visit, width: int):
    with province.inside() as world:
        filed = world.take_in(name="Ngô Thị Được Chọn")
        world.lead_to(filed, "sign")
        order = OrderInput(
            number="12/QĐ-TTr", issued_on=NOW.date(), inspector_id=world.people["thanhtra"], purpose="Thanh tra",
            unit_ids=(world.units["commune"],), filed_since=date(2026, 1, 1), filed_until=date(2026, 12, 31),
            valid_since=NOW.date(), valid_until=date(2026, 12, 31),
        )  # fmt: skip
        if not InspectionOrder.objects.filter(number=order.number).exists():
            accounts.order_inspection(order=order, actor=world.actor("lanhdao.tinh"), at=NOW)

    inspector = visit("thanhtra", width=width, signed_in=True)
    inspector.go("/office/")
    inspector.follow("12/QĐ-TTr")
    inspector.press("Chọn mẫu", within=inspector.page.locator("main"))
    assert "Ngô Thị Được Chọn" in inspector.words()

    secretary = visit("thuky", width=width, signed_in=True)
    secretary.go("/office/queue/")
    secretary.page.locator("main a.t").last.click()
    secretary.look()
    secretary.page.get_by_label("Ký", exact=True).check()
    secretary.press("Trình lãnh đạo")
    assert "Đã chuẩn bị" in secretary.words()


def test_a_reader_without_a_task_says_why(province: Province, visit: Visit):
    with province.inside() as world:
        public_id = world.take_in(name="Ngô Thị Hỏi Thăm").public_id
    clerk = visit("vanthu", width=PHONE, signed_in=True)
    clerk.go(f"/office/dossiers/{public_id}/")
    clerk.press("Mở hồ sơ", within=clerk.page.locator("main"), status=422)
    clerk.page.get_by_label("Trả lời câu hỏi của người nộp hồ sơ").check()
    clerk.press("Mở hồ sơ", within=clerk.page.locator("main"))
    assert "Ngô Thị Hỏi Thăm" in clerk.words()


def test_a_guide_and_a_postal_desk_have_their_own_first_page(province: Province, visit: Visit):
    with province.inside() as world:
        filed = world.take_in(by="buudien", name="Ngô Thị Bưu Điện")
    guide = visit("huongdan", width=PHONE, signed_in=True)
    guide.go("/office/")
    guide.write("Mã hồ sơ trên giấy hẹn", filed.code)
    guide.press("Tra cứu")
    assert "Ngô Thị Bưu Điện" not in guide.words()

    postal = visit("buudien", width=DESK, signed_in=True)
    postal.go("/office/counter/")
    postal.go(f"/office/dossiers/{filed.public_id}/taken-in/")
    postal.go(f"/office/dossiers/{filed.public_id}/", status=403)
