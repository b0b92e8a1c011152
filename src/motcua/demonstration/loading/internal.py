"""Documents that departments are drafting, each at another step of the packaged process."""

from datetime import datetime, timedelta
from typing import Any

from motcua.casework.internal import selectors, services
from motcua.casework.internal.types import CaseStart, CaseStepInput
from motcua.demonstration import pairing
from motcua.demonstration.loading.catalogue import DECISION
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

CODE = "legal_document"
# (title, code of the department, days ago, outcome and note of each step done after the start)
CASES: tuple[tuple[str, str, int, tuple[tuple[str, str], ...]], ...] = (
    (
        "Quy định mức hỗ trợ học phí tại các cơ sở giáo dục công lập (minh họa)", "H01.08", 6,
        (("agree", "Giao soạn thảo"),),
    ),
    (
        "Quy định hạn mức giao đất ở trên địa bàn tỉnh (minh họa)", "H01.04", 45,
        (("agree", ""), ("prepared", "Dự thảo lần 1"), ("send", "Gửi các sở, địa phương góp ý")),
    ),
    (
        "Quy định phân cấp quản lý công trình cấp nước sạch (minh họa)", "H01.03", 90,
        (
            ("agree", ""), ("prepared", "Dự thảo lần 1"), ("send", ""),
            ("agree_with", "Làm rõ trách nhiệm cấp xã tại Điều 5"),
            ("agree", ""), ("prepared", "Tiếp thu ý kiến về Điều 5"), ("agree", ""), ("prepared", "Báo cáo thẩm định"),
        ),
    ),
)  # fmt: skip
ASKED = ("H01.02", "H01.06")
ANSWERS: dict[str, Any] = {
    "loai": "moi",
    "can_cu": "Luật Tổ chức chính quyền địa phương; Luật Ban hành văn bản quy phạm pháp luật.",
    "ly_do": "Quy định hiện hành ban hành trước khi sắp xếp đơn vị hành chính, không còn phù hợp (minh họa).",
    "pham_vi": "Áp dụng trên địa bàn toàn tỉnh.",
    "chinh_sach": "Thống nhất mức áp dụng giữa các địa bàn; giao thẩm quyền cho cấp xã; giảm giấy tờ phải nộp.",
    "thu_tuc": "khong",
    "kinh_phi": 20_000_000,
}


def load_internal(*, at: datetime) -> int:
    """Put the packaged process in force and start what is not there yet; return how many were started."""
    services.load_packaged(decision_number=DECISION, valid_from=pairing.valid_from(), at=at)
    done = 0
    for title, department, days, steps in CASES:
        agency_id = organisations.agency_id_of(department)
        if agency_id is not None and not selectors.is_started(CODE, title):
            _play(title, agency_id, at - timedelta(days=days), steps, at)
            done += 1
    return done


def _play(title: str, agency_id: int, since: datetime, steps: tuple[tuple[str, str], ...], until: datetime) -> None:
    start = CaseStart(CODE, title, agency_id, ANSWERS, due_on=civil_day(until) + timedelta(days=60))
    case = services.start_case(start=start, actor=SYSTEM, at=since)
    pause = (until - since) / (len(steps) + 1)
    asked = tuple(item for code in ASKED if (item := organisations.agency_id_of(code)) is not None)
    for number, (outcome, note) in enumerate(steps, start=1):
        at = since + pause * number
        task = selectors.first_step(case.public_id)
        given = CaseStepInput(note=note, asked=asked if outcome == "send" else ())
        services.complete_case_step(
            case_id=case.public_id, task_id=task, outcome=outcome, actor=SYSTEM, at=at, given=given
        )  # fmt: skip
