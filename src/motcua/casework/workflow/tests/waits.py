"""Small drawings with one waiting, timed, sending, asking or calling element each."""

from decimal import Decimal
from typing import Any

from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.services import register_connectors
from motcua.casework.workflow.tests.drawings import LANES, task
from motcua.casework.workflow.types import Call, Connector, Timer

WAIT = {
    "name": "Chờ thông báo thuế",
    "lane": "desk",
    "kind": "receive",
    "act": "wait_agency",
    "holder": "tax",
    "pauses": True,
    "message": "tax_notice",
    "outcomes": [["received", "Đã có thông báo"], ["sent_back", "Thuế trả lại"]],
}
called: list[Call] = []
register_connectors(Connector("test", "Thử", called.append))


def of(
    flows: list[str], *, tasks: dict[str, Any] | None = None, events: Any = None, services: Any = None, **gateways: str
) -> bytes:
    """Return the drawing of flows: T… are plain tasks, R a wait for tax, E… ends, gateways as `xor` and `both`."""
    keys = dict.fromkeys(key.strip() for flow in flows for key in flow.split("[")[0].split("->"))
    found = {key: task() | {"name": key} for key in keys if key.startswith("T")}
    found |= {"R": WAIT} if "R" in keys else {}
    found |= tasks or {}
    found["T1"] = {**found["T1"], "act": "intake"}
    drawn_gateways = {key: {"name": key, "kind": "xor"} for key in gateways.get("xor", "").split()}
    drawn_gateways |= {key: {"name": key, "kind": "and"} for key in gateways.get("both", "").split()}
    return draw(
        {
            "id": "test",
            "name": "Thủ tục thử",
            "lanes": LANES,
            "tasks": found,
            "events": events or {},
            "services": services or {},
            "gateways": drawn_gateways,
            "ends": {key: {"name": key} for key in keys if key.startswith("E")},
            "flows": flows,
        }
    )


CALL = {
    "name": "Công an đăng ký thường trú",
    "lane": "desk",
    "kind": "call",
    "act": "wait_agency",
    "holder": "police",
    "calls": "1.004222",
    "hours": 120,
    "outcomes": [["granted", "Đã có kết quả"], ["refused", "Bị từ chối"]],
}
ASK = {
    "name": "Cho ý kiến",
    "lane": "desk",
    "several": True,
    "place": "competent",
    "role": "clerk",
    "act": "consult",
    "holder": "asked_agency",
    "hours": 56,
    "outcomes": [["agrees", "Đồng ý"], ["objects", "Không đồng ý"]],
}
# name -> (arguments of `of`, element, what its node must say)
CASES: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "manual task": (
        {"flows": ["start -> T1 -> T2 -> E1"], "tasks": {"T2": task(kind="manual")}},
        "T2",
        {"kind": "task", "is_work": True},
    ),
    "message wait": (
        {"flows": ["start -> T1 -> R -> E1"]},
        "R",
        {"message": "tax_notice", "holder": "tax", "pauses": True, "is_work": False},
    ),
    "message catch": (
        {"flows": ["start -> T1 -> R -> E1"], "tasks": {"R": WAIT | {"kind": "catch"}}},
        "R",
        {"message": "tax_notice", "kind": "task"},
    ),
    "timer catch": (
        {
            "flows": ["start -> T1 -> W -> E1"],
            "tasks": {
                "W": {
                    "name": "Niêm yết", "lane": "desk", "kind": "catch", "act": "other", "holder": "posting",
                    "duration": "PT30M", "outcomes": [],
                }
            },
        },
        "W",
        {"timer": Timer(seconds=1800), "outcomes": ()},
    ),
    "interrupting timer": (
        {
            "flows": ["start -> T1 -> R -> E1", "B -> T2 -> E2"],
            "events": {"B": {"on": "R", "name": "Không trả lời", "code": "no_answer", "hours": 56}},
        },
        "B",
        {"timer": Timer(hours=Decimal(56)), "host": "R", "interrupts": True, "kind": "boundary"},
    ),
    "reminder": (
        {
            "flows": ["start -> T1 -> R -> E1"],
            "events": {"B": {"on": "R", "name": "Nhắc", "duration": "P30D", "reminds": True}},
        },
        "B",
        {"timer": Timer(seconds=30 * 86_400), "interrupts": False},
    ),
    "message on the edge": (
        {
            "flows": ["start -> T1 -> T2 -> E1", "B -> T3 -> E2"],
            "events": {"B": {"on": "T2", "name": "Công dân rút hồ sơ", "message": "withdrawal"}},
        },
        "B",
        {"message": "withdrawal", "interrupts": True},
    ),
    "service task": (
        {"flows": ["start -> T1 -> S -> E1"], "services": {"S": {"name": "Báo", "lane": "desk", "connector": "test"}}},
        "S",
        {"kind": "service", "connector": "test"},
    ),
    "send task": (
        {
            "flows": ["start -> T1 -> S -> E1"],
            "services": {"S": {"name": "Gửi", "lane": "desk", "connector": "test", "kind": "send"}},
        },
        "S",
        {"kind": "service", "connector": "test"},
    ),
    "several agencies": (
        {
            "flows": ["start -> T1 -> T2 -> M -> X1", "X1 -> T3 [objects]", "X1 -> E1 [*]", "T3 -> E1"],
            "tasks": {"M": ASK},
            "events": {
                "L": {"on": "M", "name": "Quá hạn trả lời", "code": "no_answer", "hours": 56},
                "N": {"on": "M", "name": "Nhắc", "code": "reminded", "hours": 40, "reminds": True},
            },
            "xor": "X1",
        },
        "M",
        {"several": True, "boundaries": ("L", "N")},
    ),
    "call": (
        {"flows": ["start -> T1 -> C -> E1"], "tasks": {"C": CALL}},
        "C",
        {"calls": "1.004222", "holder": "police", "is_work": False},
    ),
}  # fmt: skip


def case(name: str) -> tuple[bytes, str, dict[str, Any]]:
    """Return (file, element, what its node must say)."""
    given, element, expected = CASES[name]
    return of(**given), element, expected
