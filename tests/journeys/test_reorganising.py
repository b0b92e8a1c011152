"""A merger is drafted, previewed with everything it touches, refused until mended, planned and undone again."""

import re

import pytest

from motcua.foundation.organisations.models import Agency
from tests.journeys.people import PHONE, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_a_merger_is_drafted_planned_and_undone(province: Province, visit: Visit):
    with province.inside() as world:
        world.take_in(name="Ngô Thị Chờ Sáp Nhập")
        codes = dict(Agency.objects.values_list("pk", "code"))
        commune, heir = codes[world.units["commune"]], codes[world.units["other_commune"]]
    keeper = visit("quantri", width=PHONE, signed_in=True)
    keeper.go("/office/organisations/?q=long+xuyen")
    keeper.go("/office/organisations/reforms/")
    keeper.follow("Đợt sắp xếp mới")
    keeper.press("Lưu bản nháp", status=422)
    assert "Vui lòng nhập tên đợt sắp xếp." in keeper.words()
    keeper.write("Tên", "Sáp nhập thử")
    keeper.write("Có hiệu lực từ đầu ngày", "01072027")
    keeper.write("Số văn bản", "88/NQ-HĐND")
    keeper.write("Ngày ban hành", "10112026")
    keeper.press("Lưu bản nháp")

    keeper.follow("Giải thể cơ quan")
    keeper.write("Cơ quan giải thể", commune)
    keeper.press("Thêm vào bản nháp")
    assert "Chỉ định cơ quan tiếp nhận" in keeper.words()
    keeper.press(re.compile("^Bỏ ra"))
    keeper.follow("Sáp nhập cơ quan")
    keeper.write("Các cơ quan kết thúc hoạt động", "không có cơ quan này")
    keeper.write("Sáp nhập vào", heir)
    keeper.press("Thêm vào bản nháp", status=422)
    keeper.write("Các cơ quan kết thúc hoạt động", commune)
    keeper.press("Thêm vào bản nháp")
    assert "Hồ sơ đang giải quyết" in keeper.words()

    keeper.follow("Lên kế hoạch")
    keeper.press("Lên kế hoạch")
    assert "Đã lên kế hoạch" in keeper.words()
    keeper.follow("Hủy")
    keeper.write("Lý do", "Chờ hướng dẫn")
    keeper.press("Hủy")
    assert "Chờ hướng dẫn" in keeper.words()
