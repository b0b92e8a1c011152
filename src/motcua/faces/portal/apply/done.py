"""The page after handing in: the number, what happens next with dates, and what to keep."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.dossiers.types import PartyRole
from motcua.faces.portal.track.access import Mine, own_page
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day


@own_page
@require_safe
def done(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Show that the dossier came in, to whoever may see it."""
    party = next((item for item in mine.view.parties if item.email and item.role != PartyRole.RECIPIENT), None)
    context = {
        "mine": mine,
        "dossier": mine.view,
        "mail": masked_mail(party.email) if party else "",
        "hours": calendars.rules_for(on=civil_day(mine.at)).acceptance_hours,
        "promised_at": _promised_at(mine),
        "has_link": not mine.actor.person_id,
    }
    return render(request, "portal/apply/done.html", context)


def _promised_at(mine: Mine) -> datetime | None:
    """Return the due instant, before acceptance the one that follows if the desk takes all its time."""
    view = mine.view
    if view.due_at or view.limit is None or view.acceptance_due_at is None:
        return view.due_at
    calendar = calendars.calendar_for(view.competent_id, on=civil_day(mine.at))
    return calendars.due_at(limit=view.limit, received_at=view.acceptance_due_at, calendar=calendar)


def masked_mail(address: str) -> str:
    """Return an e-mail address that its owner recognises and nobody else learns."""
    name, _at, host = address.partition("@")
    return f"{name[:2]}•••@{host}"
