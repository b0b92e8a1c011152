"""What lies here to hand over, and where each folder is."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.casework.custody import selectors, services
from motcua.faces.office.custody.forms import GiveBackForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, NotFound, Refusal

HERE = "office:custody"


def whole(text: str) -> int | None:
    """Return a whole number of an address or a form, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


@act("custody.see")
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what lies in one's unit and belongs in another, by unit and with the time; a POST opens a lot."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    units = selectors.units_at_hand(actor=actor)
    wanted = whole(request.POST.get("unit", "") or request.GET.get("unit", ""))
    unit_id = wanted if wanted in units else (units[0] if units else None)
    if request.method == "POST":
        return _open(request, unit_id)
    rows = selectors.to_hand_over(actor=actor, unit_id=unit_id, at=at) if unit_id else []
    rows = sorted(rows, key=lambda row: (row.to_unit, row.due_at))
    groups = [(key, list(group)) for key, group in groupby(rows, key=lambda row: (row.to_unit_id, row.to_unit))]
    coming = selectors.lots(actor=actor, at=at, state="sent", way="in", size=10) if units else None
    context = {
        "now": at,
        "unit_id": unit_id,
        "units": [(key, selectors.unit_name(key, at=at)) for key in units],
        "unit_name": selectors.unit_name(unit_id, at=at) if unit_id else "",
        "groups": sorted(groups, key=lambda group: min(row.due_at for row in group[1])),
        "total": len(rows),
        "overdue": sum(row.due_at < at for row in rows),
        "coming": coming.rows if coming else (),
        "may_hand": may(actor, "custody.hand_over"),
        "tab": "custody",
    }
    return page(request, "office/custody/waiting.html", context, here=HERE, at=at)


def _open(request: HttpRequest, unit_id: int | None) -> HttpResponse:
    picked = [UUID(text) for text in request.POST.getlist("folder") if _is_uuid(text)]
    try:
        made = services.open_lot(
            from_unit_id=unit_id or 0, to_unit_id=whole(request.POST.get("to", "")) or 0, folder_ids=picked,
            actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Invalid as refusal:
        messages.error(request, " ".join(str(text) for texts in refusal.fields.values() for text in texts))
        return redirect(HERE)
    return redirect("office:lot", made)


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@act("custody.see")
@require_http_methods(["GET", "POST"])
def folders(request: HttpRequest) -> HttpResponse:
    """Say where folders are, by code or applicant; a POST begins the folder of a dossier whose papers came later."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    text = (request.POST.get("q", "") or request.GET.get("q", "")).replace("\0", "").strip()[:400]
    if request.method == "POST":
        try:
            return redirect("office:folder", services.open_folder(dossier_code=text, actor=actor, at=at))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    found = selectors.find_folders(actor=actor, text=text, at=at) if text else []
    lacking = bool(text) and not found and selectors.papers_of_code(text, actor=actor) is not None
    context = {"now": at, "q": text, "rows": found, "lacking": lacking, "tab": "folders"}
    context["may_hand"] = may(actor, "custody.hand_over")
    return page(request, "office/custody/folders.html", context, here=HERE, at=at)


@act("custody.see")
@require_http_methods(["GET", "POST"])
def folder(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what lies in a folder and who held it; a POST writes down originals given back."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = selectors.folder(actor=actor, public_id=public_id, at=at)
    form, status = GiveBackForm(papers=found.items), 200
    if request.method == "POST":
        form = GiveBackForm(request.POST, papers=found.items)
        if form.is_valid():
            try:
                count = services.give_back(
                    folder_id=public_id, item_ids=[int(key) for key in form.cleaned_data["items"]],
                    to=form.cleaned_data["to"], actor=actor, at=at,
                )  # fmt: skip
            except NotFound:
                raise
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                words = ngettext("%(n)s paper given back.", "%(n)s papers given back.", count) % {"n": count}
                messages.success(request, words)
                return redirect("office:folder", public_id)
    is_here = found.holder_id is not None and selectors.hands_for(actor=actor, unit_id=found.holder_id)
    context: dict[str, Any] = {
        "now": at,
        "folder": found,
        "form": form,
        "may_give_back": is_here and may(actor, "custody.hand_over") and bool(form.fields["items"].choices),  # type: ignore[attr-defined]
        "tab": "folders",
        "title": _("Folder %(code)s") % {"code": found.code},
    }
    return page(request, "office/custody/folder.html", context, here=HERE, status=status, at=at)
