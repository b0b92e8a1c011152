"""Decisions on every stretch of their way: past, entered, waiting for entry or the signature, drafted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.casework.documents import services as documents
from motcua.casework.procedures import selectors as procedures_read
from motcua.casework.procedures import services as procedures
from motcua.casework.procedures.types import DecisionAct, DecisionHead
from motcua.demonstration import packaged
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core.clock import civil_day

DRAFTER, KEEPER = "sdl.daumoi", "vpubnd.kstt.cv1"
CHAIRMAN = "Chủ tịch Ủy ban nhân dân tỉnh An Giang"
SIGNER = "Phó Chủ tịch (minh họa)"
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """One decision.

    Attributes:
        days: how many days ago it was signed; until: 'draft', 'checked', 'published' or 'entered'.
        amended: code -> how its record changes; ended: code -> successors; new: code -> name.
    """

    title: str
    days: int
    until: str
    amended: tuple[tuple[str, Callable[[Record], Record]], ...] = ()
    ended: tuple[tuple[str, tuple[str, ...]], ...] = ()
    new: tuple[tuple[str, str], ...] = ()


def _cheaper(percent: int) -> Callable[[Record], Record]:
    def change(record: Record) -> Record:
        for method in record["submission_methods"]:
            for fee in method["fees"]:
                if fee.get("amount"):
                    fee["amount"] = int(fee["amount"] * percent / 100)
        agency = record.get("executing_agency_text") or "Sở Du lịch tỉnh An Giang"
        return record | {"executing_agency_text": agency, "motcua": {"service_level": "full", "old_level": 4}}

    return change


def _without_result(record: Record) -> Record:
    return record | {"results": []}


PLANS = (
    Plan("Công bố thủ tục hành chính sửa đổi, bổ sung trong lĩnh vực Du lịch (minh họa)", 42, "entered",
         amended=(("1.001440", _cheaper(90)),)),
    Plan("Công bố thủ tục hành chính sửa đổi và bị bãi bỏ trong lĩnh vực Du lịch (minh họa)", 5, "published",
         amended=(("1.004628", _cheaper(80)),), ended=(("1.004594", ()),)),
    Plan("Công bố thủ tục hành chính sửa đổi trong lĩnh vực Thú y (minh họa)", 0, "checked",
         amended=(("1.004756", _cheaper(50)),)),
    Plan("Công bố thủ tục hành chính ban hành mới và sửa đổi trong lĩnh vực Du lịch (minh họa)", 0, "draft",
         amended=(("1.001432", _without_result),), new=(("1.999901", "Công nhận điểm du lịch cộng đồng"),)),
)  # fmt: skip


def load_decisions(*, at: datetime) -> int:
    """Put the decisions in place that are not there yet; return how many."""
    people = accounts.person_ids({DRAFTER, KEEPER})
    known = {line.title for line in procedures_read.decisions(rows=None)}
    if len(people) < 2:
        return 0
    on = civil_day(at)
    drafter, keeper = (accounts.actor_for_person(people[name], on=on) for name in (DRAFTER, KEEPER))
    done = _past(on, known, at)
    in_force = {ref.code for ref in procedures_read.refs_in_force(on=on)}
    for number, plan in enumerate(PLANS, start=1):
        wanted = {code for code, _how in (*plan.amended, *plan.ended)}
        if plan.title not in known and wanted <= in_force:
            _play(plan, f"{on.year % 100}{number:02}/QĐ-UBND", drafter, keeper, at)
            done += 1
    return done


def _past(on: date, known: set[str], at: datetime) -> int:
    title = "Công bố danh mục thủ tục hành chính năm trước (minh họa)"
    if title in known:
        return 0
    head = DecisionHead(
        title=title, issuer=CHAIRMAN, number="1905/QĐ-UBND", issued_on=date(on.year - 1, 8, 14), signer=SIGNER
    )
    stated: dict[str, int] = {DecisionAct.NEW: 36, DecisionAct.AMENDED: 52, DecisionAct.ABOLISHED: 21}
    procedures.record_past_decision(head=head, stated=stated, entered_on=date(on.year - 1, 8, 19), actor=SYSTEM, at=at)
    return 1


def _play(plan: Plan, number: str, drafter: Actor, keeper: Actor, at: datetime) -> None:
    signed_on = civil_day(at) - timedelta(days=plan.days)
    head = DecisionHead(title=plan.title, issuer=CHAIRMAN)
    made = procedures.begin_decision(head=head, actor=drafter, at=at)
    for code, change in plan.amended:
        item = procedures.add_item(decision_id=made, act=DecisionAct.AMENDED, code=code, actor=drafter, at=at)
        record = change(procedures_read.decision_item(item)[1].record)
        procedures.save_record(item_id=item, record=record, lock_version=None, actor=drafter, at=at)
    for code, successors in plan.ended:
        act = DecisionAct.REPLACED if successors else DecisionAct.ABOLISHED
        procedures.add_item(
            decision_id=made, act=act, code=code, successors=successors, actor=drafter, at=at,
            effective_on=civil_day(at) + timedelta(days=30),
        )  # fmt: skip
    for code, name in plan.new:
        procedures.add_item(decision_id=made, act=DecisionAct.NEW, code=code, name=name, actor=drafter, at=at)
    if plan.until != "draft":
        procedures.check_decision(public_id=made, actor=keeper, at=at)
    if plan.until in {"published", "entered"}:
        _sign(made, plan, number, signed_on, keeper, at)
    if plan.until == "entered":
        procedures.mark_entered(public_id=made, entered_on=signed_on + timedelta(days=3), actor=keeper, at=at)


def _sign(made: UUID, plan: Plan, number: str, signed_on: date, keeper: Actor, at: datetime) -> None:
    with (packaged.DATA / "files" / "quyet-dinh.pdf").open("rb") as file:
        kept = documents.store_upload(
            file=file, name="quyet-dinh.pdf", purpose="other", at=at, owner_key="decision",
            created_by_id=keeper.person_id,
        )  # fmt: skip
    head = DecisionHead(
        title=plan.title, issuer=CHAIRMAN, number=number, issued_on=signed_on, signer=SIGNER, file_id=kept.public_id
    )
    procedures.revise_decision(public_id=made, head=head, lock_version=None, actor=keeper, at=at)
    procedures.publish_decision(public_id=made, actor=keeper, at=at)
