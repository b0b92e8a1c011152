"""Saved views of the work list: the bar above it, keeping one, and the page where one's views are looked after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers.selectors import saved_views as reads
from motcua.casework.dossiers.services import saved_views as services
from motcua.casework.dossiers.types.saved_views import LISTS, WORK, SavedViewCard
from motcua.faces.office.shell import address, page
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, NotFound, Refusal

HERE = "office:home"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The view that a request opens the list with.

    Attributes:
        query: the filters that count: those of the view, then what the address says besides.
        gone: the link names a view that is not there, or not shared with the reader.
    """

    view: SavedViewCard | None
    query: Mapping[str, str]
    gone: bool = False


def chosen_of(request: HttpRequest, actor: Actor) -> Chosen:
    """Return the view that the link names; without any words in the address, the one that opens by default."""
    asked = request.GET.dict()
    if "view" not in asked:
        views = () if asked else reads.views_for(actor=actor, place=WORK)
        mine = next((view for view in views if view.is_mine and view.is_default), None)
        return Chosen(mine, mine.filters if mine else asked)
    try:
        view = reads.view_for(actor=actor, public_id=UUID(asked["view"]))
    except (ValueError, NotFound):
        return Chosen(None, asked, gone=True)
    return Chosen(view, {**view.filters, **asked})


def bar(actor: Actor, chosen: Chosen) -> list[dict[str, Any]]:
    """Return the links of the bar: one's own views, then those of colleagues."""
    current = chosen.view.public_id if chosen.view else None
    return [
        {
            "label": view.name,
            "url": f"{address(HERE)}?view={view.public_id}",
            "owner": view.owner,
            "current": view.public_id == current,
            "is_default": view.is_default and view.is_mine,
        }
        for view in reads.views_for(actor=actor, place=WORK, fresh=current is not None)
    ]


def column_words() -> dict[str, str]:
    """Return the head of every column that a view may show, in their order."""
    return {
        "code": _("Dossier code"), "step": _("Step, who holds it"), "since": _("Here since"),
        "whole": _("Whole dossier due"), "unit": _("Unit"), "channel": _("Channel"), "state": _("State"),
    }  # fmt: skip


def filter_words(filters: Mapping[str, str]) -> list[str]:
    """Say what a view leaves in the list."""
    words = {
        ("scope", "mine"): _("Mine"), ("scope", "unit"): _("My unit"), ("scope", "agency"): _("Whole agency"),
        ("due", "overdue"): _("overdue"), ("due", "today"): _("due today"), ("due", "soon"): _("due soon"),
        ("due", "new"): _("new"), ("wait", "citizen"): _("waiting for the citizen"),
        ("wait", "bodies"): _("waiting for another body"), ("given", "me"): _("given to me by name"),
    }  # fmt: skip
    return [words.get(item) or f"“{item[1]}”" for item in filters.items()]


def form_of(filters: Mapping[str, str], columns: tuple[str, ...] = (), **entered: Any) -> dict[str, Any]:
    """Return what the form shows that keeps a view: the present filters, columns to tick."""
    kept = {name: value for name in LISTS[WORK].filters if (value := filters.get(name, ""))}
    ticked = columns or ("code", "step", "channel", "state")
    return {
        "filters": kept, "words": filter_words(kept), "name": "", "shared": False, "errors": (),
        "columns": [(key, label, key in ticked) for key, label in column_words().items()],
    } | entered  # fmt: skip


@act("office.work")
@require_GET
def views(request: HttpRequest) -> HttpResponse:
    """Show one's views with what can be done to them, and those that colleagues share."""
    return _views_page(request)


def _views_page(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    cards = reads.views_for(actor=actor, place=WORK, fresh=True)
    heads = column_words()
    rows: list[dict[str, Any]] = [
        {
            "view": card,
            "url": request.build_absolute_uri(f"{address(HERE)}?view={card.public_id}"),
            "words": filter_words(card.filters),
            "columns": [heads[key] for key in card.columns],
        }
        for card in cards
    ]
    context = {
        "now": at, "mine": [row for row in rows if row["view"].is_mine], "plain": f"{address(HERE)}?scope=mine",
        "shared": [row for row in rows if not row["view"].is_mine], "form": None, "refused": None,
    }  # fmt: skip
    return page(request, "office/work/views.html", context | given, here=HERE, status=status, at=at)


@act("office.work")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is shown under a name, then open it."""
    data, spec = request.POST, LISTS[WORK]
    filters = {name: data[name] for name in spec.filters if data.get(name)}
    columns = [key for key in data.getlist("column") if key in spec.columns]
    try:
        public_id = services.save_view(
            name=data.get("name", ""), place=WORK, filters=filters, columns=columns, is_shared="shared" in data,
            actor=request.actor, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refusal as refusal:
        form = form_of(filters, tuple(columns), name=data.get("name", "")[:200], shared="shared" in data)
        return _views_page(request, status=refusal.http_status, form=form | {"errors": _errors(refusal)})
    messages.success(request, _("The view is saved."))
    return redirect(f"{address(HERE)}?{urlencode({'view': str(public_id)})}")


@act("office.work")
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Rename, share, open by default or delete a view of one's own."""
    data, at = request.POST, clock.now()
    given: dict[str, Any] = {"actor": request.actor, "at": at}  # type: ignore[attr-defined]
    try:
        given["public_id"] = UUID(data.get("view", ""))
    except ValueError:
        raise NotFound from None
    kind = data.get("do", "")
    try:
        if kind == "rename":
            services.rename_view(**given, name=data.get("name", ""))
            words = _("The view has its new name.")
        elif kind in {"share", "unshare"}:
            services.share_view(**given, is_shared=kind == "share")
            words = _("Colleagues of your agency see it now.") if kind == "share" else _("Only you see it now.")
        elif kind in {"default", "plain"}:
            services.open_list_with(**given, is_default=kind == "default")
            words = _("Your work list opens with it.") if kind == "default" else _("Your work list opens plainly.")
        elif kind == "delete":
            words = _("The view “%(name)s” is deleted.") % {"name": services.delete_view(**given)}
        else:
            raise NotFound
    except Invalid as refusal:
        refused = {"view": given["public_id"], "name": data.get("name", "")[:200], "errors": _errors(refusal)}
        return _views_page(request, status=refusal.http_status, refused=refused)
    messages.success(request, words)
    return redirect("office:work-views")


def _errors(refusal: Refusal) -> list[str]:
    if isinstance(refusal, Invalid) and refusal.fields:
        return [text for texts in refusal.fields.values() for text in texts]
    return [str(refusal)]
