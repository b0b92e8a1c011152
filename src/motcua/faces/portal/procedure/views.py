"""One procedure, or the page that says it is no longer in force and what took its place."""

import re
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import Channel, ProcedureNotInForce, ProcedurePage
from motcua.faces.design import formatting
from motcua.faces.design.forecasting import usual_words
from motcua.faces.portal.offices import presenting as offices
from motcua.faces.portal.procedure import presenting
from motcua.faces.portal.procedure.choosing import chosen_agency, for_agency, takes
from motcua.faces.portal.procedure.promise import promise
from motcua.foundation.accounts.registry import act
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core import clock
from motcua.insight.forecasts import selectors as forecasts
from motcua.insight.forecasts.types import Like

CODE = re.compile(r"[0-9A-Z.]{1,40}")


@require_safe
@act("portal.read", public=True)
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the eight parts of a procedure in the citizen's order, with the date of the result if handed in now."""
    now = clock.now()
    if not CODE.fullmatch(code):
        raise Http404
    try:
        page = procedures.procedure_page(code, on=now.date(), lang=formatting.language())
    except ProcedureNotInForce as ended:
        return render(request, "portal/procedure/ended.html", {"ended": ended, "code": code}, status=410)
    agency = chosen_agency(request.GET.get("agency", ""), on=now.date())
    chosen = agency if takes(page, agency) else None
    page = for_agency(page, chosen)
    context = shown(page, now=now) | {"chosen": chosen, "asked_agency": agency}
    return render(request, "portal/procedure/page.html", context)


def _usual(page: ProcedurePage, agency_id: int | None) -> str:
    """Return how long it really takes, '' where too few were finished; one query by its index."""
    took = forecasts.forecast_for(like=Like(page.code, None, agency_id or 0))
    return usual_words(took) if took else ""


def shown(page: ProcedurePage, *, now: datetime) -> dict[str, Any]:
    """Return what the page of a procedure shows."""
    where = presenting.where(page, on=now.date())
    agency_id = where.agencies[0].id if len(where.agencies) == 1 and not where.all_communes else None
    is_online = bool(where.online)
    limit = presenting.main_limit(page, is_online=is_online)
    return {
        "page": page,
        "where": where,
        "ways": presenting.ways(page),
        "service": presenting.service(page),
        "exemptions": presenting.exemptions(page),
        "limit": limit,
        "limit_words": presenting.limit_words(limit),
        "usual_words": _usual(page, agency_id),
        "statutory_words": presenting.statutory_words(limit),
        "fee_words": presenting.fee_words(presenting.main_fees(page, is_online=is_online)),
        "cases": presenting.cases(page),
        "record": presenting.record(page),
        "offices": [offices.office(card, now=now) for card in presenting.receiving_centres(where, on=now.date())],
        "takes_post": Channel.POSTAL in page.channels and bool(page.offers),
        "promise": promise(limit, calendar=calendars.calendar_for(agency_id, on=now.date()), now=now),
    }
