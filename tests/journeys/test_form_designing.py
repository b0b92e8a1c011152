"""A form is designed with a condition, a calculation and a table, tried, published, and filled in by a citizen."""

import json
import re

import pytest

from motcua.casework.procedures import services as procedures
from motcua.foundation.accounts.types import SYSTEM
from tests.journeys.acts import ONWARD, begin, say_who
from tests.journeys.people import DESK, PHONE, Person, Visit
from tests.journeys.province import Province
from tests.world import NOW, SINCE
from tests.world_data import RECORDS

pytestmark = pytest.mark.journey
CODE, PROCEDURE = "don-ho-tro-thiet-hai", "9.000777"
DRAFT = f"/office/forms/{CODE}/draft/"


def put_in(keeper: Person, label: str, kind: str, *, inside: str = "") -> None:
    """Put a field into the first section by the designer's own form."""
    keeper.page.locator("#s-chung summary").click()
    keeper.page.locator("#l-chung").fill(label)
    keeper.page.locator("#k-chung").select_option(kind)
    if inside:
        keeper.page.locator("#i-chung").select_option(inside)
    keeper.press(re.compile("^Thêm$"), within=keeper.page.locator("#s-chung details form"))


def test_a_form_is_designed_tried_published_and_filled_in(province: Province, visit: Visit):
    with province.inside():
        raw = RECORDS[1] | {"code": PROCEDURE, "name": "Hỗ trợ thiệt hại do bão số 17"}
        procedures.import_records([json.dumps(raw)], valid_from=SINCE, actor=SYSTEM, at=NOW)
    keeper = visit("kiemsoat", width=DESK, height=900, signed_in=True)
    keeper.go("/office/forms/")
    keeper.follow("Biểu mẫu mới")
    keeper.press("Bắt đầu bản nháp", status=422)
    keeper.write("Tên biểu mẫu", "Đơn hỗ trợ thiệt hại")
    keeper.press("Bắt đầu bản nháp")
    put_in(keeper, "Có thiệt hại về cây trồng", "checkbox")
    put_in(keeper, "Cây trồng", "group")
    put_in(keeper, "Diện tích", "number", inside="cay_trong")
    put_in(keeper, "Tổng diện tích", "number")
    put_in(keeper, "Nơi ở", "address")

    keeper.follow(re.compile("^Cây trồng$"))
    keeper.page.get_by_label("“Có thiệt hại về cây trồng” được đánh dấu").check()
    keeper.press("Giữ lại")
    keeper.follow("Tổng diện tích")
    keeper.write("Công thức tính", "sum(cay_trong.map(r, r.rong))")
    keeper.press("Giữ lại", status=422)
    assert "Không có ô hay hàm nào tên “rong”" in keeper.words()
    keeper.write("Công thức tính", "sum(cay_trong.map(r, r.dien_tich))")
    keeper.write("Kiểm tra 1: điều phải đúng", "tong_dien_tich <= 100")
    keeper.write("Kiểm tra 1: lời báo khi không đúng", "Tổng diện tích không quá 100 ha")
    keeper.press("Giữ lại")

    keeper.follow("Xem trước")
    frame = keeper.page.frame_locator("iframe")
    frame.get_by_role("button", name="Tiếp tục").click()
    frame.locator(".mc-error").first.wait_for()
    keeper.faults.clear()  # the frame answered 422, as it should
    telephone = visit("kiemsoat", width=PHONE, signed_in=True)
    telephone.go(f"/office/forms/{CODE}/1/frame/", status=200)
    telephone.go(DRAFT)
    telephone.go(f"{DRAFT}field/cay_trong/")
    telephone.go(f"{DRAFT}examples/")
    telephone.go("/office/forms/")
    keeper.go(DRAFT)
    keeper.follow(re.compile("^Công bố$"))
    keeper.press(re.compile("^Công bố$"))
    assert "Áp dụng" in keeper.words()

    with province.inside():
        procedures.publish_offer(
            procedure_code=PROCEDURE, agency_id=None, level="commune", process_code="ho_kinh_doanh",
            eform_code=CODE, valid_from=NOW.date(), actor=SYSTEM, at=NOW,
        )  # fmt: skip
    _fill_in(visit("nguoi-dan"))


def _fill_in(citizen: Person) -> None:
    """Fill the form in on a telephone: a question opens, rows come, a mistake is said at its field and mended."""
    begin(citizen, f"/thu-tuc/{PROCEDURE}/")
    say_who(citizen, "Lê Thị Bão", "0913 777 000")
    with citizen.page.expect_navigation():
        citizen.page.get_by_label("Có thiệt hại về cây trồng").check()
    citizen.look()
    citizen.write("Họ và tên", "Lê Thị Bão")
    citizen.write("Mục", "Lúa")
    citizen.write("Diện tích", "60")
    citizen.press("Thêm dòng")
    row = citizen.page.get_by_role("group", name="Cây trồng, dòng 2")
    row.get_by_label("Mục").fill("Ngô")
    row.get_by_label("Diện tích").fill("70")
    citizen.press(ONWARD, status=422)
    assert "Tổng diện tích không quá 100 ha" in citizen.words()
    assert citizen.page.get_by_label("Mục").first.input_value() == "Lúa"
    row.get_by_label("Diện tích").fill("7,5")
    citizen.press(ONWARD)
    citizen.go(citizen.page.url.replace("giay-to", "kiem-tra"))
    words = citizen.words()
    assert "Mục: Ngô; Diện tích: 7,5" in words
    assert "67,5" in words
