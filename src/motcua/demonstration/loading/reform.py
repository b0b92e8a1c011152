"""Loads the three levels of 2024 and lets the reform of 1 July 2025 found today's agencies by the act itself."""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.demonstration import province, reform
from motcua.demonstration.province import Province
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations_read
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.types import AgencyFounding, Change, Decision, ItemAct, ReorganisationState

# From general knowledge of the reform, not checked against the texts.
DECISION = Decision(
    number="202/2025/QH15; 1654/NQ-UBTVQH15",
    on=date(2025, 6, 12),
    by="Quốc hội; Ủy ban Thường vụ Quốc hội",
)
NOTE = (
    "Hợp nhất tỉnh An Giang và tỉnh Kiên Giang, kết thúc hoạt động của cấp huyện, sắp xếp các xã. "
    "Tên và mã đơn vị là thật; việc phân công đơn vị kế thừa của cấp huyện là của bản trình diễn."
)
PLANNED_AT = datetime(2025, 6, 20, 9, tzinfo=VIETNAM)
DAY_BEGAN = datetime(2025, 7, 1, 0, 5, tzinfo=VIETNAM)
AN_GIANG = "91"


def load_reform(plan: Province) -> dict[str, int]:
    """Carry the reform out unless that was done; return ids by code of all agencies.

    Agencies that an earlier version of the demonstration founded stay as they are: then the act only links them.
    """
    done = {card.title: card for card in organisations_read.reorganisations() if card.is_demonstration}
    if reform.TITLE not in done:
        _plan(plan)
    if reform.TITLE not in done or done[reform.TITLE].state != ReorganisationState.CARRIED_OUT:
        organisations.carry_out_due(at=DAY_BEGAN)
    return organisations.found_agencies(foundings=plan.agencies, since=plan.since, is_demonstration=True)


def _plan(plan: Province) -> None:
    codes = province.commune_codes()
    planned = {item.code for item in plan.agencies}
    found = reform.reform_of(
        heirs={ward: code for ward, code in codes.items() if code in planned},
        provinces={AN_GIANG: plan.agencies[0].code},
        founded=plan.agencies,
    )
    known = organisations.found_agencies(foundings=found.before, since=reform.BEFORE, is_demonstration=True)
    public_id = organisations.draft_reorganisation(
        title=reform.TITLE,
        on=reform.ON,
        decision=DECISION,
        note=NOTE,
        changes=_still_to_do(found.changes, known),
        is_demonstration=True,
        by=None,
        at=PLANNED_AT,
    )
    organisations.plan_reorganisation(public_id=public_id, by=None, at=PLANNED_AT)


def _still_to_do(changes: Sequence[Change], known: dict[str, int]) -> list[Change]:
    return [item for item in changes if item.act != ItemAct.CREATE or item.agency_code not in known]


def draft_next(*, at: datetime) -> None:
    """Leave a draft for next year in the office, so that its preview can be tried: two islands' neighbours merged."""
    title = "Dự thảo: sáp nhập xã Hòn Nghệ và xã Sơn Hải vào xã Kiên Lương (minh họa)"
    if any(card.title == title for card in organisations_read.reorganisations()):
        return
    codes = {row["short_name"]: code for row, code in province.communes()}
    wanted = ("Hòn Nghệ", "Sơn Hải", "Kiên Lương")
    if not set(wanted) <= codes.keys():
        return
    organisations.draft_reorganisation(
        title=title,
        on=date(at.year + 1, 7, 1),
        decision=Decision(by="Hội đồng nhân dân tỉnh An Giang"),
        note="Bản nháp để xem trước tác động; không phải chủ trương của cơ quan nào.",
        changes=[Change(ItemAct.MERGE, codes[name], target_code=codes["Kiên Lương"]) for name in wanted[:2]],
        is_demonstration=True,
        by=None,
        at=at,
    )


def identifiers_and_areas(plan: Province, agency_ids: dict[str, int]) -> None:
    """Give every agency its identifier, and the branches of the land registration office their communes."""
    values = {agency_ids[item.code]: item.code for item in plan.agencies if _is_agency(item)}
    organisations.record_identifiers(values=values, since=plan.since)
    communes = {row["ward_code"]: row["land_branch"] for row, _code in province.communes()}
    pairs = [
        (agency_ids[f"H01.17.{communes[item.ward_code]}"], agency_ids[item.code])
        for item in plan.agencies
        if item.kind == "commune" and item.ward_code in communes
    ]
    organisations.serve_places(pairs=pairs, since=plan.since)


def _is_agency(item: AgencyFounding) -> bool:
    return item.kind not in {"division", "commune_centre"}
