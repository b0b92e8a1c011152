"""Addresses for walls, programs and search machines; nothing here is about a person."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as papers
from motcua.casework.documents.types import PaperKind
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import ProcedureNotInForce
from motcua.faces.portal import visitor
from motcua.faces.portal.offices import presenting as offices
from motcua.faces.portal.procedure.choosing import chosen_agency
from motcua.faces.portal.procedure.views import CODE
from motcua.faces.portal.publishing import open_data, posters
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt

MOST_SHEETS = 120
SETS_PER_HOUR = 30
PAGES = ("home", "search", "browse", "offices", "help", "open_data", "accessibility", "privacy")
# What search machines have no business with: drafts, dossiers, accounts, the house itself.
CLOSED = (
    "/office/", "/support/", "/api/", "/metrics", "/nop-ho-so/", "/ho-so/", "/tra-cuu/", "/dang-nhap/",
    "/quen-mat-khau/", "/tai-khoan/", "/ho-so-cua-toi/", "/thu-tuc/goi-y/", "/cach-xem/",
)  # fmt: skip


def _stamp(request: HttpRequest, **_kwargs: Any) -> str:
    return f'"{procedures.catalogue_stamp(on=clock.now().date())}"'


@require_safe
@act("portal.read", public=True)
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Print one procedure for the wall, as a chosen agency takes it."""
    now = clock.now()
    agency = chosen_agency(request.GET.get("agency", ""), on=now.date())
    if not CODE.fullmatch(code):
        raise Http404
    try:
        page = procedures.procedure_page(code, on=now.date())
    except ProcedureNotInForce:
        raise Http404 from None
    content = papers.render_paper(
        PaperKind.POSTER, posters.poster((page,), agency=agency, at=_midnight(now), on=now.date())
    )
    return documents.paper_response(content, name=f"niem-yet-{code}.pdf", download="tai" in request.GET)


@require_safe
@act("portal.read", public=True)
def poster_set(request: HttpRequest) -> HttpResponse:
    """Print the procedures of a field or an agency, one sheet each; at most MOST_SHEETS, the next by `from`."""
    now = clock.now()
    agency = chosen_agency(request.GET.get("agency", ""), on=now.date())
    field = request.GET.get("field", "").replace("\0", "")[:80]
    if not (agency or field):
        return redirect("portal:browse")
    count_attempt(
        scope="portal.posters",
        key=visitor.address_of(request),
        limit=SETS_PER_HOUR,
        window=timedelta(hours=1),
        at=now,
    )
    first = request.GET.get("from", "1")
    offset = int(first) - 1 if first.isascii() and first.isdecimal() and 0 < int(first) < 20_000 else 0
    found = procedures.search(
        "", on=now.date(), field=field, agency_id=agency.id if agency else None, limit=MOST_SHEETS, offset=offset
    )
    pages = procedures.procedure_pages([hit.code for hit in found.results], on=now.date())
    if not pages:
        raise Http404
    content = papers.render_paper(
        PaperKind.POSTER, posters.poster(pages, agency=agency, at=_midnight(now), on=now.date())
    )
    return documents.paper_response(content, name="niem-yet.pdf", download="tai" in request.GET)


def _midnight(now: datetime) -> datetime:
    """Return the first instant of the day: sheets of one day are equal to the byte."""
    return datetime.combine(clock.civil_day(now), time(), clock.VIETNAM)


@require_safe
@act("portal.read", public=True)
def code_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the QR code of a procedure's page."""
    if not CODE.fullmatch(code) or not procedures.hits([code], on=clock.now().date()):
        raise Http404
    response = HttpResponse(papers.qr_code(posters.address(code)), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
@act("portal.read", public=True)
def open_data_page(request: HttpRequest) -> HttpResponse:
    """Say what the open lists hold, column by column."""
    context = {"columns": open_data.COLUMNS, "licence": open_data.LICENCE, "lists": open_data.LISTS}
    return render(request, "portal/publishing/open_data.html", context)


@require_safe
@act("portal.read", public=True)
@condition(etag_func=_stamp)
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer the whole catalogue in force as CSV or JSON; who has today's already is told so."""
    if kind not in {"csv", "json"}:
        raise Http404
    now = clock.now()
    rows = procedures.catalogue_rows(on=now.date())
    if kind == "csv":
        response = HttpResponse(open_data.as_csv(rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(open_data.as_json(rows, at=now), content_type="application/json")
    response["Content-Disposition"] = f'inline; filename="thu-tuc.{kind}"'
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@act("portal.read", public=True)
@condition(etag_func=_stamp)
def site_map(request: HttpRequest) -> HttpResponse:
    """Name the public pages to search machines: procedures in force, offices, what the portal says of itself."""
    on = clock.now().date()
    with override("vi"):
        pages: list[tuple[str, date | None]] = [(reverse(f"portal:{name}"), None) for name in PAGES]
        pages += [(reverse("portal:office", args=[card.public_id]), None) for card in offices.centres(on=on)]
        pages += [(reverse("portal:procedure", args=[code]), day) for code, day in procedures.published_days(on=on)]
    context = {"site": settings.MOTCUA_SITE_URL, "pages": pages}
    return render(request, "portal/publishing/sitemap.xml", context, content_type="application/xml")


@require_safe
@act("portal.read", public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search machines what is not for them, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), *(f"Disallow: /en{path}" for path in CLOSED)]
    lines.append(f"Sitemap: {settings.MOTCUA_SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
