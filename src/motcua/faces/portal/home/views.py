"""The first page: search, track, a counter with its real hours, life events, what can be done online."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.faces.design import formatting
from motcua.faces.design.preferences import preferences_of
from motcua.faces.portal.hits import cards
from motcua.faces.portal.offices import presenting as offices
from motcua.foundation.accounts.registry import act
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core import clock

EXAMPLES = ("khai sinh", "hộ kinh doanh", "xác nhận độc thân", "giấy phép xây nhà")
LISTED = 6
DAYS_AHEAD = 10


@require_safe
@act("portal.read", public=True)
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    now = clock.now()
    context = {"examples": EXAMPLES} | _office(request, now) | _day_off(now) | _catalogue(now)
    return render(request, "portal/home.html", context)


def _office(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The counter that this browser remembers, else the province's centre."""
    wanted = preferences_of(request).office
    everywhere = offices.centres(on=now.date())
    chosen = next((card for card in everywhere if card.public_id == wanted), None)
    card = chosen or (everywhere[0] if everywhere else None)
    return {
        "office": offices.office(card, now=now) if card else None,
        "is_chosen": chosen is not None,
        "example_code": f"{card.code}-{now:%y%m%d}-0001" if card else "",
    }


def _day_off(now: datetime) -> dict[str, Any]:
    calendar = calendars.calendar_for(None, on=now.date())
    notices = [row for row in calendars.next_days_off(calendar, now.date(), DAYS_AHEAD) if not row.is_open]
    if not notices:
        return {}
    after = datetime.combine(notices[0].to_on, datetime.max.time(), tzinfo=clock.VIETNAM)
    return {"day_off": notices[0], "working_again": calendars.next_working_instant(calendar, after)}


def _catalogue(now: datetime) -> dict[str, Any]:
    lang, on = formatting.language(), now.date()
    online = procedures.online_codes(on=on)[:LISTED]
    if online:
        title, hits = _("You can do these online"), procedures.hits(online, on=on, lang=lang)
    else:
        title, hits = _("Procedures"), procedures.search(on=on, lang=lang, limit=LISTED).results
    return {
        "list_title": title,
        "hits": cards(hits, on=on),
        "life_events": procedures.life_events(on=on, lang=lang),
        "total": sum(field.count for field in procedures.fields(on=on)),
    }
