"""The shape of a record before anything is read from it: each part of the kind it should be, or left out and told."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import Notebook

TEXT, NUMBER, COUNT, FLAG, TEXTS, ASIDE = "text", "number", "count", "flag", "texts", "aside"
_LIMIT = {
    "channel": TEXT, "value": NUMBER, "unit": TEXT, "reduced_value": NUMBER, "reduced_unit": TEXT, "reduced_by": TEXT,
    "place": TEXT, "note": TEXT,
}  # fmt: skip
_FEE = {"channel": TEXT, "kind": TEXT, "amount": NUMBER, "currency": TEXT, "note": TEXT, "code": TEXT}
_EXEMPTION = {"who": TEXT, "group": TEXT, "percent": NUMBER, "channel": TEXT, "note": TEXT, "basis": TEXT}
# The national format; the value of a key is its kind, or a list of one shape for a list of objects, or a shape.
RECORD: dict[str, Any] = {
    "code": TEXT, "name": TEXT, "decision_no": TEXT, "decision_issuer": TEXT, "levels": TEXTS, "type": TEXT,
    "field": TEXT, "audience": TEXTS, "executing_agency_text": TEXT, "executing_agencies": TEXTS,
    "competent_agency": TEXT, "receiving_address": TEXT, "authorized_agency": TEXT, "coordinating_agency": TEXT,
    "procedure_text": TEXT, "steps": TEXTS,
    "submission_methods": [{
        "channel": TEXT, "time_value": NUMBER, "time_unit": TEXT, "time_text": TEXT,
        "fees": [{"kind": TEXT, "amount": NUMBER, "currency": TEXT, "note": TEXT, "motcua": {"code": TEXT}}],
        "description": TEXT,
        "motcua": {"reduced_value": NUMBER, "reduced_unit": TEXT, "reduced_by": TEXT, "place": TEXT},
    }],
    "dossier_cases": [{
        "case": TEXT,
        "components": [{
            "name": TEXT, "originals": COUNT, "copies": COUNT, "form_files": TEXTS,
            "motcua": {
                "kind": TEXT, "certified": COUNT, "code": TEXT, "held_by_state": TEXT, "e_form": TEXT,
                "template": TEXT,
            },
        }],
        "motcua": {"steps": TEXTS, "limits": [_LIMIT], "fees": [_FEE], "exemptions": [_EXEMPTION]},
    }],
    "results": [{"name": TEXT, "code": TEXT}],
    "legal_bases": [{"title": TEXT, "number": TEXT}],
    "requirements": TEXT, "keywords": TEXT, "description": TEXT, "portal_url": TEXT, "sources": TEXTS,
    "motcua": {
        "service_level": TEXT, "partial_reason": TEXT, "old_level": NUMBER, "nature": TEXT, "territorial": FLAG,
        "one_stop": TEXT, "no_result": FLAG, "receiving_agency": TEXT, "life_events": TEXTS,
        "exemptions": [_EXEMPTION], "lay_thu_tuc": ASIDE,
    },
}  # fmt: skip
MOST_ITEMS = 2_000
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_KINDS = {
    TEXT: _("is no text, left out"),
    NUMBER: _("is no number, left out"),
    COUNT: _("is no number, left out"),
    FLAG: _("is neither yes nor no, left out"),
    TEXTS: _("is no list of texts, left out"),
}


def shaped(raw: dict[str, Any], notebook: Notebook) -> dict[str, Any]:
    """Return what may be read of a record: only known keys, each of its kind; all else is noted by its place.

    What is left out here is left out of the reading alone: the record itself is kept word for word.
    """
    return _object(raw, RECORD, "", notebook)


def is_keepable(text: str) -> bool:
    """Say whether the database can hold a text: no null character, no half of a surrogate pair."""
    return not _UNKEEPABLE.search(text)


def _object(raw: Mapping[Any, Any], shape: Mapping[str, Any], place: str, notebook: Notebook) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in raw.items():
        where = f"{place}.{key}" if place else str(key)
        if key not in shape:
            notebook.note(where[:200], _("is no part of a record; it is kept but not read"))
        elif value is not None:
            kept = _value(value, shape[key], where, notebook)
            if kept is not None:
                found[key] = kept
    return found


def _value(value: Any, kind: Any, place: str, notebook: Notebook) -> Any:
    if isinstance(kind, list):
        return _objects(value, kind[0], place, notebook)
    if isinstance(kind, dict):
        if isinstance(value, dict):
            return _object(value, kind, place, notebook)
        notebook.note(place, _("is no object, left out"))
        return None
    if kind == ASIDE:
        return None
    if kind == TEXTS:
        return _texts(value, place, notebook)
    if _is_of(kind, value):
        return str(value) if kind == TEXT else value
    notebook.note(place, _KINDS[kind])
    return None


def _is_of(kind: str, value: Any) -> bool:
    if kind == TEXT:
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    if kind == FLAG:
        return isinstance(value, bool)
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return False
    # counts and times of the portal come as words at times; the readers take them or note them
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) < 40)


def _objects(value: Any, shape: Mapping[str, Any], place: str, notebook: Notebook) -> list[Any] | None:
    """Objects of a list, None where one is not an object: places are counted as in the record."""
    if not isinstance(value, list):
        notebook.note(place, _("is no list, left out"))
        return None
    if len(value) > MOST_ITEMS:
        notebook.refuse(place, _("has more than %(most)s items"), most=MOST_ITEMS)
        return None
    found: list[Any] = []
    for number, item in enumerate(value):
        where = f"{place}[{number}]"
        if isinstance(item, dict):
            found.append(_object(item, shape, where, notebook))
        else:
            notebook.note(where, _("is no object, left out"))
            found.append(None)
    return found


def _texts(value: Any, place: str, notebook: Notebook) -> list[str] | None:
    if not isinstance(value, list):
        notebook.note(place, _KINDS[TEXTS])
        return None
    if len(value) > MOST_ITEMS:
        notebook.refuse(place, _("has more than %(most)s items"), most=MOST_ITEMS)
        return None
    for number, item in enumerate(value):
        if not isinstance(item, str):
            notebook.note(f"{place}[{number}]", _KINDS[TEXT])
    return [item for item in value if isinstance(item, str)]
