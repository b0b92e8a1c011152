"""Parts of a record in words: what a difference, a list of problems and an export call them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.types import Channel, ComponentKind, Nature, OneStop, PlaceKind, ServiceLevel
from motcua.foundation.calendars.types import LimitUnit

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def labels() -> dict[str, str]:
    """Return the name of each part that is one text or a list of texts, by its key, in the order of a record."""
    return {
        "name": _("Name"),
        "decision_no": _("Decision number"),
        "decision_issuer": _("Issuer of the decision"),
        "levels": _("Levels"),
        "type": _("Kind of procedure"),
        "field": _("Field"),
        "audience": _("Who may ask"),
        "executing_agency_text": _("Agencies that carry it out"),
        "competent_agency": _("Competent agency"),
        "receiving_address": _("Place of reception"),
        "authorized_agency": _("Authorised agency"),
        "coordinating_agency": _("Coordinating agency"),
        "procedure_text": _("Order of steps"),
        "requirements": _("Requirements and conditions"),
        "keywords": _("Keywords"),
        "description": _("Description"),
        "portal_url": _("Address on the national portal"),
    }


def own_words() -> dict[str, str]:
    """Return the name of each key of our own that holds one value."""
    return {
        "service_level": _("Level of the online service"),
        "partial_reason": _("Why only partly online"),
        "old_level": _("Former level (1 to 4)"),
        "nature": _("Nature"),
        "one_stop": _("Sharing of the work"),
        "territorial": _("Bound to the place of residence"),
        "no_result": _("Without a result"),
        "receiving_agency": _("Receiving agency"),
    }


def place_words(place: str) -> str:
    """Return a place in a record in words: 'submission_methods[1].fees[0]' as 'Way of filing 2 › Fee 1'."""
    if not place:
        return _("The whole record")
    named = labels() | own_words() | _listed()
    words: list[str] = []
    for piece in place.split("."):
        found = _STEP.fullmatch(piece)
        if found is None:
            words.append(piece)
        elif found[1] not in {"motcua", "part"}:
            word = named.get(found[1], found[1])
            words.append(f"{word} {int(found[2]) + 1}" if found[2] else word)
    return " › ".join(words) or _("The province's additions")


def _listed() -> dict[str, str]:
    return {
        "code": _("Code"),
        "submission_methods": _("Way of filing"),
        "dossier_cases": _("Case"),
        "components": _("Paper"),
        "fees": _("Fee"),
        "limits": _("Time limit"),
        "exemptions": _("Exemption"),
        "results": _("Result"),
        "legal_bases": _("Legal basis"),
        "executing_agencies": _("Agency that carries it out"),
        "steps": _("Step"),
        "time_unit": _("unit of time"),
        "time_value": _("length of time"),
        "time_text": _("time in words"),
        "amount": _("amount"),
        "kind": _("kind"),
        "originals": _("originals"),
        "copies": _("copies"),
        "form_files": _("form file"),
        "channel": _("way of filing"),
        "percent": _("share"),
        "who": _("who"),
        "case": _("name of the case"),
        "life_events": _("Life event"),
        "ways": _("Ways of filing"),
        "papers": _("Papers"),
        "agencies": _("Agencies"),
    }


def level_word(code: str) -> str:
    """Return a level of the national format in words."""
    words = {
        "tinh": _("Provincial level"),
        "xa": _("Commune level"),
        "bo": _("Ministry level"),
        "khac": _("Other agency"),
    }
    return words.get(code, code)


def channel_word(code: Any) -> str:
    """Return a way of filing in words."""
    return str(Channel(code).label) if code in Channel.values else one_line(code)


def limit_words(raw: Mapping[str, Any]) -> str:
    """Return the limit of a way of filing, national or of a case, with what the province promised."""
    value = raw.get("time_value", raw.get("value"))
    unit = raw.get("time_unit", raw.get("unit"))
    words = f"{value:g}" if isinstance(value, int | float) else one_line(value)
    words = f"{words} {_unit_word(unit)}".strip() or clean(raw.get("time_text"))
    own = raw.get("motcua") or raw
    if own.get("reduced_value") is not None:
        unit = _unit_word(own.get("reduced_unit") or unit)
        words += " → " + _("reduced to %(value)s %(unit)s") % {"value": own["reduced_value"], "unit": unit}
        if one_line(own.get("reduced_by")):
            words += f" ({one_line(own['reduced_by'])})"
    if own.get("place") in PlaceKind.values and own["place"] != PlaceKind.ANY:
        words += f" – {PlaceKind(own['place']).label}"
    return words


def _unit_word(unit: Any) -> str:
    national = {"hour": _("hours"), "year": _("years"), "other": _("(unit not given)")}
    if unit in LimitUnit.values:
        return str(LimitUnit(unit).label).lower()
    return national.get(str(unit), "" if unit is None else str(unit))


def _grouped(amount: float) -> str:
    """Write an amount as people do here, 50.000 or 1.500,5: Django groups no digits in Vietnamese."""
    return f"{amount:,.10g}".translate(str.maketrans(",.", ".,"))


def fee_words(raw: Mapping[str, Any]) -> str:
    """Return a fee: kind, amount and what the note says."""
    kinds = {"phi": _("Fee"), "le_phi": _("State charge")}
    amount = raw.get("amount")
    currency = "đồng" if raw.get("currency") in {None, "VND"} else one_line(raw.get("currency"))
    shown = f"{_grouped(amount)} {currency}" if isinstance(amount, int | float) else ""
    words = [kinds.get(str(raw.get("kind")), ""), shown, one_line(raw.get("note"))]
    return ", ".join(word for word in words if word) or _("not said")


def exemption_words(raw: Mapping[str, Any]) -> str:
    """Return how much of the fee falls away, for whom and by which rule."""
    percent = raw.get("percent", 100)
    share = _("pays nothing") if percent == 100 else _("%(percent)s %% less") % {"percent": percent}
    words = [share, channel_word(raw["channel"]) if raw.get("channel") else "", one_line(raw.get("note"))]
    return ", ".join(word for word in [*words, one_line(raw.get("basis"))] if word)


def paper_words(raw: Mapping[str, Any]) -> str:
    """Return numbers, forms and what is known of a paper."""
    own = raw.get("motcua") or {}
    words = [_("originals: %(count)s, copies: %(copies)s") % _counts(raw)]
    if own.get("certified"):
        words.append(_("certified: %(count)s") % {"count": own["certified"]})
    if own.get("kind") in ComponentKind.values:
        words.append(str(ComponentKind(own["kind"]).label))
    if raw.get("form_files"):
        words.append(_("form: %(files)s") % {"files": ", ".join(one_line(name) for name in raw["form_files"])})
    if one_line(own.get("held_by_state")):
        words.append(_("the state holds it: %(register)s") % {"register": one_line(own["held_by_state"])})
    for key, label in (("e_form", _("e-form")), ("template", _("template file")), ("code", _("code"))):
        if one_line(own.get(key)):
            words.append(f"{label} {one_line(own[key])}")
    return "; ".join(words)


def _counts(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"count": raw.get("originals") or 0, "copies": raw.get("copies") or 0}


def flag_word(key: str, value: Any) -> str:
    """Return the value of a key of our own in words."""
    choices: dict[str, Any] = {"service_level": ServiceLevel, "nature": Nature, "one_stop": OneStop}
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if key in choices and value in choices[key].values:
        return str(choices[key](value).label)
    return clean(value)
