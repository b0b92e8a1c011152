"""The list of centres, and one centre with its hours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.faces.portal.offices import presenting
from motcua.foundation.accounts.registry import act
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations


@require_safe
@act("portal.read", public=True)
def office_list(request: HttpRequest) -> HttpResponse:
    """Show all centres, or those whose name holds the words asked for."""
    now = clock.now()
    everywhere = presenting.centres(on=now.date())
    text = request.GET.get("q", "").strip()[:100]
    found = presenting.matching(everywhere, text, on=now.date())
    shown = [presenting.office(card, now=now) for card in found]
    context = {"text": text, "total": len(everywhere), "offices": shown, "shared": presenting.shared_note(shown)}
    return render(request, "portal/offices/list.html", context)


@require_safe
@act("portal.read", public=True)
def office_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one centre: houses, hours of the coming days, whether it is open now."""
    now = clock.now()
    card = presenting.by_public_id(str(public_id), on=now.date())
    if card is None:
        raise Http404
    calendar = calendars.calendar_for(card.id, on=now.date())
    context = {
        "office": presenting.office(card, now=now),
        "days": presenting.coming_days(calendar, today=now.date()),
        "premises": organisations.premises_of(card.id, on=now.date()),
    }
    return render(request, "portal/offices/page.html", context)
