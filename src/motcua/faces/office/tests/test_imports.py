"""Files of procedures at the office: handing in, deciding ticked ones or all after a question, problems, export."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.world import World

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.models import RecordsFile
from motcua.casework.procedures.tests.conftest import make_record
from motcua.foundation.core import clock

LISTING = "/office/catalogue/imports/"


@pytest.fixture
def keeper(world: World, sign_in: Callable[[str], Client]) -> Client:
    """Somebody of procedure control."""
    return sign_in("kiemsoat")


def hand_in(client: Client, *records: dict[str, Any]) -> str:
    """Hand a file in and have the job read it; return the page's address."""
    content = "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
    answer = client.post(LISTING, {"file": SimpleUploadedFile("moi.jsonl", content)})
    assert answer.status_code == 302, answer.content.decode()
    waiting = client.get(answer["Location"]).content.decode()
    assert "Đang đọc tệp" in waiting
    services.read_file(file_id=RecordsFile.objects.latest("pk").pk, at=clock.now())
    return str(answer["Location"])


def test_from_the_file_to_the_new_version(keeper: Client) -> None:
    page = hand_in(keeper, make_record(code="1.000901"), make_record(code="1.000902"), {"code": "x", "name": "Lạ"})
    text = keeper.get(f"{page}?kind=new").content.decode()
    ids = procedures.difference_ids(page.split("/")[-2], kind="new")  # type: ignore[arg-type]

    assert "1.000901" in text
    assert "1.000902" in text
    assert "x không phải là mã thủ tục" in keeper.get(f"{page}problems/").content.decode()
    assert "Chọn ít nhất một khác biệt" in keeper.post(f"{page}decide/", {"do": "accept"}, follow=True).content.decode()
    wrong = keeper.post(f"{page}decide/", {"id": ids[0], "do": "accept", "effective_on": ""})
    assert wrong.status_code == 422
    assert "Nhập ngày bắt đầu có hiệu lực" in wrong.content.decode()
    keeper.post(f"{page}decide/", {"id": ids[0], "do": "accept", "effective_on": "24/11/2026"})
    asked = keeper.post(f"{page}decide/", {"all": "1", "kind": "new", "effective_on": "24/11/2026"})
    assert 'name="sure"' in asked.content.decode()
    assert procedures.difference_ids(page.split("/")[-2], state="open", kind="new") == [ids[1]]  # type: ignore[arg-type]
    keeper.post(f"{page}decide/", {"all": "1", "sure": "1", "kind": "new", "effective_on": "24/11/2026"})
    line = procedures.difference(page.split("/")[-2], ids[1])  # type: ignore[arg-type]
    assert (line.state, line.by) == ("accepted", "Bùi Thanh Liêm")
    assert "Đã chấp nhận" in keeper.get(f"{page}{ids[0]}/").content.decode()
    listed = b"".join(keeper.get(f"{page}differences.csv?kind=new").streaming_content).decode()  # type: ignore[attr-defined]
    assert listed.count("1.00090") == 2


def test_what_is_no_file_of_records_is_told_at_the_field(keeper: Client) -> None:
    answer = keeper.post(LISTING, {"file": SimpleUploadedFile("x.jsonl", b"PK\x03\x04")})
    without = keeper.post(LISTING, {})

    assert (answer.status_code, without.status_code) == (422, 422)
    assert "Không đọc được tệp này" in answer.content.decode()
    assert "Hãy chọn tệp" in without.content.decode()


def test_the_page_of_a_file_asks_the_database_as_often_for_many_differences(
    keeper: Client, assert_flat_queries: Callable[..., None]
) -> None:
    pages: list[str] = []

    def grow(count: int) -> None:
        number = len(pages)
        records = [make_record(code=f"1.{number}{index:05d}", field="Riêng") for index in range(count)]
        pages.append(hand_in(keeper, *records))

    assert_flat_queries(lambda: keeper.get(f"{pages[-1]}?kind=new"), grow=grow, rows=(2, 12))
