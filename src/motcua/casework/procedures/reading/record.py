"""One raw record (a JSON object of the published schema) read into a RecordDraft."""

import re
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.translation import gettext_noop as _
from vn_collate import collate_key

from motcua.casework.procedures.reading.canonical import digest_of
from motcua.casework.procedures.reading.drafts import (
    CaseDraft,
    ExemptionDraft,
    FeeDraft,
    LimitDraft,
    Notebook,
    RecordDraft,
)
from motcua.casework.procedures.reading.extras import read_extras
from motcua.casework.procedures.reading.fees import read_exemptions, read_fees
from motcua.casework.procedures.reading.limits import read_limits
from motcua.casework.procedures.reading.papers import read_cases, read_sets
from motcua.casework.procedures.reading.shape import shaped
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
MOST_NAME, MOST_FIELD, MOST_RESULT = 2_000, 300, 800
Line = TypeVar("Line", bound=LimitDraft | FeeDraft)
_UPPER_AGENCY = re.compile(r"^(?:\d+[.)]\s*)")


def read_record(whole: Any, notebook: Notebook) -> RecordDraft | None:
    """Return the draft of a record, or None when it must stay out; every doubt is in `notebook`."""
    digest = digest_of(whole, notebook) if isinstance(whole, dict) else ""
    if not isinstance(whole, dict):
        notebook.refuse("", _("is no record: an object of names and values was expected"))
    if not digest:
        return None
    raw = shaped(whole, notebook)
    code, name, field_name = _identity(raw, notebook)
    levels = _read_levels(raw.get("levels"), notebook)
    if notebook.is_refused:
        return None
    procedure_text = clean(raw.get("procedure_text"))
    methods = raw.get("submission_methods")
    cases = read_cases(raw.get("dossier_cases"), notebook)
    limits = _in_cases(read_limits(methods, procedure_text, notebook), [case.limits for case in cases])
    extras = read_extras(raw.get("motcua") or {}, notebook)
    return RecordDraft(
        code=code,
        field_name=field_name,
        columns=_columns(raw, name, levels, procedure_text)
        | extras
        | {"channels": [channel for channel in Channel.values if any(limit.channel == channel for limit in limits)]},
        cases=cases,
        limits=limits,
        fees=_in_cases(read_fees(methods, notebook), [case.fees for case in cases]),
        results=tuple((code, name[:MOST_RESULT]) for code, name in _pairs(raw.get("results"), "code", "name")),
        legal_bases=_pairs(raw.get("legal_bases"), "number", "title"),
        digest=digest,
        exemptions=_exemptions(raw, cases, notebook),
        life_events=_life_events(raw),
        raw=whole,
    )


def _identity(raw: dict[str, Any], notebook: Notebook) -> tuple[str, str, str]:
    code, name, field_name = (one_line(raw.get(key)) for key in ("code", "name", "field"))
    notebook.code = code[:40]
    if not _CODE.match(code) or len(code) > 40:
        notebook.refuse("code", _("%(value)s is no code of a procedure"), value=code or "''")
    if not name:
        notebook.refuse("name", _("is empty"))
    elif len(name) > MOST_NAME:
        notebook.refuse("name", _("is longer than %(most)s characters"), most=MOST_NAME)
    if not field_name:
        notebook.refuse("field", _("is empty"))
    elif len(field_name) > MOST_FIELD:
        notebook.refuse("field", _("is longer than %(most)s characters"), most=MOST_FIELD)
    return code, name, field_name


def _in_cases(of_all: tuple[Line, ...], of_cases: list[tuple[Line, ...]]) -> tuple[Line, ...]:
    """What cases say for themselves beside what holds for all: the latter then holds for the other cases only."""
    own: list[Line] = []
    for number, lines in enumerate(of_cases):
        own.extend(replace(line, case=number if len(of_cases) > 1 else None) for line in lines)
    others: list[Line] = []
    for line in of_all:
        said = {number for number, lines in enumerate(of_cases) if any(one.channel == line.channel for one in lines)}
        if not said:
            others.append(line)
        else:
            others.extend(replace(line, case=number) for number in range(len(of_cases)) if number not in said)
    return (*others, *own)


def _exemptions(raw: dict[str, Any], cases: tuple[CaseDraft, ...], notebook: Notebook) -> tuple[ExemptionDraft, ...]:
    of_all = read_exemptions((raw.get("motcua") or {}).get("exemptions"), "motcua.exemptions", notebook)
    own = [
        replace(line, case=number if len(cases) > 1 else None)
        for number, case in enumerate(cases)
        for line in case.exemptions
    ]
    return (*of_all, *own)


def _life_events(raw: dict[str, Any]) -> tuple[str, ...] | None:
    codes = (raw.get("motcua") or {}).get("life_events")
    return None if codes is None else tuple(dict.fromkeys(one_line(code)[:40] for code in codes if one_line(code)))


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
            notebook.note("levels", _("%(value)s is no level, left out"), value=item)
    if not levels:
        notebook.note("levels", _("are empty; the procedure is found under no level"))
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
