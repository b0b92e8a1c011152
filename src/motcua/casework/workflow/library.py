"""Drawings to begin a process with: redrawn for two levels after the facts of a district's processes of 2015."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from motcua.casework.workflow.drawing import draw

FOLDER = Path(__file__).parent / "data" / "library"
FACTS = Path(__file__).parent / "data" / "district_processes.csv"
HOURS_A_DAY = 8

Entry = dict[str, Any]
_RETURN = ["return", "Trả lại", "Return", "secondary", True]
# Who does today what a department of the district did: lane of the officer, lane of the head, kind of the division.
_DIVISIONS = {
    "justice": ("Công chức tư pháp - hộ tịch", "Chánh Văn phòng", "office"),
    "social": ("Phòng Văn hóa - Xã hội", "Trưởng phòng Văn hóa - Xã hội", "culture_society"),
    "economy": ("Phòng Kinh tế", "Trưởng phòng Kinh tế", "economy"),
    "urban": ("Phòng Kinh tế", "Trưởng phòng Kinh tế", "economy"),
    "finance": ("Phòng Kinh tế", "Trưởng phòng Kinh tế", "economy"),
}
_OFFICER, _HEAD = "phong", "truongphong"


@dataclass(frozen=True, slots=True)
class Template:
    """A drawing to begin with. `days`: working days on the longest way; None when the source tells none."""

    code: str
    name: str
    days: Decimal | None
    steps: int


@dataclass(frozen=True, slots=True)
class _Fact:
    """One step of the source: who, working days (negative: not told), the works in it."""

    unit: str
    days: Decimal
    works: tuple[str, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every drawing of the library, by its name."""
    found = []
    for row in _rows():
        steps = _facts(row)
        days = sum((step.days for step in steps), Decimal())
        whole = days if days > 0 and all(step.days >= 0 for step in steps) else None
        found.append(Template(row["code"], row["name"], whole, len(description(row["code"])["tasks"])))
    return tuple(sorted(found, key=lambda template: template.name))


def template(code: str) -> bytes:
    """Return the BPMN file of a drawing of the library.

    Raises:
        KeyError: no such drawing.
    """
    path = FOLDER / f"{code}.bpmn"
    if code not in {row["code"] for row in _rows()} or not path.is_file():
        raise KeyError(code)
    return path.read_bytes()


def redraw_all() -> Iterator[Path]:
    """Write every file of the library anew from the table of facts; yield those that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for row in _rows():
        path, xml = FOLDER / f"{row['code']}.bpmn", draw(description(row["code"]))
        if not path.exists() or path.read_bytes() != xml:
            path.write_bytes(xml)
            yield path


def description(code: str) -> Entry:
    """Return what `draw` needs for a process of the table: its steps, with today's ends and ways back."""
    row = next(row for row in _rows() if row["code"] == code)
    return _Composition(row, _facts(row)).whole()


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FACTS.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def _facts(row: dict[str, str]) -> list[_Fact]:
    steps = [step.split(":") for step in row["steps"].split(";")]
    return [_Fact(unit, Decimal(days), tuple(works.split("+"))) for unit, days, works in steps]


class _Composition:
    """Builds a description: intake, the source's steps in their order, then number, desk and hand-over.

    The source tells neither refusal nor supplement; both are added as the law of today has them. Hours of a step that
    several do are split: a tenth, at most half a day, to assign; a tenth, at most a day, to check; a fifth, at most
    half a day, to number and seal.
    """

    def __init__(self, row: dict[str, str], facts: list[_Fact]) -> None:
        self.row, self.facts = row, facts
        self.is_land = any(step.unit == "land_office" for step in facts)
        self.tasks: dict[str, Entry] = {}
        self.gateways: dict[str, Entry] = {}
        self.flows: list[str] = []
        self.chain: list[str] = ["start"]

    def whole(self) -> Entry:
        self._before_the_decision()
        self._after_the_decision()
        self.flows.append(" -> ".join([*self.chain, "het"]))
        return {
            "id": self.row["code"],
            "name": self.row["name"],
            "flows": self.flows,
            "lanes": self._lanes(),
            "tasks": self.tasks,
            "gateways": self.gateways,
            "ends": {"het": {"name": "Đã trả kết quả"}, "dung": {"name": "Dừng giải quyết"}},
        }

    def _lanes(self) -> Entry:
        desk = {"name": "Trung tâm phục vụ hành chính công", "role": "receptionist", "place": "receiving"}
        if self.is_land:
            return {
                "quay": desk,
                _HEAD: {"name": "Phụ trách Chi nhánh Văn phòng đăng ký đất đai", "role": "leader"},
                _OFFICER: {"name": "Viên chức Chi nhánh Văn phòng đăng ký đất đai", "role": "officer"},
                "lanhdao": {"name": "Người có thẩm quyền ký", "role": "leader"},
                "vanthu": {"name": "Văn thư", "role": "clerk"},
            }
        unit = next(step.unit for step in self.facts if step.unit in _DIVISIONS)
        officer, head, division = _DIVISIONS[unit]
        return {
            "quay": desk,
            _HEAD: {"name": head, "role": "division_head", "division": division},
            _OFFICER: {"name": officer, "role": "officer", "division": division},
            "lanhdao": {"name": "Lãnh đạo UBND cấp xã", "role": "leader"},
            "vanthu": {"name": "Văn thư", "role": "clerk", "division": "office"},
        }

    # the steps of the source up to the signature

    def _before_the_decision(self) -> None:
        work = next(step for step in self.facts if step.unit not in {"desk", "leader"})
        for step in self.facts:
            if step.unit == "desk" and "take_in" in step.works:
                self._task(
                    "tiepnhan",
                    "Tiếp nhận hồ sơ",
                    "Take in",
                    "quay",
                    step.days,
                    "intake",
                    ["taken", "Đã tiếp nhận", "Taken in"],
                )
            elif step is work:
                self._examination(step)
            elif step.unit == "commune_land":
                self._confirmation(step)
            elif step.unit == "tax":
                self._tax(step)
            elif step.unit == "desk" and "paid" in step.works:
                self._payment(step)
            elif step.unit in {"land_office", "environment"} and "hand_over" not in step.works:
                self._later_check(step)

    def _examination(self, step: _Fact) -> None:
        """Assign and examine; what lacks is asked for, what is not eligible is refused."""
        hours = _hours(step.days)
        assign = min(Decimal(4), hours / 10) if hours else None
        check = self._hours_of_check(step)
        examine = hours - assign - check if hours and assign is not None else None
        if len(step.works) > 1:
            self._task_hours(
                "phancong",
                "Phân công thụ lý",
                "Assign",
                _HEAD,
                assign,
                "assign",
                ["assigned", "Đã phân công", "Assigned"],
            )
        elif hours and assign is not None and examine is not None:
            examine += assign
        self._task_hours(
            "thuly", "Thẩm tra hồ sơ", "Examine", _OFFICER, examine, "examine",
            ["enough", "Đủ điều kiện", "Eligible"],
            ["lacking", "Cần bổ sung", "Supplement needed", "secondary", True],
            ["not_eligible", "Không đủ điều kiện", "Not eligible", "danger", True],
        )  # fmt: skip
        self._gateway("xem", "Đủ điều kiện?", _OFFICER)
        self._supplement()
        self._refusal()
        self.chain = ["xem", "*enough"]

    def _supplement(self) -> None:
        self._aside(
            "bosung", "Chờ người dân bổ sung hồ sơ", "Waiting for the supplement", "quay", "wait_supplement",
            ["supplemented", "Đã bổ sung", "Supplemented"],
            ["not_supplemented", "Không bổ sung", "Not supplemented", "danger", True],
            holder="citizen", pauses=True,
        )  # fmt: skip
        self._aside(
            "tralai", "Thông báo dừng, trả lại hồ sơ (mẫu 03)", "Stop and give back (form 03)", "quay",
            "refuse_at_desk", ["refused", "Đã trả lại hồ sơ", "Given back", "danger", True],
        )  # fmt: skip
        self.gateways["xembosung"] = {"name": "Đã bổ sung?", "kind": "xor", "lane": "quay"}
        self.flows += [
            "xem -> bosung [lacking]",
            "bosung -> xembosung",
            "xembosung -> thuly [supplemented]",
            "xembosung -> tralai [not_supplemented]",
            "tralai -> dung",
        ]

    def _refusal(self) -> None:
        self._aside(
            "tuchoi", "Dự thảo văn bản từ chối", "Draft the refusal", _OFFICER, "draft",
            ["prepared", "Trình ký", "Submit for signature"],
        )  # fmt: skip
        self._aside(
            "kytuchoi", "Ký văn bản từ chối", "Sign the refusal", "lanhdao", "sign_refusal",
            ["sign", "Ký", "Sign"], _RETURN,
        )  # fmt: skip
        self.gateways["xemtuchoi"] = {"name": "Ký?", "kind": "xor", "lane": "lanhdao"}
        self.flows += [
            "xem -> tuchoi [not_eligible]",
            "tuchoi -> kytuchoi -> xemtuchoi",
            "xemtuchoi -> vanthu [sign]",
            "xemtuchoi -> tuchoi [return]",
        ]

    def _confirmation(self, step: _Fact) -> None:
        self._task(
            "xacnhan", "Chờ UBND cấp xã xác nhận", "Waiting for the commune to confirm", _OFFICER, step.days,
            "wait_agency", ["answered", "Đã có xác nhận", "Confirmed"], holder="asked_agency",
        )  # fmt: skip

    def _tax(self, step: _Fact) -> None:
        self._task(
            "thue", "Chờ cơ quan thuế xác định nghĩa vụ tài chính", "Waiting for the tax authority", _OFFICER,
            step.days, "wait_agency", ["notice", "Đã có thông báo nộp tiền", "Notice received"], holder="tax",
        )  # fmt: skip

    def _payment(self, step: _Fact) -> None:
        """The day of the source is the desk's; the citizen's time to pay stops the clock."""
        self._task(
            "thongbao", "Trả thông báo nộp tiền", "Give the notice", "quay", step.days, "other",
            ["given", "Đã trả thông báo", "Given"],
        )  # fmt: skip
        self._task(
            "nopthue", "Chờ người dân nộp tiền", "Waiting for payment", "quay", Decimal(), "wait_payment",
            ["paid", "Đã nộp đủ", "Paid in full"], holder="citizen", pauses=True,
        )  # fmt: skip

    def _later_check(self, step: _Fact) -> None:
        number = sum(key.startswith("kiemtra") for key in self.tasks) + 1
        self._task(
            f"kiemtra{number}", "Kiểm tra hồ sơ trước khi trình", "Check before submission", _OFFICER, step.days,
            "other", ["checked", "Đã kiểm tra", "Checked"],
        )  # fmt: skip

    # draft, check, signature, number, desk, hand-over

    def _after_the_decision(self) -> None:
        leader = next((step for step in self.facts if step.unit == "leader"), None)
        work = next(step for step in self.facts if step.unit not in {"desk", "leader"})
        self._task_hours(
            "duthao", "Dự thảo kết quả", "Draft the result", _OFFICER, None, "draft",
            ["prepared", "Trình duyệt", "Submit"],
        )  # fmt: skip
        check = self._hours_of_check(work)
        number = self._hours_of_number(leader, work)
        if leader:
            self._task_hours(
                "soatxet", "Soát xét", "Check", _HEAD, check, "check",
                ["agree", "Đồng ý, trình ký", "Agree, submit for signature"], _RETURN,
            )  # fmt: skip
            self._gateway("xemsoat", "Đạt?", _HEAD)
            self.flows.append("xemsoat -> duthao [return]")
            self.chain = ["xemsoat", "*agree"]
            sign = _hours(leader.days) - number
            self._sign("lanhdao", sign if leader.days > 0 else None)
        else:
            self._sign(_HEAD, check - number if check else None)
        self._task_hours(
            "vanthu", "Cấp số, đóng dấu, phát hành", "Number, seal and issue", "vanthu", number or None, "issue",
            ["issued", "Đã cấp số, đóng dấu, phát hành", "Numbered, sealed and issued"],
        )  # fmt: skip
        self._hand_over()

    def _sign(self, lane: str, hours: Decimal | None) -> None:
        self._task_hours(
            "ky", "Ký kết quả", "Sign the result", lane, hours, "sign", ["sign", "Ký", "Sign"], _RETURN
        )  # fmt: skip
        self._gateway("xemky", "Ký?", lane)
        self.flows.append("xemky -> duthao [return]")
        self.chain = ["xemky", "*sign"]

    def _hand_over(self) -> None:
        handed = next((step for step in self.facts if step.works == ("hand_over",)), None)
        back = next(step for step in self.facts if "return" in step.works)
        days = back.days + (handed.days if handed else 0)
        self._task(
            "quay_nhan", "Nhận kết quả tại quầy", "Result arrives at the desk", "quay", days, "to_desk",
            ["at_desk", "Đã có tại quầy", "At the desk"],
        )  # fmt: skip
        with_fee = any("fee" in step.works for step in self.facts)
        name = "Thu lệ phí, trả kết quả" if with_fee else "Trả kết quả"
        english = "Collect the fee, return the result" if with_fee else "Return the result"
        self._task_hours(
            "traketqua", name, english, "quay", None, "return_result", ["returned", "Đã trả kết quả", "Returned"]
        )  # fmt: skip

    def _hours_of_check(self, work: _Fact) -> Decimal:
        """A tenth of the division's time, at most a day, when the source lets somebody check there."""
        hours = _hours(work.days)
        return min(Decimal(HOURS_A_DAY), hours / 10) if hours > 0 else Decimal()

    def _hours_of_number(self, leader: _Fact | None, work: _Fact) -> Decimal:
        hours = _hours(leader.days) if leader else self._hours_of_check(work)
        return min(Decimal(4), hours / 5) if hours > 0 else Decimal()

    # writing

    def _task(
        self, key: str, name: str, english: str, lane: str, days: Decimal, act: str, *outcomes: list[Any], **more: Any
    ) -> None:
        hours = _hours(days) if days > 0 else None
        self._task_hours(key, name, english, lane, hours, act, *outcomes, **more)

    def _task_hours(
        self, key: str, name: str, english: str, lane: str, hours: Decimal | None, act: str, *outcomes: list[Any],
        **more: Any,
    ) -> None:  # fmt: skip
        self._aside(key, name, english, lane, act, *outcomes, **more)
        if hours:
            self.tasks[key]["hours"] = format(hours.normalize(), "f")
        self._on(key)

    def _aside(self, key: str, name: str, english: str, lane: str, act: str, *outcomes: list[Any], **more: Any) -> None:
        entry = {"name": name, "en": english, "lane": lane, "act": act, "outcomes": list(outcomes)}
        self.tasks[key] = entry | more

    def _gateway(self, key: str, name: str, lane: str) -> None:
        self.gateways[key] = {"name": name, "kind": "xor", "lane": lane}
        self._on(key)
        self.flows.append(" -> ".join(self.chain))

    def _on(self, key: str) -> None:
        """Go on to `key`; a chain that begins behind a choice carries its outcome on its first arrow."""
        if len(self.chain) == 2 and self.chain[1].startswith("*"):
            self.flows.append(f"{self.chain[0]} -> {key} [{self.chain[1][1:]}]")
            self.chain = [key]
        else:
            self.chain.append(key)


def _hours(days: Decimal) -> Decimal:
    return max(days, Decimal()) * HOURS_A_DAY
