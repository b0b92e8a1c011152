"""Who of the staff looked at my dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.faces.portal.track.access import Mine, own_page


@own_page
@require_safe
def readers(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Show every reading with agency, role, time and purpose.

    Law: Law 91/2025/QH15 on personal data protection: the person may know how their data are used.
    """
    rows = dossiers.party_readings(dossier_id=mine.view.id)
    context = {"mine": mine, "dossier": mine.view, "rows": rows, "named": any(row.name for row in rows)}
    return render(request, "portal/track/readers.html", context)
