"""The record of an item: its parts with what is missing, one page for each, and what differs from the one in force."""

from contextlib import suppress
from copy import deepcopy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import FileRefusal
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import WITH_RECORD, DecisionAct, DecisionCard, DecisionState, ItemCard
from motcua.faces.office.catalogue import entries, sheets, telling
from motcua.faces.office.catalogue.decisions import HERE
from motcua.faces.office.catalogue.parts import BY_CODE, PARTS, Part
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal

# The eight parts of the decree -> the page on which each is entered.
_PAGE_OF = {
    "name": "general", "steps": "steps", "ways": "ways", "limits": "ways", "papers": "papers", "audience": "audience",
    "agencies": "agencies", "results": "results", "code": "general", "field": "general", "levels": "general",
}  # fmt: skip


def _opened(request: HttpRequest, item_id: UUID) -> tuple[DecisionCard, ItemCard, bool]:
    """Return the decision, the item and whether this person may change it now."""
    card, item = procedures.decision_item(item_id)
    actor = request.actor  # type: ignore[attr-defined]
    may = can(actor, "decisions.draft") and procedures.may_draft(actor, card.agency_id, on=civil_day(clock.now()))
    return card, item, may and card.line.state == DecisionState.DRAFT


@act("decisions.see")
@require_GET
def overview(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show an item: the parts of its record with what is missing, or the procedure that ends."""
    at = clock.now()
    card, item, may_change = _opened(request, item_id)
    context = _around(card, item, may_change) | {
        "tasks": _tasks(item, may_change),
        "cases": _cases(item),
        "changes": _changes(item)[:8],
        "changed": len(_changes(item)),
        "decisions": procedures.decisions_of_procedure(item.code),
        "bench_url": reverse("office:bench-record", args=[item_id]) if item.record and item.base_version_id else "",
        "preview_url": reverse("portal:procedure_preview", args=[item_id]) if item.record else "",
    }
    return page(request, "office/catalogue/item.html", context, here=HERE, at=at)


def _around(card: DecisionCard, item: ItemCard, may_change: bool) -> dict[str, Any]:
    return {
        "card": card,
        "item": telling.item(item, ()),
        "act": DecisionAct(item.act).label,
        "has_record": item.act in WITH_RECORD,
        "is_amended": item.act == DecisionAct.AMENDED,
        "may_change": may_change,
        "decision_url": reverse("office:decision", args=[card.line.public_id]),
        "item_url": reverse("office:decision-item", args=[item.public_id]),
    }


def _lacking(item: ItemCard) -> dict[str, list[str]]:
    """Return page -> sentences about what is missing there."""
    found: dict[str, list[str]] = {}
    for place, words in item.problems:
        found.setdefault(_PAGE_OF.get(place.split("[")[0].split(".")[0], "general"), []).append(words)
    return found


def _tasks(item: ItemCard, may_change: bool) -> list[dict[str, Any]]:
    lacking = _lacking(item)
    return [
        {
            "title": part.title,
            "url": reverse("office:decision-item-part", args=[item.public_id, part.code]) if may_change else "",
            "note": " ".join(lacking.get(part.code, ())) or str(part.hint),
            "state": "mend" if part.code in lacking else "done" if _says(part, item.record) else "todo",
        }
        for part in PARTS
    ]


def _says(part: Part, record: dict[str, Any]) -> bool:
    """Say whether anything stands in a part."""
    ignored = {"nature", "was", "case", "time_unit"} if part.code != "cases" else {"was"}

    def filled(value: Any) -> bool:
        if isinstance(value, dict):
            return any(filled(inner) for name, inner in value.items() if name not in ignored)
        if isinstance(value, list):
            return (part.code == "cases" and bool(value)) or any(filled(inner) for inner in value)
        return value not in ("", None, False, 0)

    return filled(part.of(record, 0))


def _cases(item: ItemCard) -> list[dict[str, Any]]:
    cases = item.record.get("dossier_cases") or []
    base = reverse("office:decision-item-part", args=[item.public_id, "papers"])
    return [
        {
            "name": case.get("case")
            or (_("The only case") if len(cases) == 1 else _("Case %(n)s") % {"n": number + 1}),
            "url": f"{base}?case={number}",
            "count": len(case.get("components") or ()),
        }
        for number, case in enumerate(cases)
    ]


def _changes(item: ItemCard) -> list[Any]:
    if item.base_version_id is None or not item.record:
        return []
    return procedures.difference_from_base(item.public_id)


@act("decisions.see")
@require_GET
def difference(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show what differs from the version in force, in words."""
    card, item, may_change = _opened(request, item_id)
    context = _around(card, item, may_change) | {"changes": _changes(item)}
    return page(request, "office/catalogue/difference.html", context, here=HERE)


@act("decisions.draft")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, item_id: UUID, part: str) -> HttpResponse:
    """Show one part for changing; buttons of rows keep what was typed, only Save saves."""
    at, chosen = clock.now(), BY_CODE.get(part)
    card, item, may_change = _opened(request, item_id)
    if chosen is None or not item.record:
        raise Http404
    if not may_change:
        messages.info(request, _("This record is not open for changes."))
        return redirect("office:decision-item", item_id)
    case = _case_of(request, item)
    data, status, focus, dirty = chosen.of(item.record, case), 200, "", False
    sheet, refused = None, ""
    if request.method == "POST":
        wish, dirty = request.POST.get("do", "save"), True
        data = sheets.sent(chosen.head, chosen.groups, request.POST)
        if wish not in {"save", "save-next"}:
            focus = sheets.rearrange(data, wish)
        else:
            post = sheets.as_post(chosen.groups, request.POST)
            sheet = sheets.draw(chosen.head, chosen.groups, data, post=post, files=request.FILES)
            _fill_choices(sheet, at)
            if sheet.is_sound and _keep_templates(sheet, request, at):
                refused = _save(request, card, item, chosen, sheet, case)
                if not refused:
                    return _saved(request, item_id, chosen)
            status = 422
    if sheet is None:
        sheet = sheets.draw(chosen.head, chosen.groups, data)
        _fill_choices(sheet, at)
    context = _around(card, item, may_change) | {
        "part": chosen, "sheet": sheet, "focus": focus, "dirty": dirty, "refused": refused,
        "lock": request.POST.get("lock") or card.lock_version,
        "lacking": _lacking(item).get(part, []) if request.method == "GET" else [],
        "case": case, "case_tabs": _case_tabs(item, case) if chosen.by_case else (),
        "steps": _neighbours(item_id, chosen), "fields": procedures.fields(on=civil_day(at)), "kinds": entries.KINDS,
    }  # fmt: skip
    return page(request, "office/catalogue/part.html", context, here=HERE, status=status, at=at)


def _case_of(request: HttpRequest, item: ItemCard) -> int:
    said = request.GET.get("case", "")
    count = len(item.record.get("dossier_cases") or ())
    return min(int(said), max(count - 1, 0)) if said.isdecimal() and len(said) < 5 else 0


def _case_tabs(item: ItemCard, chosen: int) -> list[dict[str, Any]]:
    tabs = [
        {"label": one["name"][:60], "url": one["url"], "count": one["count"], "current": number == chosen}
        for number, one in enumerate(_cases(item))
    ]
    return tabs if len(tabs) > 1 else []


def _fill_choices(sheet: sheets.Sheet, at: Any) -> None:
    """Events of life are the province's own list."""
    for form in sheet.forms:
        if "life_events" in form.fields:
            events = procedures.life_events(on=civil_day(at))
            if not events:
                del form.fields["life_events"]
                continue
            form.fields["life_events"].choices = [(event.code, event.name) for event in events]  # type: ignore[attr-defined]
        if kept := "upload" in form.fields and form["template"].value():
            with suppress(NotFound):
                form.fields["upload"].help_text = _("Kept now: %(name)s") % {"name": documents.file_card(kept).name}


def _keep_templates(sheet: sheets.Sheet, request: HttpRequest, at: Any) -> bool:
    """Keep the template files that came along and put their ids in; False when one was refused, said at its field."""
    for form in sheet.forms:
        upload = form.cleaned_data.pop("upload", None)
        if upload is None:
            continue
        try:
            kept = document_services.store_upload(
                file=upload, name=upload.name, purpose="form", at=at, owner_key="record",
                declared_type=upload.content_type or "", created_by_id=request.actor.person_id,  # type: ignore[attr-defined]
            )  # fmt: skip
        except FileRefusal as refusal:
            form.add_error("upload", str(refusal))
            return False
        form.cleaned_data["template"] = str(kept.public_id)
    return True


def _save(request: HttpRequest, card: DecisionCard, item: ItemCard, part: Part, sheet: sheets.Sheet, case: int) -> str:
    """Save a sound sheet; return what it was refused for, '' when it is kept."""
    record = deepcopy(item.record)
    part.into(record, sheets.cleaned(sheet, part.groups), case)
    lock = request.POST.get("lock", "")
    try:
        services.save_record(
            item_id=item.public_id, record=record, lock_version=int(lock) if lock.isdecimal() else None,
            actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refusal as refusal:
        return str(refusal)
    return ""


def _saved(request: HttpRequest, item_id: UUID, part: Part) -> HttpResponse:
    messages.success(request, _("Saved: %(part)s.") % {"part": part.title})
    following = _neighbours(item_id, part)["next"]
    if request.POST.get("do") == "save-next" and following:
        return redirect(following["url"])
    return redirect("office:decision-item", item_id)


def _neighbours(item_id: UUID, part: Part) -> dict[str, Any]:
    """Return the pages before and after, and all of them for the list beside."""
    every = [
        {
            "title": one.title,
            "url": reverse("office:decision-item-part", args=[item_id, one.code]),
            "current": one is part,
        }
        for one in PARTS
    ]
    number = PARTS.index(part)
    return {"all": every, "next": every[number + 1] if number + 1 < len(every) else None, "number": number + 1}
