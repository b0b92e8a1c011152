"""A department amends a procedure; the check finds a missing part; mended and published, citizens see the new fee."""

import json
import re

import pytest

from motcua.casework.documents.tests import samples
from motcua.casework.procedures import services as procedures
from motcua.foundation.accounts.types import SYSTEM
from tests import world_data
from tests.journeys.people import DESK, PHONE, Person, Visit
from tests.journeys.province import Province
from tests.world import NOW, SINCE

pytestmark = pytest.mark.journey
SAVE = re.compile("^Lưu$")
CODES = {PHONE: "1.000771", DESK: "1.000772"}


def _button(person: Person, value: str) -> None:
    """Press a button of a row; the page comes back at the row, and is looked at from its top."""
    with person.page.expect_navigation():
        person.page.locator(f"button[value='{value}']").click()
    person.page.evaluate("scrollTo(0, 0)")
    person.look()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_amended_procedure_is_checked_mended_and_published(province: Province, visit: Visit, width: int):
    code, number = CODES[width], f"{width}/QĐ-UBND"
    record = world_data.RECORDS[0] | {"code": code, "name": f"Đăng ký bãi giữ xe {width}", "results": []}
    with province.inside():
        procedures.import_records([json.dumps(record)], valid_from=SINCE, actor=SYSTEM, at=NOW)

    drafter = visit("so.canbo", width=width, height=900, signed_in=True)
    drafter.go("/office/decisions/")
    drafter.follow("Lập quyết định")
    drafter.press(SAVE, status=422)
    drafter.page.locator("#id_title").fill(f"Sửa đổi thủ tục bãi giữ xe {width}")
    drafter.press(SAVE)
    decision = drafter.page.url.removeprefix(province.url)
    drafter.follow("Sửa đổi, bổ sung thủ tục")
    drafter.page.locator("#id_code").fill(code)
    drafter.press("Thêm vào bản nháp")
    item = drafter.page.url.removeprefix(province.url)
    drafter.follow("Cách thức thực hiện, thời hạn, phí, lệ phí", within=drafter.page.locator("main"))
    for amount in drafter.page.get_by_label("Mức thu (đồng)").all():
        amount.fill("65.000")
    _button(drafter, "add:methods-2-fees")
    drafter.page.get_by_label("Mức thu (đồng)").last.fill("nhiều")
    drafter.press(SAVE, status=422)
    assert "#" not in drafter.page.url
    assert "Hãy ghi mức thu bằng số" in drafter.words()
    _button(drafter, "remove:methods-2-fees-1")
    drafter.press(SAVE)
    assert re.search(r"65.?000 đồng", drafter.words())

    keeper = visit("kiemsoat", width=width, height=900, signed_in=True)
    keeper.go(decision)
    keeper.press("Kiểm tra", status=422)
    assert "kết quả" in keeper.words().lower()

    drafter.go(f"{item}results/")
    _button(drafter, "add:results")
    drafter.page.get_by_label("Kết quả", exact=True).last.fill("Giấy chứng nhận")
    drafter.press(SAVE)
    drafter.follow("Xem như người dân sẽ thấy")
    assert "65.000" in drafter.words()
    drafter.go(f"{item}difference/")

    keeper.go(decision)
    keeper.press("Kiểm tra")
    keeper.follow("Số, ngày, người ký, tệp")
    keeper.page.locator("#id_number").fill(number)
    keeper.page.locator("#id_issued_on").fill("23112026")
    keeper.page.locator("#id_signer").fill("Hồ Trung Nghĩa")
    keeper.page.locator("#id_file").set_input_files(
        {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    keeper.press(SAVE)
    keeper.follow(re.compile("^Công bố$"))
    keeper.press(re.compile("^Công bố$"))
    assert "Đã công bố" in keeper.words()

    citizen = visit("người dân", width=width)
    citizen.go(f"/thu-tuc/{code}/")
    assert "65.000" in citizen.words()
    citizen.go("/quyet-dinh/")
    citizen.follow(number)
    citizen.follow(f"Đăng ký bãi giữ xe {width}")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_about_decisions_is_without_barriers(province: Province, visit: Visit, width: int):
    keeper = visit("kiemsoat", width=width, height=900, signed_in=True)
    for page in ("?state=to_enter", "past/", "figures/", "figures/procedures/?level=commune"):
        keeper.go(f"/office/decisions/{page}")
    with province.inside() as world:
        from motcua.casework.procedures.types import DecisionHead

        actor = world.actor("kiemsoat")
        head = DecisionHead(title="Bãi bỏ", issuer="Chủ tịch Ủy ban nhân dân tỉnh")
        made = procedures.begin_decision(head=head, actor=actor, at=NOW)
        item = procedures.add_item(decision_id=made, act="amended", code="2.000815", actor=actor, at=NOW)
    keeper.go(f"/office/decisions/{made}/")
    keeper.go(f"/office/decisions/{made}/items/?act=replaced&q=dang ky")
    keeper.go(f"/office/decisions/{made}/discard/")
    parts = ("general", "steps", "ways", "cases", "papers", "agencies", "audience", "results", "requirements", "bases")
    for part in (*parts, "service"):
        keeper.go(f"/office/decisions/items/{item}/{part}/")
