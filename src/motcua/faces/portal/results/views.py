"""The result of a dossier: number, signer, the document itself, and what was certified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.dossiers.types import Capacity, SignedHow
from motcua.engagement.surveys import selectors as surveys
from motcua.faces.portal.track.access import Mine, own_page
from motcua.faces.portal.track.presenting import is_settled


@own_page
@require_safe
def result(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Show the issued result with its download, or that there is none yet."""
    view = mine.view
    issued = view.result if view.result and view.result.issued_at else None
    if issued is None:
        return render(request, "portal/results/none_yet.html", {"mine": mine, "dossier": view}, status=404)
    document = issued.file or issued.scan
    context = {
        "mine": mine,
        "dossier": view,
        "result": issued,
        "document": document,
        "is_image": bool(document and document.media_type.startswith("image/")),
        "is_pdf": bool(document and document.media_type == "application/pdf"),
        "signed_how": SignedHow(issued.signed_how).label,
        "capacity": Capacity(issued.capacity).value,
        "can_rate": is_settled(view),
        "rating": surveys.rating_of(dossier_id=view.id) if is_settled(view) else None,
    }
    return render(request, "portal/results/result.html", context)
