"""A citizen takes along what is held about them and has a mistake put right."""

import re

import pytest

from tests.journeys.people import DESK, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_export_and_correction_without_scripts(province: Province, visit: Visit):
    citizen = visit("congdan", scripts=False, signed_in=True)
    citizen.go("/tai-khoan/du-lieu/")
    with citizen.page.expect_download() as download:
        citizen.page.get_by_role("link", name="Tải về dạng PDF").click()
    assert download.value.suggested_filename == "du-lieu-ca-nhan.pdf"
    citizen.follow(re.compile("Yêu cầu sửa.*Họ và tên"))
    citizen.write("Nội dung đúng là", "Trần Thị Mỹ Duyên Anh")
    citizen.press("Gửi yêu cầu", status=422)
    citizen.write("Vì sao sai", "Thiếu chữ Anh so với thẻ căn cước")
    citizen.press("Gửi yêu cầu")
    assert "Đang chờ trả lời" in citizen.words()

    officer = visit("baovedulieu", width=DESK, height=900, signed_in=True)
    officer.go("/office/corrections/")
    officer.follow(re.compile("Trần Thị Mỹ Duyên"))
    officer.page.get_by_label(re.compile("^Chỉnh sửa: nội dung đúng")).check()
    officer.press(re.compile("^Gửi câu trả lời"))

    citizen.go("/tai-khoan/du-lieu/")
    assert "Đã chỉnh sửa" in citizen.words()
    assert "Trần Thị Mỹ Duyên Anh" in citizen.words()
