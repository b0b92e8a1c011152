"""A record put together from the rows of a version that was published before records were kept word for word."""

from typing import Any

from motcua.casework.procedures.models import Case, CaseComponent, Fee, ProcedureVersion, TimeLimit
from motcua.casework.procedures.types import Channel, ComponentKind, FeeKind, PlaceKind, ProcedureLevel, RecordJson
from motcua.foundation.calendars.types import LimitUnit

_LEVELS: dict[str, str] = {
    ProcedureLevel.PROVINCE.value: "tinh",
    ProcedureLevel.COMMUNE.value: "xa",
    ProcedureLevel.MINISTRY.value: "bo",
    ProcedureLevel.OTHER.value: "khac",
}
_FEES = {FeeKind.FEE: "phi", FeeKind.CHARGE: "le_phi"}
_PLAIN = (
    "name", "decision_no", "decision_issuer", "audience", "executing_agency_text", "executing_agencies",
    "competent_agency", "receiving_address", "authorized_agency", "coordinating_agency", "procedure_text",
    "requirements", "keywords", "description", "portal_url",
)  # fmt: skip


def rebuilt(version: ProcedureVersion) -> RecordJson:
    """Return the record of a version whose parts are all loaded."""
    record: RecordJson = {"code": version.procedure.code}
    record |= {key: getattr(version, key) for key in _PLAIN}
    record["levels"] = [_LEVELS[level] for level in version.levels if level in _LEVELS]
    record |= {"type": version.kind, "field": version.field.name, "steps": []}
    record["submission_methods"] = _methods(version)
    record["dossier_cases"] = [_case(row) for row in version.cases.all()]
    record["results"] = [
        {"name": row.result_type.name, "code": row.result_type.code}
        for row in sorted(version.results.all(), key=lambda row: row.position)
    ]
    record["legal_bases"] = [{"title": row.title, "number": row.number} for row in version.legal_bases.all()]
    return record


def _methods(version: ProcedureVersion) -> list[dict[str, Any]]:
    methods: list[dict[str, Any]] = []
    fees = list(version.fees.all())
    for limit in version.limits.all():
        own = [_fee(fee) for fee in fees if fee.channel == limit.channel]
        fees = [fee for fee in fees if fee.channel != limit.channel]
        methods.append(_method(limit, own))
    for channel in Channel.values:
        left = [_fee(fee) for fee in fees if fee.channel == channel]
        if left:
            methods.append({"channel": channel, "time_value": None, "time_unit": None, "fees": left})
    return methods


def _method(limit: TimeLimit, fees: list[dict[str, Any]]) -> dict[str, Any]:
    value, unit = _time(limit)
    method: dict[str, Any] = {
        "channel": limit.channel,
        "time_value": value,
        "time_unit": unit,
        "time_text": f"{value} {LimitUnit(limit.statutory_unit).label}" if unit else "",
        "fees": fees,
        "description": limit.note,
    }
    own: dict[str, Any] = {}
    if limit.reduced_value is not None:
        own = {
            "reduced_value": limit.reduced_value,
            "reduced_unit": limit.reduced_unit,
            "reduced_by": limit.reduced_by,
        }
    if limit.place_kind != PlaceKind.ANY:
        own["place"] = limit.place_kind
    return method | ({"motcua": own} if own else {})


def _time(limit: TimeLimit) -> tuple[float | int | None, str | None]:
    """Value and unit of the national format: it has no unit for 'within the day'."""
    if limit.statutory_unit == LimitUnit.WORKING_HOUR:
        whole = limit.statutory_value % 8 == 0
        days = limit.statutory_value // 8 if whole else limit.statutory_value / 8
        return days, "working_day"
    if limit.statutory_unit in {LimitUnit.WORKING_DAY, LimitUnit.DAY, LimitUnit.MONTH}:
        return limit.statutory_value, str(limit.statutory_unit)
    return (1, "other") if limit.statutory_unit == LimitUnit.SAME_DAY else (None, None)


def _fee(fee: Fee) -> dict[str, Any]:
    amount = fee.amount_vnd
    return {"kind": _FEES.get(FeeKind(fee.kind)), "amount": amount, "currency": "VND", "note": fee.note}


def _case(row: Case) -> dict[str, Any]:
    papers = sorted(row.components.all(), key=lambda paper: paper.position)
    return {"case": row.name, "components": [_paper(paper) for paper in papers]}


def _paper(row: CaseComponent) -> dict[str, Any]:
    files = sorted(row.form_files.all(), key=lambda file: file.position)
    paper: dict[str, Any] = {
        "name": row.name,
        "originals": row.originals,
        "copies": row.certified_copies + row.plain_copies,
        "form_files": [file.name for file in files],
    }
    own: dict[str, Any] = {"kind": ComponentKind(row.kind).value} if row.is_confirmed else {}
    if row.certified_copies:
        own["certified"] = row.certified_copies
    return paper | ({"motcua": own} if own else {})
