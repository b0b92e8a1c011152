"""One raw record (a JSON object of the published schema) read into a RecordDraft."""

import hashlib
import json
import re
from typing import Any

from vn_collate import collate_key

from motcua.casework.procedures.reading.drafts import Notebook, RecordDraft
from motcua.casework.procedures.reading.fees import read_fees
from motcua.casework.procedures.reading.limits import read_limits
from motcua.casework.procedures.reading.papers import read_cases, read_sets
from motcua.casework.procedures.reading.text import clean, one_line, sentence_case, split_steps
from motcua.casework.procedures.types import AudienceGroup, Channel, ProcedureLevel

_CODE = re.compile(r"^\d\.\d{6}(\.[0-9A-Z]+)*$")
_CODE_IN_NAME = re.compile(r"\s*\(\s*\d\.\d{6}\s*\)\s*$")
_LEVELS = {
    "tinh": ProcedureLevel.PROVINCE,
    "xa": ProcedureLevel.COMMUNE,
    "bo": ProcedureLevel.MINISTRY,
    "khac": ProcedureLevel.OTHER,
}
_GROUPS = (
    (AudienceGroup.ENTERPRISE, ("doanh nghiệp", "hợp tác xã")),
    (AudienceGroup.FOREIGNER, ("nước ngoài",)),
    (AudienceGroup.OFFICIAL, ("cán bộ", "công chức")),
    (AudienceGroup.ORGANISATION, ("tổ chức",)),
    (AudienceGroup.CITIZEN, ("công dân", "đảng viên")),
)
_UPPER_AGENCY = re.compile(r"^(?:\d+[.)]\s*)")


def digest_of(raw: dict[str, Any]) -> str:
    """Return the SHA-256 of the record in canonical JSON, without where it was collected."""
    facts = {key: value for key, value in raw.items() if key != "sources"}
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_record(raw: Any, notebook: Notebook) -> RecordDraft | None:
    """Return the draft of a record, or None when it must stay out; every doubt is in `notebook`."""
    if not isinstance(raw, dict):
        notebook.refuse("", "is not an object")
        return None
    code, name, field_name = one_line(raw.get("code")), one_line(raw.get("name")), one_line(raw.get("field"))
    notebook.code = code
    if not _CODE.match(code):
        notebook.refuse("code", f"{code!r} is no procedure code")
    if not name:
        notebook.refuse("name", "is empty")
    if not field_name:
        notebook.refuse("field", "is empty")
    levels = _read_levels(raw.get("levels"), notebook)
    if notebook.is_refused:
        return None
    procedure_text = clean(raw.get("procedure_text"))
    methods = raw.get("submission_methods")
    limits = read_limits(methods, procedure_text, notebook)
    return RecordDraft(
        code=code,
        field_name=field_name,
        columns=_columns(raw, name, levels, procedure_text)
        | {"channels": [channel for channel in Channel.values if any(limit.channel == channel for limit in limits)]},
        cases=read_cases(raw.get("dossier_cases"), notebook),
        limits=limits,
        fees=read_fees(methods, notebook),
        results=_pairs(raw.get("results"), "code", "name"),
        legal_bases=_pairs(raw.get("legal_bases"), "number", "title"),
        digest=digest_of(raw),
    )


def _columns(raw: dict[str, Any], name: str, levels: list[str], procedure_text: str) -> dict[str, Any]:
    name = _CODE_IN_NAME.sub("", sentence_case(name)).strip()
    audience = [text for text in (one_line(item)[:120] for item in raw.get("audience") or ()) if text]
    return {
        "name": name,
        "sort_key": collate_key(name),
        "levels": levels,
        "kind": one_line(raw.get("type"))[:120],
        "decision_no": one_line(raw.get("decision_no"))[:120],
        "decision_issuer": one_line(raw.get("decision_issuer"))[:40],
        "audience": audience,
        "audience_groups": _groups(audience),
        "executing_agency_text": clean(raw.get("executing_agency_text")),
        "executing_agencies": [
            _UPPER_AGENCY.sub("", text)
            for text in (one_line(item) for item in raw.get("executing_agencies") or ())
            if text
        ],
        "competent_agency": clean(raw.get("competent_agency")),
        "authorized_agency": clean(raw.get("authorized_agency")),
        "coordinating_agency": clean(raw.get("coordinating_agency")),
        "receiving_address": clean(raw.get("receiving_address")),
        "procedure_text": procedure_text,
        "steps": split_steps(procedure_text),
        "requirements": clean(raw.get("requirements")),
        "description": clean(raw.get("description")),
        "keywords": clean(raw.get("keywords")),
        "sets_required": read_sets(raw),
        "portal_url": one_line(raw.get("portal_url"))[:500],
    }


def _read_levels(raw: Any, notebook: Notebook) -> list[str]:
    levels: list[str] = []
    for item in raw if isinstance(raw, list) else []:
        if item in _LEVELS:
            levels.append(_LEVELS[item])
        else:
            notebook.note("levels", f"{item!r} is no level, left out")
    if not levels:
        notebook.note("levels", "are empty; the procedure is found under no level")
    return levels


def _groups(audience: list[str]) -> list[str]:
    found = set()
    for text in audience:
        lowered = text.lower().replace("(không bao gồm doanh nghiệp, htx)", "")
        for group, words in _GROUPS:
            if any(word in lowered for word in words):
                found.add(group)
                break
    return [group for group in AudienceGroup.values if group in found]


def _pairs(raw: Any, first: str, second: str) -> tuple[tuple[str, str], ...]:
    pairs: dict[tuple[str, str], None] = {}
    for item in raw if isinstance(raw, list) else []:
        if isinstance(item, dict):
            pair = (one_line(item.get(first)), one_line(item.get(second)))
            if any(pair):
                pairs[pair] = None
    return tuple(pairs)
