"""The papers of the case: a card each, files sent up one by one, refusals beside the paper they belong to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import Purpose
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DraftView, FileView
from motcua.faces.portal.apply import uploads
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.steps import onward, reopened, show
from motcua.faces.portal.procedure import presenting
from motcua.foundation.core.types import NotFound

OTHER = "giay-khac"


@draft_page
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, held: Held) -> HttpResponse:
    """Show the papers, take files, take files away, or go on."""
    if request.method != "POST":
        return _show(request, held)
    if request.POST.get("remove", "").isdecimal():
        return _remove(request, held, int(request.POST["remove"]))
    inputs = _inputs(held.view)
    room = {name: uploads.FILES_PER_PAPER - len(_files_of(held.view, component)) for name, component in inputs.items()}

    def keep(name: str, file_id: int) -> None:
        dossier_services.add_draft_file(**held.keys(), component_id=inputs[name], file_id=file_id)

    taken = uploads.take(
        request, inputs, owner_key=held.owner_key, purpose=Purpose.COMPONENT, room=room, keep=keep, at=held.at
    )
    if taken.refused:
        return _show(request, reopened(held), refused=taken.refused, status=taken.status)
    if "upload" in request.POST:
        return redirect(f"{request.get_full_path()}#paper-{_known(request.POST['upload'], inputs)}")
    held.save(done="papers")
    return onward(request, held, "papers")


@draft_page
@require_safe
def file(request: HttpRequest, held: Held, file: UUID) -> HttpResponseBase:
    """Show a file of the draft to whoever holds it."""
    if dossiers.draft_file(**held.keys(), file_public_id=file) is None:
        raise NotFound
    return documents.file_response(documents.open_file(file, preview=True))


def _known(name: str, inputs: dict[str, int | None]) -> str:
    return name if name in inputs else OTHER


def _inputs(view: DraftView) -> dict[str, int | None]:
    """Return the file inputs of the page with the paper each belongs to."""
    lines = view.case.submit if view.case else ()
    return {**{f"giay-{line.id}": line.id for line in lines}, OTHER: None}


def _files_of(view: DraftView, component: int | None) -> tuple[tuple[int, FileView], ...]:
    """Return the files of a paper; under "other" also those of papers that the chosen case does not ask."""
    if component is not None:
        return view.files.get(component, ())
    asked = set(_inputs(view).values()) - {None}
    return tuple(entry for key, entries in view.files.items() if key not in asked for entry in entries)


def _remove(request: HttpRequest, held: Held, link_id: int) -> HttpResponse:
    entries = {link: file for files in held.view.files.values() for link, file in files}
    if link_id in entries:
        dossier_services.remove_draft_file(**held.keys(), draft_file_id=link_id)
        document_services.discard_file(public_id=str(entries[link_id].id), owner_key=held.owner_key)
    return redirect(request.get_full_path())


def _show(
    request: HttpRequest, held: Held, *, refused: dict[str, list[tuple[str, str]]] | None = None, status: int = 200
) -> HttpResponse:
    wrong = refused or {}
    context = {
        "cards": cards(held.view, wrong),
        "other": OTHER,
        "shown_papers": held.view.case.show if held.view.case else (),
        "notes": held.view.case.notes if held.view.case else (),
        "errors": [(name, why) for name, entries in wrong.items() for _file, why in entries],
    }
    return show(request, held, "papers", "portal/apply/papers.html", context, status=status)


def cards(view: DraftView, refused: dict[str, list[tuple[str, str]]]) -> list[tuple[str, dict[str, Any]]]:
    """Return (input, paper) for every card of the page."""
    found = []
    lines = {line.id: line for line in (view.case.submit if view.case else ())}
    for name, component in _inputs(view).items():
        line = lines.get(component or 0)
        files = [(_address(view, entry), entry, str(link)) for link, entry in _files_of(view, component)]
        title = line.name if line else _("Other papers you want to send along")
        note = presenting.copies(line) if line else ""
        found.append((name, uploads.card(title=title, note=note, files=files, refused=refused.get(name))))
    return found


def _address(view: DraftView, entry: FileView) -> str:
    return reverse("portal:apply_file", kwargs={"draft": view.public_id, "file": entry.id})


def missing(view: DraftView) -> list[str]:
    """Return the names of the papers that have no file yet."""
    return [line.name for line in (view.case.submit if view.case else ()) if not view.files.get(line.id)]
