"""Fees: zero that means 'see the note', thousands written as units, foreign money, two kinds not told apart."""

import re
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import ExemptionDraft, FeeDraft, Notebook
from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.types import Channel, FeeKind

_FREE = re.compile(
    r"^[-–(\s]*(không(?: có| thu| quy định| mất)?(?: (?:phí|lệ phí))*|miễn(?: (?:phí|lệ phí))*|chưa quy định)\b", re.I
)
_CONDITIONAL = re.compile(r"trường hợp|đối với|cho (?:người|đối tượng)|thuộc (?:gia đình|hộ|diện)", re.I)
_FOREIGN = re.compile(r"\bUSD\b|đô la|\bEUR\b", re.I)
_DONG = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{3})+)\s*(?:đồng|đ\b|vnđ|vnd)", re.I)
_CHARGE = re.compile(r"\blệ phí\b", re.I)
_FEE = re.compile(r"(?<!lệ )\bphí\b", re.I)
_SMALLEST_CREDIBLE_VND = 1000
_MOST_VND = 10**12


def read_fees(raw: Any, notebook: Notebook) -> tuple[FeeDraft, ...]:
    """Return the fees in published order; amount None where only words say it."""
    drafts: list[FeeDraft] = []
    for number, method in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(method, dict) or method.get("channel") not in Channel.values:
            continue
        description = clean(method.get("description"))
        given = method.get("fees")
        for index, fee in enumerate(given if isinstance(given, list) else []):
            place = f"submission_methods[{number}].fees[{index}]"
            if isinstance(fee, dict):
                drafts.append(_read_one(fee, method["channel"], description, place, notebook))
            elif fee is not None:
                notebook.note(place, _("is no object, left out"))
    return tuple(drafts)


def _read_one(fee: dict[str, Any], channel: str, description: str, place: str, notebook: Notebook) -> FeeDraft:
    note = one_line(fee.get("note"))
    amount = _amount(fee, note, description, place, notebook)
    raw = fee.get("amount")
    if amount is None and raw and str(raw) not in note:
        money = "USD" if fee.get("currency") == "USD" or _FOREIGN.search(note + description) else ""
        note = " ".join(part for part in (f"{raw} {money}".strip(), note) if part) if money else note
    code = fee.get("code") or (fee.get("motcua") or {}).get("code")
    kind = _kind(fee.get("kind"), note)
    return FeeDraft(channel=channel, kind=kind, amount_vnd=amount, note=note, code=one_line(code)[:60])


def read_case_fees(raw: Any, place: str, notebook: Notebook) -> tuple[FeeDraft, ...]:
    """Return the fees that the record gives for one case."""
    drafts: list[FeeDraft] = []
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        where = f"{place}[{number}]"
        if item is None:
            continue
        if item.get("channel") in Channel.values:
            drafts.append(_read_one(item, item["channel"], "", where, notebook))
        else:
            notebook.note(f"{where}.channel", _("%(value)s is no way of filing, left out"), value=item.get("channel"))
    return tuple(drafts)


def read_exemptions(raw: Any, place: str, notebook: Notebook) -> tuple[ExemptionDraft, ...]:
    """Return who pays no fee or less of it.

    Law: Law 97/2015/QH13, art. 10: those who may be freed of fees.
    """
    drafts: list[ExemptionDraft] = []
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        where = f"{place}[{number}]"
        if item is None:
            continue
        percent, channel = item.get("percent", 100), item.get("channel") or ""
        if not one_line(item.get("who")):
            notebook.note(f"{where}.who", _("is empty; nobody is freed of the fee"))
        elif not isinstance(percent, int) or not 1 <= percent <= 100:
            notebook.note(f"{where}.percent", _("%(value)s is no share of 1 to 100, left out"), value=percent)
        elif channel and channel not in Channel.values:
            notebook.note(f"{where}.channel", _("%(value)s is no way of filing, left out"), value=channel)
        else:
            words = [one_line(item.get(key)) for key in ("who", "group", "note", "basis")]
            drafts.append(ExemptionDraft(words[0], words[1][:40], percent, channel, words[2], words[3]))
    return tuple(drafts)


def _amount(fee: dict[str, Any], note: str, description: str, place: str, notebook: Notebook) -> int | None:
    raw = fee.get("amount")
    if raw is None or isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= _MOST_VND:
        return None
    if fee.get("currency") not in {None, "VND"}:
        return None
    if raw == 0:
        return 0 if _is_free(note) else None
    if raw >= _SMALLEST_CREDIBLE_VND:
        return int(raw)
    if _FOREIGN.search(note) or re.search(rf"\b{raw:g}\s*USD\b", description):
        return None
    if raw * 1000 in {int(found.replace(".", "")) for found in _DONG.findall(note)}:
        return int(raw * 1000)
    notebook.note(
        f"{place}.amount", _("%(value)s đồng is too little to be true; the amount is left open"), value=f"{raw:g}"
    )
    return None


def _is_free(note: str) -> bool:
    return not note or (bool(_FREE.search(note)) and not _CONDITIONAL.search(note))


def _kind(raw: Any, note: str) -> str:
    known = {"phi": FeeKind.FEE, "le_phi": FeeKind.CHARGE}.get(str(raw))
    if known:
        return known
    start = note[:80]
    charge, fee = bool(_CHARGE.search(start)), bool(_FEE.search(start))
    if charge != fee:
        return FeeKind.CHARGE if charge else FeeKind.FEE
    return FeeKind.UNSAID
