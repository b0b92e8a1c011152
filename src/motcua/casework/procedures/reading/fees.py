"""Fees: zero that means 'see the note', thousands written as units, foreign money, two kinds not told apart."""

import re
from typing import Any

from motcua.casework.procedures.reading.drafts import FeeDraft, Notebook
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


def read_fees(raw: Any, notebook: Notebook) -> tuple[FeeDraft, ...]:
    """Return the fees in published order; amount None where only words say it."""
    drafts: list[FeeDraft] = []
    for number, method in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(method, dict) or method.get("channel") not in Channel.values:
            continue
        description = clean(method.get("description"))
        for index, fee in enumerate(method.get("fees") or ()):
            place = f"submission_methods[{number}].fees[{index}]"
            if isinstance(fee, dict):
                drafts.append(_read_one(fee, method["channel"], description, place, notebook))
            else:
                notebook.note(place, "not an object, left out")
    return tuple(drafts)


def _read_one(fee: dict[str, Any], channel: str, description: str, place: str, notebook: Notebook) -> FeeDraft:
    note = one_line(fee.get("note"))
    amount = _amount(fee, note, description, place, notebook)
    raw = fee.get("amount")
    if amount is None and raw and str(raw) not in note:
        money = "USD" if fee.get("currency") == "USD" or _FOREIGN.search(note + description) else ""
        note = " ".join(part for part in (f"{raw} {money}".strip(), note) if part) if money else note
    return FeeDraft(channel=channel, kind=_kind(fee.get("kind"), note), amount_vnd=amount, note=note)


def _amount(fee: dict[str, Any], note: str, description: str, place: str, notebook: Notebook) -> int | None:
    raw = fee.get("amount")
    if raw is None or not isinstance(raw, int | float) or raw < 0:
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
    notebook.note(f"{place}.amount", f"{raw:g} VND is not credible; the amount is left open")
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
