"""Procedure control hands in a later file of the catalogue, reads what differs and accepts one difference."""

import json
import re

import pytest

from motcua.casework.procedures import selectors, services
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.clock import civil_day
from tests import world_data
from tests.journeys.people import DESK, PHONE, Visit
from tests.journeys.province import Province
from tests.world import NOW, SINCE

pytestmark = pytest.mark.journey
CODES = {PHONE: "1.000781", DESK: "1.000782"}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_difference_of_a_later_file_is_accepted(province: Province, visit: Visit, width: int):
    code = CODES[width]
    record = world_data.RECORDS[0] | {"code": code, "name": f"Đăng ký lò mổ {width}"}
    later = record | {"requirements": "Cách khu dân cư 100 mét"}
    with province.inside():
        services.import_records([json.dumps(record)], valid_from=SINCE, actor=SYSTEM, at=NOW)
    lines = [later, record | {"code": "sai"}]
    content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()

    keeper = visit("kiemsoat", width=width, height=900, signed_in=True)
    keeper.go("/office/catalogue/imports/")
    keeper.press("Đối chiếu với danh mục", status=422)
    assert "Hãy chọn tệp" in keeper.words()
    keeper.page.locator("#id_file").set_input_files(
        {"name": f"moi-{width}.jsonl", "mimeType": "application/json", "buffer": content}
    )
    keeper.press("Đối chiếu với danh mục")
    address = keeper.page.url.removeprefix(province.url)
    keeper.page.get_by_text("Đang đọc tệp").wait_for(state="detached", timeout=60_000)
    keeper.go(f"{address}problems/")
    assert "sai không phải là mã thủ tục" in keeper.words()
    keeper.go(f"{address}?kind=changed")
    assert "Cách khu dân cư 100 mét" in keeper.words()
    keeper.page.get_by_label(re.compile("^Chọn Đăng ký lò mổ")).check()
    keeper.page.locator("#id_effective_on").fill("01/12/2026")
    keeper.press(re.compile("^Chấp nhận các mục đã chọn"))

    assert "Đã chấp nhận" in keeper.words()
    with province.inside() as world:
        page = selectors.procedure_page(code, on=civil_day(world.now).replace(month=12, day=1))
        assert page.requirements == ("Cách khu dân cư 100 mét",)
