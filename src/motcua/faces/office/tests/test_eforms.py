"""The form designer in the office: every change by a button, errors at their place, preview, examples, publishing."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import NOW

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM

SignIn = Callable[[str], Client]
HOME = "/office/forms/"
DRAFT = "/office/forms/don-ho-tro/draft/"


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    services.create_form(code="don-ho-tro", name="Đơn hỗ trợ", actor=SYSTEM, at=NOW)
    return sign_in("kiemsoat")


def add(client: Client, label: str, kind: str, **more: str) -> None:
    answer = client.post(DRAFT, {"section": "chung", "label": label, "kind": kind, "add_field": "1", **more})
    assert answer.status_code == 302, answer.context["refused"]


def names() -> list[str]:
    return procedures.form_version("don-ho-tro").schema["x-sections"][0]["fields"]


def test_fields_are_put_in_moved_taken_out_and_taken_back(keeper: Client) -> None:
    add(keeper, "Hàng", "group")
    add(keeper, "Đơn giá", "money", inside="hang")
    add(keeper, "Tổng", "money")
    keeper.post(DRAFT, {"move": "up:tong"})
    assert names()[1:] == ["tong", "hang"]
    keeper.post(DRAFT, {"remove": "tong"})
    assert "tong" not in names()
    keeper.post(DRAFT, {"undo": "1"})
    assert "tong" in names()

    keeper.post(f"{DRAFT}field/tong/", {"title": "Tổng", "computed": "sum(hang.map(r, r.don_gia))"})
    page = keeper.get(f"{DRAFT}field/tong/")
    assert page.status_code == 200
    refused = keeper.post(f"{DRAFT}field/tong/", {"title": "Tổng", "computed": "sum(hang.map(r, r.gia))"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["computed"])


def test_what_others_look_at_is_not_taken_out_and_stale_pages_say_so(keeper: Client) -> None:
    add(keeper, "Có nhà", "checkbox")
    add(keeper, "Địa chỉ nhà", "address")
    old = procedures.form_version("don-ho-tro").revision
    kept = keeper.post(f"{DRAFT}field/dia_chi_nha/", {"title": "Địa chỉ nhà", "when": "co_nha=", "lock": old})
    assert kept.status_code == 302
    refused = keeper.post(DRAFT, {"remove": "co_nha"})
    assert refused.status_code == 422
    assert "Địa chỉ nhà" in refused.context["refused"][0]
    assert keeper.post(DRAFT, {"remove": "dia_chi_nha", "revision": old}).status_code == 422
    assert "co_nha" in names()


def test_a_form_is_tried_in_a_frame_kept_as_example_and_published(keeper: Client, sign_in: SignIn) -> None:
    add(keeper, "Số con", "number", required="1")
    frame = f"{HOME}don-ho-tro/1/frame/"
    wrong = keeper.post(frame, {"section": "chung", "ho_va_ten": "Duyên", "so_con": "nhiều"})
    assert wrong.status_code == 422
    assert wrong["X-Frame-Options"] == "SAMEORIGIN"
    kept = keeper.post(frame, {"keep_example": "1", "name": "Sai", "kept": '{"ho_va_ten": "Duyên"}', "said": "{}"})
    assert kept.status_code == 302
    assert [each["name"] for each in procedures.form_version("don-ho-tro").examples] == ["Sai"]
    done = keeper.post(frame, {"section": "chung", "ho_va_ten": "Duyên", "so_con": "2"})
    assert done.context["wrong"] == []

    lock = procedures.form_version("don-ho-tro").revision
    past = keeper.post(f"{DRAFT}publish/", {"valid_from": "1/1/2026", "lock": lock})
    assert list(past.context["form"].errors) == ["valid_from"]
    assert keeper.post(f"{DRAFT}publish/", {"valid_from": "24/11/2026", "lock": lock}).status_code == 302
    sheet = sign_in("canbo").get(f"{HOME}don-ho-tro/")
    assert [card.state for card in sheet.context["sheet"].versions] == ["published"]
    keeper.post(f"{DRAFT}start/")
    add(keeper, "Ghi chú", "textarea")
    told = keeper.get(f"{HOME}don-ho-tro/difference/")
    assert [change.place for change in told.context["changes"]] == ["Ô “Ghi chú”"]
    assert keeper.get(f"{HOME}?file=csv").status_code == 200


def test_a_section_is_shared_as_a_block_and_goes_out_and_in_as_a_file(keeper: Client) -> None:
    keeper.post(f"{DRAFT}section/chung/block/", {"name": "Người nộp hồ sơ"})
    keeper.post(DRAFT, {"insert_block": "1", "block": "nguoi_nop_ho_so"})
    (block,) = procedures.form_blocks()
    assert block.name == "Người nộp hồ sơ"
    keeper.post(DRAFT, {"insert_block": "1", "block": block.code})
    sections = procedures.form_version("don-ho-tro").schema["x-sections"]
    assert sections[-1]["x-block"]["code"] == block.code
    assert keeper.get(HOME + "blocks/").status_code == 200

    services.save_form_block(
        code=block.code, name=block.name, content=block.content | {"title": "Người nộp"}, actor=SYSTEM, at=NOW
    )
    update = f"{DRAFT}section/{sections[-1]['code']}/update/"
    assert len(keeper.get(update).context["changes"]) == 1
    assert keeper.post(update).status_code == 302
    assert keeper.get(f"{HOME}don-ho-tro/1/form.json").json()["kind"] == "motcua-form"


def test_lists_do_not_ask_more_with_more_forms(keeper: Client, django_assert_max_num_queries) -> None:
    keeper.get(HOME)
    with django_assert_max_num_queries(60) as few:
        keeper.get(HOME)
    for number in range(6):
        services.create_form(code=f"don-{number}", name=f"Đơn {number}", actor=SYSTEM, at=NOW)
    with django_assert_max_num_queries(len(few)):
        keeper.get(HOME)
