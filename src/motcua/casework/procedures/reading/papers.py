"""Cases and papers: headings that pose as cases, hints that pose as papers, and how many copies are wanted."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import CaseDraft, ComponentDraft, Notebook
from motcua.casework.procedures.reading.fees import read_case_fees, read_exemptions
from motcua.casework.procedures.reading.limits import read_case_limits
from motcua.casework.procedures.reading.text import bare, clean, one_line
from motcua.casework.procedures.types import ComponentKind

_HEAD_SUBMIT = re.compile(
    r"(giấy tờ|tài liệu|hồ sơ)[^:]{0,30}(phải nộp|nộp|gửi kèm)|^thành phần hồ sơ|^hồ sơ (bao )?gồm", re.I
)
_HEAD_SHOW = re.compile(r"giấy tờ[^:]{0,20}xuất trình", re.I)
_HEAD_NOTE = re.compile(r"^(lưu ý|ghi chú|chú ý)", re.I)
# Sentences that tell people or officers what to do are no papers, whatever count stands beside them.
_NOTE = re.compile(
    r"^(lưu ý|ghi chú|chú ý|số lượng hồ sơ|số bộ hồ sơ|cá nhân có quyền|người (tiếp nhận|yêu cầu|ủy quyền|uỷ quyền)"
    r"|cơ quan |khi (nộp|thực hiện)|đối với (giấy tờ|các giấy tờ))"
    r"|người tiếp nhận có trách nhiệm|chịu trách nhiệm trước",
    re.I,
)
_ENUMERATOR = re.compile(r"^\(?(?:(?P<number>\d{1,2})|[ivx]{1,4}|[a-zđ])[).]\s*", re.I)
_LIST_HEAD = re.compile(r"(sau đây|như sau|bao gồm|gồm|sau)\s*:\s*$", re.I)
_SHOW = re.compile(r"\bxuất trình\b", re.I)
_KEEP = re.compile(r"\b(nộp|bản sao|bản chụp|kèm theo)\b", re.I)
_SETS = re.compile(r"số lượng(?: bộ)? hồ sơ\s*[:.]?\s*(?:là\s*)?(\d{1,2})\s*(?:\([^)]*\)\s*)?bộ", re.I)
_COUNTS = re.compile(r"(\d{1,2})\s*(?:\([^)]*\)\s*)?(bản chính|bản gốc|bản sao|bản chụp|bản phô tô)", re.I)
_CERTIFIED = re.compile(r"(sao|chụp)[^.;]{0,40}(chứng thực|công chứng)|chứng thực từ bản chính", re.I)


def read_cases(raw: Any, notebook: Notebook) -> tuple[CaseDraft, ...]:
    """Return the cases with their papers; headings such as 'Giấy tờ phải nộp' are not cases but kinds of paper."""
    real: list[CaseDraft] = []
    common: list[ComponentDraft] = []
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(item, dict):
            if item is not None:
                notebook.note(f"dossier_cases[{number}]", _("is no object, left out"))
            continue
        name = bare(one_line(item.get("case"))).rstrip(":").strip()
        heading = "" if item.get("motcua") else _heading_kind(name)
        components = _read_components(item.get("components"), heading, f"dossier_cases[{number}]", notebook)
        if heading:
            common.extend(components)
        else:
            own = _read_own(item.get("motcua"), f"dossier_cases[{number}].motcua", notebook)
            real.append(CaseDraft(name=name, components=tuple(components), **own))
    if not real:
        return (CaseDraft(name="", components=tuple(common)),) if common else ()
    if len(real) == 1:
        papers = (*_heading_note(real[0].name), *real[0].components, *common)
        return (replace(real[0], name="", components=papers),)
    return tuple(replace(case, components=case.components + tuple(common)) for case in real)


def _read_own(own: Any, place: str, notebook: Notebook) -> dict[str, Any]:
    if not isinstance(own, dict):
        return {}
    return {
        "steps": tuple(step for step in (clean(text) for text in own.get("steps") or ()) if step),
        "limits": read_case_limits(own.get("limits"), f"{place}.limits", notebook),
        "fees": read_case_fees(own.get("fees"), f"{place}.fees", notebook),
        "exemptions": read_exemptions(own.get("exemptions"), f"{place}.exemptions", notebook),
    }


def _heading_note(name: str) -> tuple[ComponentDraft, ...]:
    """The name of an only case is no choice (some speak of a part of the papers): it is kept as a note above them."""
    if not name or re.match(r"(thành phần )?hồ sơ[^:]{0,60}(gồm|bao gồm)?$|trường hợp \d+$", name, re.I):
        return ()
    return (ComponentDraft(name, ComponentKind.NOTE, 0, 0, 0, ()),)


def _heading_kind(name: str) -> str:
    if _HEAD_NOTE.search(name):
        return ComponentKind.NOTE
    if _HEAD_SHOW.search(name) and not re.search(r"trường hợp", name, re.I):
        return ComponentKind.SHOW
    if _HEAD_SUBMIT.search(name) and not re.search(r"trường hợp|đối với|cấp|đề nghị", name, re.I):
        return ComponentKind.SUBMIT
    return ""


def _read_components(raw: Any, heading: str, place: str, notebook: Notebook) -> list[ComponentDraft]:
    drafts: list[ComponentDraft] = []
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        name = bare(one_line(item.get("name"))).strip(" ;") if isinstance(item, dict) else ""
        if not name:
            if item is not None:
                notebook.note(f"{place}.components[{number}]", _("has no name, left out"))
            continue
        originals = _count(item.get("originals"), f"{place}.components[{number}].originals", notebook)
        copies = _count(item.get("copies"), f"{place}.components[{number}].copies", notebook)
        draft = _component(name, originals, copies, heading, item.get("form_files"))
        own = item.get("motcua")
        drafts.append(_with_own_keys(draft, own, f"{place}.components[{number}]", notebook) if own else draft)
    return _in_their_order(drafts)


def _in_their_order(drafts: list[ComponentDraft]) -> list[ComponentDraft]:
    """Lines that all carry numbers are put in the order of the numbers; the portal shuffles them."""
    found = [_ENUMERATOR.match(draft.name) for draft in drafts]
    numbers = [int(match["number"]) for match in found if match and match["number"]]
    if len(numbers) != len(drafts) or len(set(numbers)) != len(numbers):
        return drafts
    return [draft for _number, draft in sorted(zip(numbers, drafts, strict=True), key=lambda pair: pair[0])]


def _with_own_keys(draft: ComponentDraft, own: dict[str, Any], place: str, notebook: Notebook) -> ComponentDraft:
    changes: dict[str, Any] = {
        "paper_code": one_line(own.get("code"))[:60],
        "held_by_state": one_line(own.get("held_by_state"))[:200],
        "eform_code": one_line(own.get("e_form"))[:80],
        "template_file": one_line(own.get("template"))[:64],
    }
    if own.get("kind") in ComponentKind.values:
        changes |= {"kind": own["kind"], "is_said": True}
    elif own.get("kind"):
        notebook.note(f"{place}.motcua.kind", _("%(value)s is no kind of paper, left out"), value=own["kind"])
    if own.get("certified") is not None:
        copies = draft.certified_copies + draft.plain_copies
        certified = min(_count(own["certified"], f"{place}.motcua.certified", notebook), copies)
        changes |= {"certified_copies": certified, "plain_copies": copies - certified}
    return replace(draft, **changes)


def _component(name: str, originals: int, copies: int, heading: str, files: Any) -> ComponentDraft:
    if originals == copies == 0:
        originals, copies = _counts_in_words(name)
    kind = propose_kind(name, originals=originals, copies=copies, heading=heading)
    certified = copies if _CERTIFIED.search(name) else 0
    return ComponentDraft(
        name=name,
        kind=kind,
        originals=originals,
        certified_copies=certified,
        plain_copies=copies - certified,
        form_files=tuple(one_line(file)[:300] for file in files if one_line(file)) if isinstance(files, list) else (),
    )


def propose_kind(name: str, *, originals: int, copies: int, heading: str = "") -> str:
    """Return what a line in a list of papers seems to be: hand in, show, or a note; a person confirms it later."""
    name = _ENUMERATOR.sub("", name)
    if heading == ComponentKind.NOTE or _NOTE.search(name) or (_LIST_HEAD.search(name) and not originals + copies):
        return ComponentKind.NOTE
    if not originals + copies:
        return ComponentKind.NOTE
    if heading:
        return heading
    if _SHOW.search(name) and not _KEEP.search(name):
        return ComponentKind.SHOW
    return ComponentKind.SUBMIT


def _counts_in_words(name: str) -> tuple[int, int]:
    originals = copies = 0
    for count, what in _COUNTS.findall(name):
        if what.lower() in {"bản chính", "bản gốc"}:
            originals += int(count)
        else:
            copies += int(count)
    return originals, copies


def _count(value: Any, place: str, notebook: Notebook) -> int:
    try:
        count = int(value or 0)
    except (TypeError, ValueError):
        count = -1
    if 0 <= count <= 100:
        return count
    notebook.note(place, _("%(value)s is no count of papers, read as 0"), value=value)
    return 0


def read_sets(record: dict[str, Any]) -> int | None:
    """Return how many sets of papers are wanted, where the record says it in words."""
    texts = [clean(record.get("procedure_text"))]
    for case in record.get("dossier_cases") or ():
        papers = case.get("components") or () if case else ()
        texts.extend(one_line(component.get("name")) for component in papers if component)
    for text in texts:
        found = _SETS.search(text)
        if found and 1 <= int(found[1]) <= 20:
            return int(found[1])
    return None
