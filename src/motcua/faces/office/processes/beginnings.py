"""What a new process may begin from."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow import services as workflow_services

EMPTY, USUAL = "", "usual"
_LANES = {
    "desk": {"name": "Bộ phận một cửa", "role": "receptionist", "place": "receiving"},
    "office": {"name": "Phòng chuyên môn", "role": "officer", "place": "competent"},
    "leader": {"name": "Lãnh đạo", "role": "leader", "place": "competent"},
}
_DONE = [["done", "Xong", "Done"]]
_INTAKE: dict[str, Any] = {
    "name": "Tiếp nhận", "en": "Take in", "lane": "desk", "hours": 1, "act": "intake",
    "outcomes": [["done", "Đã tiếp nhận", "Taken in"]],
}  # fmt: skip
_USUAL: dict[str, Any] = {
    "T1": _INTAKE,
    "T2": {
        "name": "Thẩm định", "en": "Examine", "lane": "office", "hours": 16, "act": "examine",
        "outcomes": [["done", "Trình ký", "Submit for signature"]],
    },
    "T3": {
        "name": "Ký duyệt", "en": "Sign", "lane": "leader", "hours": 8, "act": "sign",
        "outcomes": [["signed", "Ký", "Sign"], ["return", "Trả lại", "Return", "secondary", True]],
    },
    "T4": {
        "name": "Vào số, đóng dấu", "en": "Number and seal", "lane": "office", "role": "clerk", "hours": 2,
        "act": "issue", "outcomes": [["done", "Đã phát hành", "Issued"]],
    },
    "T5": {
        "name": "Trả kết quả", "en": "Return the result", "lane": "desk", "hours": 1, "act": "return_result",
        "outcomes": [["done", "Đã trả kết quả", "Returned"]],
    },
}  # fmt: skip


def choices(*, on: date) -> list[tuple[str, Any]]:
    """Return the choices of a form, grouped."""
    own = [(f"process:{row.code}", row.name) for row in workflow.processes(on=on) if row.number is not None]
    library = [(f"library:{item.code}", item.name) for item in workflow.templates()]
    return [
        (EMPTY, _("An empty drawing with the intake alone")),
        (USUAL, _("The usual five steps: take in, examine, sign, number, return")),
        (_("A process in force"), own),
        (_("A drawing of the library"), library),
    ]


def drawing(base: str, *, name: str, on: date) -> bytes:
    """Return the drawing of a choice."""
    kind, _colon, code = base.partition(":")
    if kind == "library":
        return workflow.template(code)
    if kind == "process":
        version_id = workflow.published_version(code, on=on)
        if version_id is not None:
            return workflow.drawing(version_id)
    usual = kind == USUAL
    flows = ["start -> T1 -> T2 -> T3 -> X1", "X1 -> T4 [signed]", "X1 -> T2 [return]", "T4 -> T5 -> E1"]
    return workflow_services.draw(
        {
            "id": "process",
            "name": name,
            "lanes": _LANES,
            "tasks": _USUAL if usual else {"T1": _INTAKE},
            "gateways": {"X1": {"name": "Ký?"}} if usual else {},
            "ends": {"E1": {"name": "Kết thúc"}},
            "flows": flows if usual else ["start -> T1 -> E1"],
        }
    )
