"""Tables, persons, addresses and files in forms; calculations and checks in the expression language."""

import copy
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.eforms import expressions
from motcua.casework.procedures.eforms.checking import check_schema
from motcua.casework.procedures.eforms.starting import KINDS, part
from motcua.casework.procedures.types import SchemaRefused

ON = date(2026, 11, 24)
ROW = {
    "ten": {"type": "string", "title": "Tên hàng"},
    "so_luong": {"type": "number", "title": "Số lượng", "minimum": 1},
    "don_gia": {"type": "integer", "title": "Đơn giá", "x-widget": "money"},
    "thanh_tien": {
        "type": "integer", "title": "Thành tiền", "x-widget": "money", "x-computed": "row.so_luong * row.don_gia",
    },
}  # fmt: skip
ORDER: dict[str, Any] = {
    "type": "object",
    "title": "Đơn đề nghị hỗ trợ",
    "properties": {
        "nguoi_nop": part("person", "Người nộp") | {"required": ["ho_ten", "so_dinh_danh"]},
        "noi_o": part("address", "Nơi ở"),
        "co_hang": {"type": "boolean", "title": "Có kê khai hàng hóa"},
        "hang": {
            "type": "array", "title": "Hàng", "x-widget": "group", "minItems": 1, "maxItems": 3,
            "items": {"type": "object", "properties": ROW, "required": ["ten", "so_luong", "don_gia"]},
            "x-show-if": "co_hang",
        },
        "tong": {
            "type": "integer", "title": "Tổng tiền", "x-widget": "money",
            "x-computed": "sum(hang.map(r, r.thanh_tien))",
            "x-checks": [{"rule": "tong <= 10000000", "message": "Tổng tiền không quá 10.000.000 đồng"}],
        },
        "ngay_sinh": {
            "type": "string", "format": "date", "title": "Ngày sinh",
            "x-checks": [{"rule": "years(ngay_sinh, today) >= 18", "message": "Người nộp phải đủ 18 tuổi"}],
        },
        "so_do": part("file", "Sơ đồ"),
        "cam_doan": part("declaration", "Tôi cam đoan"),
    },
    "required": ["nguoi_nop", "noi_o", "hang", "cam_doan"],
    "x-sections": [
        {"code": "nguoi", "title": "Người nộp", "fields": ["nguoi_nop", "noi_o", "ngay_sinh"]},
        {"code": "hang", "title": "Hàng hóa", "fields": ["co_hang", "hang", "tong", "so_do"]},
        {"code": "ket", "title": "Cam đoan", "fields": ["cam_doan"]},
    ],
}  # fmt: skip
PERSON = {"nguoi_nop-ho_ten": "Trần Thị Duyên", "nguoi_nop-so_dinh_danh": "099186001234", "ngay_sinh": "27/3/1986"}
HOME = {"noi_o-province": "01", "noi_o-commune": "00004", "noi_o-detail": "12 Quán Thánh"}
TWO = {
    "co_hang": "on", "hang": "2",
    "hang-0-ten": "Gạo", "hang-0-so_luong": "2,5", "hang-0-don_gia": "20.000",
    "hang-1-ten": "Mắm", "hang-1-so_luong": "1", "hang-1-don_gia": "90.000",
}  # fmt: skip


def sent(**entries: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in entries.items():
        data[name] = value
    return data


@pytest.fixture(autouse=True)
def _no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.foundation.organisations.selectors.own_province", lambda on: "")
    monkeypatch.setattr("motcua.foundation.organisations.selectors.places.own_province", lambda on: "")


def test_a_person_and_an_address_are_answered_in_parts() -> None:
    form = services.eform_form(ORDER, sent(**PERSON, **HOME), "nguoi", on=ON)

    assert form.is_valid(), form.errors
    assert form.answers["nguoi_nop"] == {"ho_ten": "Trần Thị Duyên", "so_dinh_danh": "099186001234"}
    assert form.answers["noi_o"]["text"] == "12 Quán Thánh, Phường Ba Đình, Thành phố Hà Nội"


def test_each_part_says_for_itself_what_is_wrong() -> None:
    entries = PERSON | HOME | {"nguoi_nop-so_dinh_danh": "12", "noi_o-commune": "", "ngay_sinh": "27/3/2015"}

    form = services.eform_form(ORDER, sent(**entries), "nguoi", on=ON)

    assert set(form.errors) == {"nguoi_nop-so_dinh_danh", "noi_o-commune"}
    young = services.eform_form(ORDER, sent(**PERSON | HOME | {"ngay_sinh": "27/3/2015"}), "nguoi", on=ON)
    assert young.errors == {"ngay_sinh": ["Người nộp phải đủ 18 tuổi"]}


def test_rows_are_added_and_taken_away_with_all_that_was_typed() -> None:
    more = selectors.with_rows(ORDER, sent(**TWO, rows="add:hang"))
    less = selectors.with_rows(ORDER, sent(**TWO, rows="remove:hang:0"))

    assert more is not None
    assert (more["hang"], more["hang-1-ten"]) == ("3", "Mắm")
    assert less is not None
    assert (less["hang"], less["hang-0-ten"], "hang-1-ten" in less) == ("1", "Mắm", False)
    assert selectors.with_rows(ORDER, sent(**TWO)) is None
    quiet = services.eform_form(ORDER, less, "hang", on=ON, quiet=True)
    assert not quiet.errors
    assert quiet["hang-0-ten"].value() == "Mắm"


def test_a_table_computes_rows_and_their_sum_and_a_check_is_said_beside_it() -> None:
    form = services.eform_form(ORDER, sent(**TWO), "hang", on=ON)
    assert form.is_valid(), form.errors
    assert [row["thanh_tien"] for row in form.answers["hang"]] == [50_000, 90_000]
    assert form.answers["tong"] == 140_000

    dear = services.eform_form(ORDER, sent(**TWO | {"hang-1-don_gia": "90.000.000"}), "hang", on=ON)
    assert [str(words) for said in dear.errors.values() for words in said] == ["Tổng tiền không quá 10.000.000 đồng"]

    broken = services.eform_form(ORDER, sent(**TWO | {"hang-1-so_luong": "nhiều"}), "hang", on=ON)
    assert set(broken.errors) == {"hang-1-so_luong"}


def test_empty_rows_are_dropped_and_too_few_are_said() -> None:
    blank = {"co_hang": "on", "hang": "2", "hang-0-ten": "Gạo", "hang-0-so_luong": "1", "hang-0-don_gia": "5"}
    kept = services.eform_form(ORDER, sent(**blank), "hang", on=ON)
    assert kept.is_valid(), kept.errors
    assert len(kept.answers["hang"]) == 1

    none = services.eform_form(ORDER, sent(co_hang="on", hang="0"), "hang", on=ON)
    assert "hang" in none.errors


def test_a_table_that_is_not_asked_is_not_answered() -> None:
    form = services.eform_form(ORDER, sent(hang="1"), "hang", on=ON)

    assert form.is_valid()
    assert "hang" not in form.answers


def test_whole_answers_come_from_json_and_read_in_words() -> None:
    given = {
        "nguoi_nop": {"ho_ten": "Trần Thị Duyên", "so_dinh_danh": "099186001234"},
        "noi_o": {"province": "01", "commune": "00004", "detail": "12"},
        "co_hang": True,
        "hang": [{"ten": "Gạo", "so_luong": 2, "don_gia": 20_000}],
        "so_do": [{"name": "so-do.pdf"}],
        "cam_doan": True,
    }

    answers, wrong = selectors.answer_form(ORDER, given, on=ON)

    assert wrong == {}
    assert selectors.check_answers(ORDER, answers, on=ON) == {}
    person = ORDER["properties"]["nguoi_nop"]["properties"]["ho_ten"]["title"]
    lines = {line.label: line.value for _section, part_ in selectors.eform_lines(ORDER, answers) for line in part_}
    assert lines["Hàng 1"] == "Tên hàng: Gạo; Số lượng: 2; Đơn giá: 20.000 đ; Thành tiền: 40.000 đ"
    assert lines[f"Người nộp: {person}"] == "Trần Thị Duyên"
    assert (lines["Tổng tiền"], lines["Sơ đồ"]) == ("40.000 đ", "so-do.pdf")
    missing = selectors.check_answers(ORDER, answers | {"nguoi_nop": {"ho_ten": "A"}, "cam_doan": False}, on=ON)
    assert set(missing) == {"nguoi_nop", "cam_doan"}


@pytest.mark.parametrize(
    ("place", "name", "change", "words"),
    [
        ("properties/tong/x-computed", "tong", {"x-computed": "sum(hang.map(r, r.gia))"}, "At letter 19"),
        ("properties/tong/x-computed", "tong", {"x-computed": "khac + 1"}, "“khac”"),
        ("properties/tong/x-computed", "tong", {"x-computed": "ngay_sinh"}, "must give a number"),
        ("properties/tong/x-computed", "tong", {"x-computed": "1 +"}, "ends too early"),
        ("properties/tong/x-computed", "tong", {"x-computed": "1 + " * 200 + "1"}, "at most 500"),
        ("properties/tong/x-checks/0", "tong", {"x-checks": [{"rule": "tong > 'a'", "message": "x"}]}, "At letter 6"),
        ("properties/hang/x-show-if", "hang", {"x-show-if": "tong > 5"}, "not asked before"),
        ("properties/hang/x-show-if", "hang", {"x-show-if": "today > '2026-01-01'"}, "cannot look at the day"),
        ("properties/hang/maxItems", "hang", {"maxItems": 5000}, "at most 50"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_at_saving_with_its_place(
    place: str, name: str, change: dict[str, Any], words: str
) -> None:
    schema = copy.deepcopy(ORDER)
    schema["properties"][name] |= change

    with translation.override("en"), pytest.raises(SchemaRefused) as caught:
        check_schema(schema)

    assert words in caught.value.fields[place][0]


def test_expressions_cannot_run_away_or_leave_their_answers() -> None:
    types = (("l", "rows"),)
    rows = [{"a": 1.0}] * 50
    with pytest.raises(expressions.NotComputed):  # 125,000 rounds
        expressions.evaluate("count(l.map(a, l.map(b, l.map(c, 1)))) > 0", types, {"l": rows})
    for bad in ("__import__('os')", "l.__class__", "open('x')", "(" * 100 + "1" + ")" * 100):
        assert expressions.mistake(bad, types, gives="boolean"), bad


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_begins_sound_and_is_drawn_empty_and_bound(kind: str) -> None:
    schema = selectors.form_editing.empty_form("Thử")
    schema, name = selectors.form_editing.with_field(schema, "chung", kind, "Ô mới")

    check_schema(schema)
    assert services.eform_form(schema, None, "chung", on=ON).nodes
    services.eform_form(schema, sent(), "chung", on=ON).is_valid()
    assert name == "o_moi"
