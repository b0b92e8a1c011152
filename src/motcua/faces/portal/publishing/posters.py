"""Procedures for the office wall: what a sheet says, in Vietnamese whatever the visitor's language."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motcua.casework.documents.types import Letterhead, Poster, PosterSheet
from motcua.casework.procedures.types import ProcedurePage
from motcua.faces.design.brand import brand
from motcua.faces.portal.procedure import presenting
from motcua.faces.portal.procedure.choosing import for_agency
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

MOST_PAPERS = 10
LONGEST_PAPER = 190
LONGEST_WORDS = 150


def address(code: str) -> str:
    """Return the address of a procedure's page as printed and coded."""
    return f"{settings.MOTCUA_SITE_URL}/thu-tuc/{code}/"


def poster(pages: Sequence[ProcedurePage], *, agency: AgencyCard | None, at: datetime, on: date) -> Poster:
    """Return the sheets of these procedures under the name of `agency`, else of the province."""
    cards = organisations.directory(on=on).agencies.values()
    issuer = agency or next((card for card in cards if card.kind == AgencyKind.PROVINCE), None)
    head = Letterhead(
        agency_name=issuer.name if issuer else "", place=issuer.short_name if issuer else "", issued_at=at
    )
    with translation.override("vi"):
        sheets = tuple(_sheet(for_agency(page, agency), on=on) for page in pages)
    return Poster(letterhead=head, sheets=sheets, hotline=brand().hotline)


def _sheet(page: ProcedurePage, *, on: date) -> PosterSheet:
    where = presenting.where(page, on=on)
    is_online = bool(where.online)
    cases = presenting.cases(page)
    papers = cases[0].papers if cases else ()
    results = "; ".join(result.name for result in page.results)
    by = " ".join(part for part in (page.decision_no, page.decision_issuer) if part)
    return PosterSheet(
        code=page.code,
        name=page.name_vi,
        field=page.field.name,
        address=address(page.code),
        papers=tuple((_short(paper.name, LONGEST_PAPER), paper.copies) for paper in papers[:MOST_PAPERS]),
        more_papers=max(0, len(papers) - MOST_PAPERS),
        case=_short(cases[0].name, LONGEST_WORDS) if cases else "",
        more_cases=max(0, len(cases) - 1),
        limit=presenting.limit_words(presenting.main_limit(page, is_online=is_online)),
        fee=presenting.fee_words(presenting.main_fees(page, is_online=is_online)),
        place=_short(_place(where, on=on), LONGEST_WORDS),
        ways=", ".join(way.words for way in presenting.ways(page)),
        result=_short(results, LONGEST_WORDS),
        basis=_("Published by decision") + f": {by}" if by else "",
    )


def _place(where: presenting.Where, *, on: date) -> str:
    if where.all_communes:
        return _("The public administration centre of any commune, ward or special zone")
    centres = presenting.receiving_centres(where, on=on)
    return ", ".join(card.name for card in centres) or where.words


def _short(text: str, length: int) -> str:
    return Truncator(text).chars(length)
