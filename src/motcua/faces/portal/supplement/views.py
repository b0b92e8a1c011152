"""Handing in what was asked for: only the marked papers, each with the officer's reason, one submit.

Files go up one by one and wait under the dossier until the submit, so that an error loses nothing.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import FileCard, Purpose
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import FileView, NoSupplementAsked, SupplementAnswer, SupplementView
from motcua.faces.portal.apply import uploads
from motcua.faces.portal.track.access import Mine, own_page
from motcua.foundation.core.types import Invalid, NotFound

GENERAL = "giay-khac"


@own_page
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, mine: Mine) -> HttpResponseBase:
    """Show the marked papers, take files, take files away, or hand the whole answer in."""
    asked = mine.view.open_supplement
    if asked is None:
        return render(
            request,
            "portal/supplement/nothing_asked.html",
            {"mine": mine, "dossier": mine.view},
            status=409 if request.method == "POST" else 200,
        )
    waiting = _waiting(mine, asked)
    if request.method != "POST":
        if "tep" in request.GET:
            return _file(waiting, request.GET["tep"])
        return _show(request, mine, asked, waiting)
    if "remove" in request.POST:
        return _remove(request, mine, asked, waiting)
    taken = _take(request, mine, asked, waiting)
    waiting = _waiting(mine, asked)
    if taken.refused:
        return _show(request, mine, asked, waiting, refused=taken.refused, status=taken.status)
    if "upload" in request.POST:
        return redirect(f"{request.path}#paper-{_place(request.POST['upload'], asked)}")
    return _hand_in(request, mine, asked, waiting)


def _inputs(asked: SupplementView) -> dict[str, int | None]:
    """Return the file inputs with the paper of each marked item."""
    return {_input(paper_id): paper_id for paper_id, _name, _why in asked.items}


def _input(paper_id: int | None) -> str:
    return f"giay-{paper_id}" if paper_id else GENERAL


def _place(name: str, asked: SupplementView) -> str:
    return name if name in _inputs(asked) else next(iter(_inputs(asked)))


def _owner(mine: Mine, asked: SupplementView, name: str) -> str:
    return f"supplement:{mine.view.public_id}:{asked.ordinal}:{name}"


def _waiting(mine: Mine, asked: SupplementView) -> dict[str, list[FileCard]]:
    """Return the files that went up but are not handed in yet, by input."""
    return {name: documents.files_of(_owner(mine, asked, name)) for name in _inputs(asked)}


def _take(request: HttpRequest, mine: Mine, asked: SupplementView, waiting: dict[str, list[FileCard]]) -> uploads.Taken:
    total = uploads.Taken()
    for name in _inputs(asked):
        room = {name: uploads.FILES_PER_PAPER - len(waiting[name])}
        taken = uploads.take(
            request,
            [name],
            owner_key=_owner(mine, asked, name),
            purpose=Purpose.SUPPLEMENT,
            room=room,
            keep=lambda _name, _file_id: None,
            at=mine.at,
        )
        total.refused |= taken.refused
        total.stored += taken.stored
        total.status = max(total.status, taken.status)
    return total


def _remove(
    request: HttpRequest, mine: Mine, asked: SupplementView, waiting: dict[str, list[FileCard]]
) -> HttpResponseBase:
    for name, cards in waiting.items():
        for card in cards:
            if card.public_id == request.POST["remove"]:
                document_services.discard_file(public_id=card.public_id, owner_key=_owner(mine, asked, name))
    return redirect(request.path)


def _hand_in(
    request: HttpRequest, mine: Mine, asked: SupplementView, waiting: dict[str, list[FileCard]]
) -> HttpResponseBase:
    inputs = _inputs(asked)
    empty = [name for name, cards in waiting.items() if not cards and (inputs[name] is not None or len(inputs) == 1)]
    if empty:
        return _show(request, mine, asked, waiting, lacking=empty, status=422)
    answers = tuple(
        SupplementAnswer(paper_id=inputs[name], file_ids=tuple(card.id for card in cards), name=_("Further paper"))
        for name, cards in waiting.items()
        if cards
    )
    try:
        dossiers.answer_supplement(**mine.keys(), answers=answers)
    except NoSupplementAsked:
        return render(request, "portal/supplement/nothing_asked.html", {"mine": mine, "dossier": mine.view}, status=409)
    except Invalid:
        return _show(request, mine, asked, waiting, lacking=list(inputs), status=422)
    for name, cards in waiting.items():
        document_services.change_owner(
            public_ids=[card.public_id for card in cards],
            owner_key=_owner(mine, asked, name),
            new_owner_key=f"dossier:{mine.view.public_id}",
        )
    messages.success(
        request, _("Your supplement came in. The officer goes on with the dossier; you need not do anything now.")
    )
    return redirect("portal:dossier", dossier=mine.view.public_id)


def _file(waiting: dict[str, list[FileCard]], wanted: str) -> HttpResponseBase:
    """Show a file that waits to be handed in."""
    known = {card.public_id for cards in waiting.values() for card in cards}
    if wanted not in known:
        raise NotFound
    return documents.file_response(documents.open_file(UUID(wanted), preview=True))


def _show(
    request: HttpRequest,
    mine: Mine,
    asked: SupplementView,
    waiting: dict[str, list[FileCard]],
    *,
    refused: dict[str, list[tuple[str, str]]] | None = None,
    lacking: list[str] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    wrong = dict(refused or {})
    for name in lacking or ():
        wrong.setdefault(name, []).append(("", _("Add at least one file for this paper.")))
    context = {
        "mine": mine,
        "dossier": mine.view,
        "asked": asked,
        "cards": [_card(mine, asked, name, waiting[name], wrong.get(name)) for name in waiting],
        "errors": [(name, why) for name, entries in wrong.items() for _file_name, why in entries],
    }
    return render(request, "portal/supplement/answer.html", context, status=status)


def _card(
    mine: Mine, asked: SupplementView, name: str, cards: list[FileCard], refused: list[tuple[str, str]] | None
) -> dict[str, Any]:
    items = [(paper_id, title, why) for paper_id, title, why in asked.items if _input(paper_id) == name]
    paper_id, title, _why = items[0]
    url = reverse("portal:dossier_supplement", kwargs={"dossier": mine.view.public_id})
    files = [(f"{url}?tep={card.public_id}", _view(card), card.public_id) for card in cards]
    paper = uploads.card(title=title or _("Other remarks"), files=files, refused=refused)
    earlier = next((shown.files for shown in mine.view.papers if shown.id == paper_id), ())
    return {"name": name, "paper": paper, "reasons": [why for _id, _name, why in items], "earlier": earlier}


def _view(card: FileCard) -> FileView:
    return FileView(
        id=UUID(card.public_id),
        name=card.name,
        media_type=card.media_type,
        size=card.size,
        page_count=card.pages,
        sha256=card.sha256,
        added_at=card.uploaded_at,
        is_superseded=False,
        warnings=card.warnings,
    )
