"""The page of a procedure shows what the province adds to the record."""

import pytest
import time_machine
from django.test import Client
from tests.world import NOW, make_world

from motcua.casework.procedures.tests.conftest import run_import
from motcua.casework.procedures.tests.test_records import whole


@pytest.mark.django_db
def test_the_page_says_what_is_online_who_pays_less_and_what_the_state_holds(client: Client) -> None:
    make_world()
    run_import(whole())

    with time_machine.travel(NOW, tick=False):
        text = client.get("/thu-tuc/1.000001/").content.decode()

    for words in (
        "Trực tuyến một phần", "Phải kiểm tra thực địa", "Ai được miễn, giảm", "Hộ nghèo", "Giảm 50%",
        "Nhà nước đã có: không phải nộp", "Cơ sở dữ liệu quốc gia về dân cư",
        "Trung tâm Phục vụ hành chính công tỉnh", "Nhận kết quả",
    ):  # fmt: skip
        assert words in text, words
