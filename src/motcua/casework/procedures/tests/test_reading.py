"""Reading records with the portal's known defects: limits, fees, papers, steps."""

from typing import Any

import pytest

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.fees import read_fees
from motcua.casework.procedures.reading.limits import read_limits
from motcua.casework.procedures.reading.papers import propose_kind, read_cases, read_sets
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.reading.text import clean, sentence_case, split_steps
from motcua.casework.procedures.tests.conftest import make_record

AFTER_15 = "nếu tiếp nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"


def method(value: Any, unit: str | None, **changes: Any) -> dict[str, Any]:
    return {"channel": "direct", "time_value": value, "time_unit": unit, "time_text": "", "description": ""} | changes


@pytest.mark.parametrize(
    ("case", "value", "unit", "text", "expected"),
    [
        ("working days", 5, "working_day", "", (5, "working_day", False)),
        ("half a working day more", 2.5, "working_day", "", (20, "working_hour", False)),
        ("value as text with comma", "2,5", "working_day", "", (20, "working_hour", False)),
        ("calendar days", 20, "day", "", (20, "day", False)),
        ("months", 3, "month", "", (3, "month", False)),
        ("years are months", 3, "year", "", (36, "month", False)),
        ("few hours are working hours", 4, "hour", "", (4, "working_hour", False)),
        ("24 hours could be a day", 24, "hour", "", (24, "working_hour", True)),
        ("bare number is proposed as working days", 5, "other", "", (5, "working_day", True)),
        ("bare one within the day", 1, "other", "trả kết quả ngay trong ngày", (0, "same_day", False)),
        ("bare one after 15 o'clock", 1, "other", AFTER_15, (0, "same_day", True)),
        ("bare one beside one said number", 1, "other", "trong thời hạn 03 ngày làm việc", (3, "working_day", True)),
        ("nothing beside one said number", None, None, "trong 03 (ba) ngày làm việc", (3, "working_day", True)),
        ("nothing beside two said numbers", None, None, "03 ngày làm việc, 05 ngày làm việc", (0, "none", False)),
        ("bare one and nothing said", 1, "other", "", (0, "none", True)),
        ("nothing at all", None, None, "", (0, "none", False)),
        ("an unreadable number", "x", "day", "", (0, "none", False)),
    ],
)
def test_limits_are_read(case: str, value: Any, unit: str | None, text: str, expected: tuple[int, str, bool]) -> None:
    limit = read_limits([method(value, unit)], text, Notebook(1))[0]

    assert (limit.value, limit.unit, limit.needs_review) == expected, case


def test_a_doubtful_limit_is_reported_by_place() -> None:
    notebook = Notebook(7, "1.000001")

    read_limits([method(3, "working_day"), method(5, "other")], "", notebook)

    assert [(problem.line, problem.place) for problem in notebook.problems] == [
        (7, "submission_methods[1].time_unit"),
        (7, "submission_methods"),
    ]


def test_an_addition_for_remote_places_in_a_channels_row_is_never_promised() -> None:
    methods = [method(8, "working_day", channel="online"), method(18, "working_day")]

    limits = read_limits(methods, "đối với xã miền núi, hải đảo thì tăng thêm 10 ngày", Notebook(1))

    assert [limit.needs_review for limit in limits] == [False, True]


def test_a_second_row_of_a_channel_for_islands_is_a_kind_of_place() -> None:
    methods = [method(8, "working_day"), method(18, "working_day", description="đối với vùng sâu, hải đảo")]

    limits = read_limits(methods, "", Notebook(1))

    assert [limit.place_kind for limit in limits] == ["any", "remote"]


def test_an_unknown_channel_is_left_out_and_reported() -> None:
    notebook = Notebook(1)

    assert read_limits([method(1, "day", channel="fax")], "", notebook) == ()
    assert notebook.problems[0].place == "submission_methods[0].channel"


@pytest.mark.parametrize(
    ("case", "amount", "currency", "note", "expected"),
    [
        ("plain", 8000, "VND", "Lệ phí", (8000, "charge")),
        ("free without a word", 0, "VND", "", (0, "unsaid")),
        ("free in words", 0, "VND", "Không thu", (0, "unsaid")),
        ("free of charge", 0, "VND", "Miễn lệ phí.", (0, "charge")),
        ("zero that is not free", 0, "VND", "Theo quy định của Hội đồng nhân dân cấp tỉnh", (None, "unsaid")),
        ("free only for some", 0, "VND", "Miễn lệ phí cho người thuộc hộ nghèo", (None, "charge")),
        ("thousands as units, said", 150, "VND", "Phí thẩm định 150.000 đồng/giấy", (150000, "fee")),
        ("thousands as units, unsaid", 25, "VND", "", (None, "unsaid")),
        ("dollars in the note", 145, "VND", "145 USD/thẻ", (None, "unsaid")),
        ("another currency", 10, "USD", "/bản", (None, "unsaid")),
        ("nothing", None, None, "Chi tiết tại biểu phí", (None, "fee")),
        ("kind told", 3000, "VND", "", (3000, "unsaid")),
    ],
)
def test_fees_are_read(case: str, amount: Any, currency: str | None, note: str, expected: tuple[Any, str]) -> None:
    fee = {"kind": None, "amount": amount, "currency": currency, "note": note}

    read = read_fees([method(1, "day", fees=[fee])], Notebook(1))[0]

    assert (read.amount_vnd, read.kind) == expected, case


def test_an_incredible_fee_is_reported_and_left_open() -> None:
    notebook = Notebook(1)

    read = read_fees([method(1, "day", fees=[{"amount": 25, "currency": "VND", "note": ""}])], notebook)

    assert read[0].amount_vnd is None
    assert notebook.problems[0].place == "submission_methods[0].fees[0].amount"


@pytest.mark.parametrize(
    ("name", "originals", "copies", "expected"),
    [
        ("Tờ khai đăng ký kết hôn", 1, 0, "submit"),
        ("Bản sao thẻ căn cước", 0, 1, "submit"),
        ("Hộ chiếu xuất trình để đối chiếu", 1, 0, "show"),
        ("Xuất trình bản chính và nộp bản sao hộ chiếu", 1, 1, "submit"),
        ("Lưu ý: giấy tờ nước ngoài phải được hợp pháp hóa", 1, 0, "note"),
        ("Số lượng hồ sơ: 02 bộ", 1, 1, "note"),
        ("Giấy tờ chứng minh là một trong các giấy tờ sau đây:", 0, 0, "note"),
        ("Người tiếp nhận có trách nhiệm kiểm tra", 1, 0, "note"),
        ("Trường hợp đã có dữ liệu thì không phải nộp", 0, 0, "note"),
        ("Trường hợp ủy quyền thì có văn bản ủy quyền", 1, 0, "submit"),
        ("Giấy báo tử; đã có bản điện tử thì không phải nộp bản giấy", 1, 0, "submit"),
        ("(v) Người ủy quyền chịu trách nhiệm trước pháp luật", 0, 1, "note"),
    ],
)
def test_a_kind_is_proposed_for_each_line_of_papers(name: str, originals: int, copies: int, expected: str) -> None:
    assert propose_kind(name, originals=originals, copies=copies) == expected


def test_headings_that_pose_as_cases_become_kinds_of_one_case() -> None:
    raw = [
        {"case": "* Giấy tờ phải nộp:", "components": [{"name": "Giấy báo tử", "originals": 1, "copies": 0}]},
        {"case": "* Giấy tờ phải xuất trình:", "components": [{"name": "Hộ chiếu", "originals": 1, "copies": 0}]},
        {"case": "* Lưu ý :", "components": [{"name": "Bản chụp phải rõ nét", "originals": 1, "copies": 0}]},
    ]

    cases = read_cases(raw, Notebook(1))

    assert [case.name for case in cases] == [""]
    assert [component.kind for component in cases[0].components] == ["submit", "show", "note"]


def test_notes_beside_real_cases_belong_to_each_of_them() -> None:
    raw = [
        {"case": "Trường hợp cấp mới", "components": [{"name": "Đơn", "originals": 1, "copies": 0}]},
        {"case": "Trường hợp cấp lại", "components": [{"name": "Đơn", "originals": 1, "copies": 0}]},
        {"case": "Lưu ý", "components": [{"name": "Nộp một bộ", "originals": 0, "copies": 0}]},
    ]

    cases = read_cases(raw, Notebook(1))

    assert [(case.name, len(case.components)) for case in cases] == [
        ("Trường hợp cấp mới", 2),
        ("Trường hợp cấp lại", 2),
    ]


def test_the_name_of_an_only_case_becomes_a_note() -> None:
    paper = {"name": "Đơn", "originals": 1, "copies": 0}

    cases = read_cases(
        [{"case": "Trường hợp ủy quyền thì kèm một trong các giấy sau:", "components": [paper]}], Notebook(1)
    )

    assert [case.name for case in cases] == [""]
    assert [(item.name[:10], item.kind) for item in cases[0].components] == [("Trường hợp", "note"), ("Đơn", "submit")]


def test_numbered_papers_are_put_in_order() -> None:
    names = ["(3) Ba", "(1) Một", "(2) Hai"]
    raw = [{"case": "", "components": [{"name": name, "originals": 1, "copies": 0} for name in names]}]

    assert [item.name for item in read_cases(raw, Notebook(1))[0].components] == ["(1) Một", "(2) Hai", "(3) Ba"]


def test_a_longer_limit_online_needs_review() -> None:
    methods = [method(20, "working_day", channel="online"), method(8, "working_day")]

    assert [limit.needs_review for limit in read_limits(methods, "", Notebook(1))] == [True, False]


def test_copies_are_told_apart() -> None:
    names = ["Bản sao có chứng thực giấy phép", "Bản chụp giấy phép", "Hóa đơn thương mại: 01 bản chụp"]
    counts = [(0, 1), (0, 2), (0, 0)]
    raw = [
        {
            "case": "",
            "components": [
                {"name": name, "originals": originals, "copies": copies}
                for name, (originals, copies) in zip(names, counts, strict=True)
            ],
        }
    ]

    components = read_cases(raw, Notebook(1))[0].components

    assert [(item.certified_copies, item.plain_copies) for item in components] == [(1, 0), (0, 2), (0, 1)]
    assert components[2].kind == "submit"


def test_the_number_of_sets_is_read_from_words() -> None:
    assert read_sets(make_record(procedure_text="Số lượng hồ sơ: 02 (hai) bộ.")) == 2
    assert read_sets(make_record()) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Bước 1: Nộp hồ sơ.\n- Bước 2: Trả kết quả.", [("Bước 1", 1), ("Bước 2", 1)]),
        ("+ Bước 1.\n++ Trường hợp 1: a\n+ Bước 2. b", [("Bước 1", 1), ("Bước 2", 1)]),
        ("Theo Nghị định 1.\nBước 1: a\nthêm", [("", 1), ("Bước 1", 2)]),
        ("- Một\n+ con của một\n- Hai", [("", 2), ("", 1)]),
        ("* * Trường hợp trực tiếp:\n- Một\n- Hai", [("Trường hợp trực tiếp", 1), ("", 1)]),
        ("", []),
    ],
)
def test_steps_are_split(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(step["heading"], len(step["paragraphs"])) for step in split_steps(text)] == expected


def test_text_is_cleaned() -> None:
    assert clean("  Ủy\u200b ban  nhân dân \r\n\n xã ") == "Ủy ban nhân dân\nxã"
    assert clean("Không có thông tin") == ""
    assert sentence_case("THỦ TỤC ĐĂNG KÝ HOẠT ĐỘNG") == "Thủ tục đăng ký hoạt động"
    assert sentence_case("Cấp thẻ BHYT") == "Cấp thẻ BHYT"


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"code": "abc"}, "code"), ({"name": " "}, "name"), ({"field": None}, "field")],
)
def test_a_record_without_its_heart_is_refused(changes: dict[str, Any], place: str) -> None:
    notebook = Notebook(1)

    assert read_record(make_record(**changes), notebook) is None
    assert [problem.place for problem in notebook.problems if problem.is_fatal] == [place]


def test_audiences_are_grouped() -> None:
    audience = [
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Doanh nghiệp có vốn đầu tư nước ngoài",
        "Công dân Việt Nam",
    ]

    draft = read_record(make_record(audience=audience), Notebook(1))

    assert draft is not None
    assert draft.columns["audience_groups"] == ["citizen", "enterprise", "organisation"]


@pytest.mark.parametrize(
    ("methods", "text", "expected"),
    [
        ([method(5, "working_day"), method(5, "working_day", channel="online")], "", [("", False), ("", False)]),
        (
            [method(5, "working_day"), method(3, "working_day", channel="online")], "",
            [("by_channel", False), ("by_channel", False)],
        ),
        ([method(5, "working_day"), method(7, "working_day")], "", [("repeated", True), ("repeated", True)]),
        ([method(5, "working_day"), method(5, "working_day")], "", [("repeated", False), ("repeated", False)]),
        (
            [method(8, "working_day", channel="online"), method(18, "working_day")], "vùng sâu, vùng xa thêm 10 ngày",
            [("by_channel", False), ("remote", True)],
        ),
        ([method(5, "other")], "", [("doubtful", True)]),
    ],
)  # fmt: skip
def test_limits_that_differ_or_repeat_are_flagged(
    methods: list[dict[str, Any]], text: str, expected: list[tuple[str, bool]]
) -> None:
    read = read_limits(methods, text, Notebook(1))

    assert [(limit.flag, limit.needs_review) for limit in read] == expected
