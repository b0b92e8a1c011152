"""How the time of a dossier was counted, for its parties: who held it, what counted and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.faces.design.arithmetic import ledger_words, without_posts
from motcua.faces.portal.track.access import Mine, own_page
from motcua.foundation.core.types import NotFound


@own_page
@require_safe
def time(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Show the ledger as of now: agencies by name, without the posts inside them."""
    try:
        found = without_posts(dossiers.dossier_ledger(dossier_id=mine.view.id, at=mine.at))
    except NotFound:
        found = None
    context = {"mine": mine, "dossier": mine.view, "ledger": found} | ledger_words(found)
    return render(request, "portal/track/time.html", context)
