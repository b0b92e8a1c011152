"""Procedure control sees that nobody takes a procedure, gives it to all communes but one, and the gap is gone."""

import json

import pytest

from motcua.casework.procedures import services as procedures
from motcua.casework.procedures.models import Offer
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.organisations import selectors as organisations
from tests import world_data
from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province
from tests.world import NOW, SINCE

pytestmark = pytest.mark.journey
CODES = {PHONE: "1.000871", DESK: "1.000872"}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_procedure_without_an_office_is_given_to_all_communes_but_one(province: Province, visit: Visit, width: int):
    code = CODES[width]
    record = world_data.RECORDS[0] | {"code": code, "name": f"Đăng ký bến đò {width}"}
    with province.inside():
        procedures.import_records([json.dumps(record)], valid_from=SINCE, actor=SYSTEM, at=NOW)
        process = Offer.objects.order_by("pk").values_list("process_code", flat=True)[0]
        spared = organisations.agency(province.world.units["other_commune"], on=NOW.date())

    keeper = visit("kiemsoat", width=width, height=900, signed_in=True)
    gaps = f"/office/offers/gaps/?q={code}&gap=office"
    keeper.go(gaps)
    keeper.follow("Phân công", within=keeper.page.locator("table"))
    keeper.page.locator("#id_all_communes").check()
    keeper.press("Xem trước thay đổi", status=422)
    keeper.page.get_by_text("Xã, phường, đặc khu ngoại lệ", exact=True).click()
    keeper.page.locator(f"input[name=excepted][value='{spared.public_id}']").check()
    keeper.page.locator("#id_process_code").select_option(process)
    keeper.page.locator("#id_eform_code").select_option("")
    keeper.page.locator("#id_valid_from").fill(f"{NOW:%d/%m/%Y}")
    keeper.press("Xem trước thay đổi")
    assert "Mới" in keeper.words()
    keeper.press("Thực hiện 1 phân công")
    keeper.go(f"/office/offers/?q={code}")
    assert "trừ 1 xã, phường, đặc khu" in keeper.words()
    keeper.go(gaps)
    assert "Không còn thiếu gì ở đây" in keeper.words()
    keeper.go("/office/offers/coverage/")
    keeper.go("/office/offers/reception/")
