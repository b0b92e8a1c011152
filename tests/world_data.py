"""What the test world is made of: plain data, all people invented."""

from typing import Any

UNITS: dict[str, dict[str, Any]] = {
    "province": {
        "code": "T01", "kind": "province", "level": "province", "name": "Ủy ban nhân dân tỉnh An Giang",
        "short_name": "UBND tỉnh An Giang", "name_en": "People's Committee of An Giang Province",
    },
    "province_centre": {
        "code": "T01.01", "kind": "province_centre", "level": "province", "parent": "province",
        "name": "Trung tâm Phục vụ hành chính công tỉnh An Giang", "short_name": "Trung tâm PVHCC tỉnh",
    },
    "department": {
        "code": "T01.02", "kind": "department", "level": "province", "parent": "province",
        "name": "Sở Xây dựng tỉnh An Giang", "short_name": "Sở Xây dựng",
    },
    "commune": {
        "code": "T01.34", "kind": "commune", "level": "commune", "parent": "province", "ward_code": "30307",
        "name": "Ủy ban nhân dân phường Long Xuyên", "short_name": "Phường Long Xuyên",
        "name_en": "People's Committee of Long Xuyen Ward", "address": "99 Nguyễn Thái Học, phường Long Xuyên",
    },
    "office": {
        "code": "T01.34.1", "kind": "division", "level": "commune", "parent": "commune", "division_kind": "office",
        "name": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "short_name": "Văn phòng HĐND và UBND",
    },
    "economy": {
        "code": "T01.34.2", "kind": "division", "level": "commune", "parent": "commune", "division_kind": "economy",
        "name": "Phòng Kinh tế, Hạ tầng và Đô thị", "short_name": "Phòng Kinh tế, Hạ tầng và Đô thị",
    },
    "centre": {
        "code": "T01.34.4", "kind": "commune_centre", "level": "commune", "parent": "commune",
        "division_kind": "centre", "name": "Trung tâm Phục vụ hành chính công phường Long Xuyên",
        "short_name": "Trung tâm Phục vụ hành chính công",
    },
    "other_commune": {
        "code": "T01.35", "kind": "commune", "level": "commune", "parent": "province", "ward_code": "30310",
        "name": "Ủy ban nhân dân xã Mỹ Đức", "short_name": "Xã Mỹ Đức",
    },
    "other_centre": {
        "code": "T01.35.4", "kind": "commune_centre", "level": "commune", "parent": "other_commune",
        "division_kind": "centre", "name": "Trung tâm Phục vụ hành chính công xã Mỹ Đức", "short_name": "Trung tâm xã",
    },
}  # fmt: skip

# user name -> full name, then (unit, role, title) of each post
STAFF: dict[str, tuple[Any, ...]] = {
    "tiepnhan": ("Lâm Thị Ngọc Bích", ("centre", "receptionist", "Công chức tiếp nhận")),
    "tiepnhan2": (
        "Phạm Gia Hân",
        ("centre", "receptionist", "Công chức tiếp nhận, quầy 1"),
        ("centre", "receptionist", "Công chức tiếp nhận, quầy 2"),
    ),
    "canbo": ("Nguyễn Hoàng Phúc", ("economy", "officer", "Chuyên viên")),
    "canbo2": ("Võ Minh Khang", ("economy", "officer", "Chuyên viên xây dựng")),
    "truongphong": ("Lê Quốc Thái", ("economy", "division_head", "Trưởng phòng")),
    "lanhdao": ("Trần Văn Lợi", ("commune", "leader", "Phó Chủ tịch Ủy ban nhân dân")),
    "vanthu": ("Đỗ Thị Hạnh", ("office", "clerk", "Văn thư")),
    "kiemnhiem": (
        "Huỳnh Nhật Tân",
        ("economy", "officer", "Công chức kinh tế"),
        ("office", "clerk", "Văn thư kiêm nhiệm"),
        ("centre", "receptionist", "Công chức tiếp nhận kiêm nhiệm"),
    ),
    "kiemsoat": ("Bùi Thanh Liêm", ("province", "controller", "Chuyên viên kiểm soát thủ tục hành chính")),
    "quantri": ("Ngô Quốc Bảo", ("province_centre", "administrator", "Quản trị hệ thống")),
    "tinh.tiepnhan": ("Thạch Thị Sô Phi", ("province_centre", "receptionist", "Công chức tiếp nhận")),
    "so.canbo": ("Đặng Hữu Nghĩa", ("department", "officer", "Chuyên viên Sở")),
    "xa.tiepnhan": ("Lý Kim Yến", ("other_centre", "receptionist", "Công chức tiếp nhận")),
    "buudien": ("Trương Mỹ Lệ", ("centre", "postal_receptionist", "Nhân viên bưu điện tiếp nhận, trả kết quả")),
    "thuky": ("Cao Thanh Trúc", ("commune", "secretary", "Thư ký Phó Chủ tịch")),
    "thanhtra": ("Mai Đức Thiện", ("province", "inspector", "Thanh tra viên")),
    "huongdan": ("Quách Bảo Ngân", ("centre", "guide", "Đoàn viên hướng dẫn tại ki-ốt")),
    "lanhdao.tinh": ("Hồ Trung Nghĩa", ("province", "leader", "Phó Chủ tịch Ủy ban nhân dân tỉnh")),
    "baovedulieu": ("Tô Hoài An", ("province", "data_protection", "Người phụ trách bảo vệ dữ liệu cá nhân")),
}
CITIZENS: dict[str, dict[str, str]] = {
    "congdan": {
        "full_name": "Trần Thị Mỹ Duyên", "identity": "089187004127", "phone": "0913000128",
        "email": "duyen@example.vn",
    },
    "congdan2": {"full_name": "Phan Thị Bích Trâm", "identity": "089191000555", "phone": "0913000555"},
}  # fmt: skip


def _record(
    code: str, name: str, field: str, time: str, fees: list[dict[str, Any]], papers: list[tuple[str, int, int]]
) -> dict[str, Any]:
    unit, value = ("other", None) if time == "Trong ngày" else ("working_day", int(time.split()[0]))
    methods = [
        {"channel": channel, "time_value": value, "time_unit": unit, "time_text": time, "fees": fees, "description": ""}
        for channel in ("direct", "online", "postal")
    ]
    components = [
        {"name": paper, "originals": originals, "copies": copies, "form_files": []}
        for paper, originals, copies in papers
    ]
    return {
        "code": code, "name": name, "field": field, "levels": ["xa"], "audience": ["Công dân Việt Nam"],
        "decision_no": "2353/QĐ-BTC", "decision_issuer": "BTC", "type": "", "submission_methods": methods,
        "dossier_cases": [{"case": "", "components": components}],
        "results": [{"code": "", "name": "Giấy chứng nhận đăng ký hộ kinh doanh"}],
        "legal_bases": [{"number": "168/2025/NĐ-CP", "title": "Nghị định về đăng ký doanh nghiệp"}],
        "procedure_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.", "executing_agencies": [],
        "executing_agency_text": "Ủy ban nhân dân cấp xã", "competent_agency": "Ủy ban nhân dân cấp xã",
        "authorized_agency": "", "coordinating_agency": "", "receiving_address": "", "requirements": "",
        "description": "", "keywords": "", "portal_url": "",
    }  # fmt: skip


RECORDS = [
    _record(
        "1.001612", "Đăng ký thành lập hộ kinh doanh", "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
        "03 Ngày làm việc", [{"amount": 50000, "currency": "VND", "kind": None, "note": "Lệ phí"}],
        [("Giấy đề nghị đăng ký hộ kinh doanh", 1, 0), ("Bản sao văn bản ủy quyền của thành viên hộ gia đình", 0, 1)],
    ),
    _record(
        "2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Chứng thực", "Trong ngày", [],
        [("Bản chính giấy tờ làm cơ sở để chứng thực bản sao", 1, 0)],
    ),
]  # fmt: skip

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Giấy đề nghị đăng ký hộ kinh doanh",
    "properties": {
        "ten_ho": {"type": "string", "title": "Tên hộ kinh doanh", "x-title-en": "Name of the household business"},
        "von": {"type": "integer", "title": "Vốn kinh doanh", "x-title-en": "Capital", "x-widget": "money"},
        "nganh": {"type": "string", "title": "Ngành, nghề kinh doanh", "x-title-en": "Line of business"},
    },
    "required": ["ten_ho"],
    "x-sections": [
        {
            "code": "ho-kinh-doanh", "title": "Hộ kinh doanh", "title-en": "Household business",
            "fields": ["ten_ho", "von", "nganh"],
        }
    ],
}  # fmt: skip

_LANES: dict[str, dict[str, str]] = {
    "quay": {"name": "Trung tâm Phục vụ hành chính công", "role": "receptionist", "place": "receiving"},
    "phong": {"name": "Phòng chuyên môn", "role": "officer", "place": "competent", "division": "economy"},
    "truong": {"name": "Trưởng phòng", "role": "division_head", "place": "competent", "division": "economy"},
    "lanhdao": {"name": "Lãnh đạo Ủy ban nhân dân", "role": "leader", "place": "competent"},
    "vanthu": {"name": "Văn thư", "role": "clerk", "place": "competent", "division": "office"},
}


def _task(
    name: str, en: str, lane: str, hours: float | None, act: str, *outcomes: list[Any], **more: Any
) -> dict[str, Any]:
    task = {"name": name, "en": en, "lane": lane, "act": act, "outcomes": list(outcomes)} | more
    return task | ({"hours": hours} if hours is not None else {})


_INTAKE = _task("Tiếp nhận hồ sơ", "Take in", "quay", 2, "intake", ["taken", "Đã tiếp nhận", "Taken in"])
_ISSUE = _task("Cấp số, đóng dấu", "Number and seal", "vanthu", 1, "issue", ["issued", "Phát hành", "Issued"])
_TO_DESK = _task(
    "Chuyển kết quả ra quầy", "Bring to the desk", "vanthu", 1, "to_desk", ["brought", "Đã chuyển", "Brought"]
)
_RETURN = _task("Trả kết quả", "Return the result", "quay", None, "return_result", ["returned", "Đã trả", "Returned"])

PROCESSES: list[dict[str, Any]] = [
    {
        "id": "ho_kinh_doanh", "name": "Đăng ký hộ kinh doanh", "lanes": _LANES,
        "tasks": {
            "T1": _INTAKE,
            "T2": _task(
                "Thẩm định hồ sơ", "Examine", "phong", 8, "examine",
                ["enough", "Trình trưởng phòng", "Submit to the head"],
                ["lacking", "Yêu cầu bổ sung", "Ask for a supplement", "secondary", True],
                ["not_eligible", "Đề nghị từ chối", "Propose a refusal", "danger", True],
            ),
            "R1": _task(
                "Chờ công dân bổ sung", "Wait for the citizen", "phong", None, "wait_supplement",
                ["answered", "Đã bổ sung", "Answered"], holder="citizen", pauses=True,
            ),
            "T3": _task(
                "Kiểm tra dự thảo", "Check the draft", "truong", 4, "check",
                ["agreed", "Trình lãnh đạo ký", "Submit for signature"],
                ["return", "Trả lại", "Return", "secondary", True],
            ),
            "T4": _task(
                "Ký kết quả", "Sign", "lanhdao", 4, "sign", ["sign", "Ký", "Sign"],
                ["return", "Trả lại", "Return", "secondary", True],
            ),
            "T5": _ISSUE,
            "T6": _TO_DESK,
            "T7": _RETURN,
            "T8": _task("Ký từ chối", "Sign the refusal", "lanhdao", 4, "sign_refusal", ["sign", "Ký từ chối", "Sign"]),
        },
        "gateways": {
            "X1": {"name": "Đủ điều kiện?", "kind": "xor", "lane": "phong"},
            "X2": {"name": "Đồng ý?", "kind": "xor", "lane": "truong"},
            "X3": {"name": "Ký?", "kind": "xor", "lane": "lanhdao"},
        },
        "ends": {"E1": {"name": "Đã trả kết quả"}},
        "flows": [
            "start -> T1 -> T2 -> X1", "X1 -> T3 [enough]", "X1 -> R1 [lacking]", "X1 -> T8 [not_eligible]", "R1 -> T2",
            "T3 -> X2", "X2 -> T4 [agreed]", "X2 -> T2 [return]", "T4 -> X3", "X3 -> T5 [sign]", "X3 -> T3 [return]",
            "T8 -> T5", "T5 -> T6 -> T7 -> E1",
        ],
    },
    {
        "id": "chung_thuc", "name": "Chứng thực bản sao",
        "lanes": {k: _LANES[k] for k in ("quay", "lanhdao", "vanthu")},
        "tasks": {
            "T1": _INTAKE,
            "T4": _task("Ký chứng thực", "Sign the batch", "lanhdao", 2, "sign", ["sign", "Ký", "Sign"]),
            "T5": _ISSUE, "T6": _TO_DESK, "T7": _RETURN,
        },
        "ends": {"E1": {"name": "Đã trả bản sao"}},
        "flows": ["start -> T1 -> T4 -> T5 -> T6 -> T7 -> E1"],
    },
]  # fmt: skip

OFFERS: list[dict[str, Any]] = [
    {"procedure_code": "1.001612", "process_code": "ho_kinh_doanh", "eform_code": "ho-kinh-doanh"},
    {"procedure_code": "2.000815", "process_code": "chung_thuc", "channels": ["direct"], "quick_form": "certification"},
]

# act of the open task, the outcome that leads on, who does it
STRAIGHT_WAY = (
    ("examine", "enough", "canbo"),
    ("check", "agreed", "truongphong"),
    ("sign", "sign", "lanhdao"),
    ("issue", "issued", "vanthu"),
    ("to_desk", "brought", "vanthu"),
    ("return_result", "returned", "tiepnhan"),
)
