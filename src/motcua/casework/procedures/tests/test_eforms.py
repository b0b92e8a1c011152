"""The form engine: schema checks, drawing by section, conditions, entries and messages."""

import copy
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.eforms.checking import check_schema
from motcua.casework.procedures.eforms.conditions import holds
from motcua.casework.procedures.eforms.entries import read_entry, show_entry
from motcua.casework.procedures.tests.conftest import AT
from motcua.casework.procedures.tests.samples import HO, HOUSEHOLD_BUSINESS
from motcua.casework.procedures.types import SchemaRefused
from motcua.foundation.accounts.types import SYSTEM


def posted(**entries: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in entries.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_the_sample_is_a_sound_schema() -> None:
    check_schema(HOUSEHOLD_BUSINESS)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("schema", {"type": "array"}),
        ("properties", {"properties": 5}),
        ("required/khac", {"required": ["khac"]}),
        ("x-sections", {"x-sections": []}),
    ],
)
def test_an_unsound_schema_is_refused_by_place(place: str, change: dict[str, Any]) -> None:
    with pytest.raises(SchemaRefused) as caught:
        check_schema(HOUSEHOLD_BUSINESS | change)

    assert place in caught.value.fields


@pytest.mark.parametrize(
    ("place", "name", "prop"),
    [
        ("properties/von", "von", {"type": "integer"}),
        ("properties/von/x-widget", "von", {"type": "string", "title": "Vốn", "x-widget": "money"}),
        ("properties/loai/x-labels", "loai", {"type": "string", "title": "Ai", "enum": ["a"]}),
        ("properties/loai", "loai", {"type": "string", "title": "Ai", "x-widget": "radio"}),
        ("properties/ten_ho/x-prefill", "ten_ho", {"type": "string", "title": "Tên", "x-prefill": "shoe_size"}),
        (
            "properties/von/x-show-if",
            "von",
            {"type": "integer", "title": "Vốn", "x-show-if": {"field": "nganh", "in": ["an_uong"]}},
        ),
        ("properties/von/x-show-if", "von", {"type": "integer", "title": "Vốn", "x-show-if": {"oops": 1}}),
        ("properties/moi", "moi", {"type": "string", "title": "Mới"}),
    ],
)
def test_an_undrawable_property_is_refused_by_place(place: str, name: str, prop: dict[str, Any]) -> None:
    schema = copy.deepcopy(HOUSEHOLD_BUSINESS)
    schema["properties"][name] = prop

    with pytest.raises(SchemaRefused) as caught:
        check_schema(schema)

    assert place in caught.value.fields


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ({"field": "a", "equals": 1}, True),
        ({"field": "a", "equals": 2}, False),
        ({"field": "a", "in": [1, 2]}, True),
        ({"field": "list", "in": ["x"]}, True),
        ({"field": "list", "equals": "z"}, False),
        ({"field": "missing", "equals": False}, True),
        ({"field": "missing", "equals": True}, False),
        ({"all": [{"field": "a", "equals": 1}, {"field": "a", "equals": 2}]}, False),
        ({"any": [{"field": "a", "equals": 1}, {"field": "a", "equals": 2}]}, True),
        ({"not": {"field": "a", "equals": 1}}, False),
    ],
)
def test_conditions(condition: Any, expected: bool) -> None:
    assert holds(condition, {"a": 1, "list": ["x", "y"]}) is expected


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("money", "50.000.000", 50_000_000),
        ("money", "50,000,000 đồng", 50_000_000),
        ("money", "50000000đ", 50_000_000),
        ("money", "năm chục triệu", None),
        ("money", "50.00", None),
        ("money", "9" * 5000, None),
        ("number", "9" * 400, None),
        ("identity", "٠٨٩١٨٦٠٠١٢٣٤", None),
        ("number", "12", 12),
        ("number", "2,5", 2.5),
        ("number", "nhiều", None),
        ("date", "27/3/1986", "1986-03-27"),
        ("date", "27-03-1986", "1986-03-27"),
        ("date", "1986-03-27", "1986-03-27"),
        ("date", "31/02/1986", None),
        ("date", "1986", None),
        ("identity", "089 186 001 234", "089186001234"),
        ("identity", "08918600123", None),
        ("phone", "0913 555 128", "0913555128"),
        ("phone", "+84 913555128", "0913555128"),
        ("phone", "12345", None),
        ("email", "duyen@example.vn", "duyen@example.vn"),
        ("email", "duyen", None),
    ],
)
def test_what_people_type_is_read(kind: str, typed: str, answer: Any) -> None:
    assert read_entry(kind, typed) == answer


def test_answers_are_shown_the_way_people_write_them() -> None:
    assert show_entry("date", "1986-03-27") == "27/03/1986"
    assert show_entry("money", 50_000_000) == "50.000.000"


def test_one_section_is_drawn_with_fitting_fields() -> None:
    form = services.eform_form(HOUSEHOLD_BUSINESS, None, "ho", stored={"von": 50_000_000})

    assert list(form.fields) == ["ten_ho", "von", "so_lao_dong", "loai", "nganh"]
    html = str(form)
    assert 'value="50.000.000"' in html
    assert 'inputmode="numeric"' in html
    assert 'type="radio"' in html
    assert not form.fields["so_lao_dong"].required


def test_a_sound_section_gives_canonical_answers() -> None:
    form = services.eform_form(HOUSEHOLD_BUSINESS, posted(**HO, so_lao_dong="3"), "ho")

    assert form.is_valid(), form.errors
    assert form.answers == {
        "ten_ho": "Cơm tấm Mỹ Duyên",
        "von": 50_000_000,
        "so_lao_dong": 3,
        "loai": "ca_nhan",
        "nganh": ["an_uong"],
        "giay_attp": False,
    }


@pytest.mark.parametrize(
    ("section", "entries", "name", "message"),
    [
        ("ho", HO | {"von": "năm chục triệu"}, "von", "Vốn kinh doanh phải là số tiền, ví dụ 50.000.000"),
        ("ho", HO | {"von": "0"}, "von", "Vốn kinh doanh phải từ 1 trở lên"),
        ("ho", HO | {"ten_ho": ""}, "ten_ho", "Nhập tên hộ kinh doanh"),
        ("ho", HO | {"ten_ho": "A"}, "ten_ho", "Tên hộ kinh doanh cần ít nhất 2 chữ cái"),
        ("ho", HO | {"loai": ""}, "loai", "Chọn ai đứng tên"),
        ("ho", HO | {"loai": "ma"}, "loai", "Ai đứng tên: chọn một trong các câu trả lời có sẵn"),
        ("ho", HO | {"nganh": []}, "nganh", "Chọn ngành nghề"),
        ("ho", HO | {"so_lao_dong": "20"}, "so_lao_dong", "Số lao động chỉ được đến 10"),
        ("ho", HO | {"loai": "gia_dinh"}, "thanh_vien", "Nhập tên các thành viên"),
        ("chu-ho", {"dien_thoai": ""}, "dien_thoai", "Nhập số điện thoại để cán bộ báo khi hồ sơ thay đổi"),
        ("chu-ho", {"dien_thoai": "1"}, "dien_thoai", "Số điện thoại chưa đúng, ví dụ 0913 555 128"),
        (
            "chu-ho",
            {"so_dinh_danh": "123"},
            "so_dinh_danh",
            "Số định danh cá nhân phải đủ 12 chữ số, như trên thẻ căn cước",
        ),
        ("chu-ho", {"ngay_sinh": "31/2/1986"}, "ngay_sinh", "Ngày sinh phải là ngày có thật, ví dụ 27/03/1986"),
    ],
)
def test_an_error_is_said_at_its_field_in_plain_words(
    section: str, entries: dict[str, Any], name: str, message: str
) -> None:
    with translation.override("vi"):
        form = services.eform_form(HOUSEHOLD_BUSINESS, posted(**entries), section)

        assert not form.is_valid()
        assert form.errors[name] == [message]


def test_what_was_typed_survives_an_error() -> None:
    form = services.eform_form(HOUSEHOLD_BUSINESS, posted(**HO | {"von": "năm chục triệu"}), "ho")

    form.is_valid()

    assert 'value="năm chục triệu"' in str(form["von"])


def test_a_conditional_field_appears_with_its_condition_and_goes_with_it() -> None:
    family = services.eform_form(HOUSEHOLD_BUSINESS, None, "ho", stored={"loai": "gia_dinh", "thanh_vien": "An, Bình"})
    alone = services.eform_form(HOUSEHOLD_BUSINESS, posted(**HO), "ho", stored={"loai": "gia_dinh"})
    alone.is_valid()
    stored = {"chu_ho": "Duyên", "loai": "gia_dinh", "thanh_vien": "An, Bình"}

    merged = selectors.merge_answers(HOUSEHOLD_BUSINESS, stored, alone)

    assert "thanh_vien" in family.fields
    assert "thanh_vien" not in alone.fields
    assert "thanh_vien" not in merged
    assert merged["chu_ho"] == "Duyên"


def test_a_hidden_section_is_left_out() -> None:
    assert [view.code for view in selectors.eform_sections(HOUSEHOLD_BUSINESS, {})] == ["chu-ho", "ho"]
    assert [view.code for view in selectors.eform_sections(HOUSEHOLD_BUSINESS, {"von": 1})] == [
        "chu-ho",
        "ho",
        "cam-doan",
    ]


def test_an_unknown_section_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        services.eform_form(HOUSEHOLD_BUSINESS, None, "khac")


def test_whole_answers_are_checked_before_they_are_handed_in() -> None:
    answers = {
        "chu_ho": "Trần Thị Mỹ Duyên",
        "so_dinh_danh": "089186001234",
        "dien_thoai": "0913555128",
        "ten_ho": "Cơm tấm",
        "von": 50_000_000,
        "loai": "ca_nhan",
        "nganh": ["tap_hoa"],
        "cam_doan": True,
    }

    assert selectors.check_answers(HOUSEHOLD_BUSINESS, answers) == {}
    assert set(selectors.check_answers(HOUSEHOLD_BUSINESS, answers | {"loai": "gia_dinh", "cam_doan": False})) == {
        "thanh_vien",
        "cam_doan",
    }
    assert set(selectors.check_answers(HOUSEHOLD_BUSINESS, answers | {"von": "1", "la": 1})) == {"von", "la"}


def test_answers_are_listed_for_checking() -> None:
    answers = {"ten_ho": "Cơm tấm", "von": 50_000_000, "loai": "ca_nhan", "nganh": ["an_uong", "tap_hoa"]}

    with translation.override("vi"):
        lines = {
            line.name: line.value for _view, part in selectors.eform_lines(HOUSEHOLD_BUSINESS, answers) for line in part
        }

    assert lines["von"] == "50.000.000 đ"
    assert lines["loai"] == "Một cá nhân"
    assert lines["nganh"] == "Ăn uống, Tạp hóa"
    assert lines["so_lao_dong"] == ""


def test_labels_follow_the_language() -> None:
    with translation.override("en"):
        form = services.eform_form(HOUSEHOLD_BUSINESS, posted(), "ho")
        form.is_valid()
        title = selectors.eform_sections(HOUSEHOLD_BUSINESS, {})[1].title

    assert form.fields["ten_ho"].label == "Name of the business"
    assert form.errors["ten_ho"] == ["Enter name of the business"]
    assert title == "Your business"


@pytest.mark.django_db
def test_a_form_is_saved_by_version_after_its_check() -> None:
    save = {"code": "hkd", "name": "Hộ kinh doanh", "actor": SYSTEM, "at": AT}

    first = services.save_eform_version(schema=HOUSEHOLD_BUSINESS, valid_from=date(2026, 1, 1), **save)
    again = services.save_eform_version(schema=HOUSEHOLD_BUSINESS, valid_from=date(2026, 2, 1), **save)
    changed = services.save_eform_version(
        schema=HOUSEHOLD_BUSINESS | {"title": "Mới"}, valid_from=date(2026, 3, 1), **save
    )

    assert again == first
    assert (first.number, changed.number) == (1, 2)
    assert selectors.eform_version_in_force(first.eform_id, on=date(2026, 2, 28)) == first
    assert selectors.eform_schema(changed.pk)["title"] == "Mới"
    with pytest.raises(SchemaRefused):
        services.save_eform_version(schema={"type": "object"}, valid_from=date(2026, 4, 1), **save)
