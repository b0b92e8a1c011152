"""The list of books, one book page by page, its export and its print."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import PaperKind
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import BookCard, BookLineView
from motcua.faces.office import exporting
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may, seen
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations

HERE = "office:books"


def agencies_of(actor: Actor, *, at: datetime, units: bool = False) -> list[tuple[int, str]]:
    """Return the agencies of the actor's own posts to choose from, with their units where asked: (id, short name)."""
    cards = organisations.directory(on=civil_day(at)).agencies
    mine = {post.agency_id for post in actor.posts}
    if units:
        mine |= {post.unit_id for post in actor.posts}
    return [(card.id, card.short_name) for card in seen("staff_unit", actor, cards.values()) if card.id in mine]


@act("books.see")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the books of the actor's agencies, newest year first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    asked, kind = request.GET.get("year", ""), request.GET.get("kind", "")
    kinds = dossiers.book_kinds()
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    kind = kind if kind in dict(kinds) else ""
    context = {
        "now": at,
        "rows": dossiers.books(actor=actor, at=at, year=year, kind=kind),
        "years": dossiers.book_years(actor=actor),
        "kinds": kinds,
        "year": year,
        "kind": kind,
        "units": agencies_of(actor, at=at, units=True) if may(actor, "books.keep") else [],
        "this_year": civil_day(at).year,
    }
    return page(request, "office/books/listing.html", context, here=HERE, at=at)


@act("books.see")
@require_GET
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one page of a book, or what a search finds in it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    text, asked = request.GET.get("q", "").strip()[:150], request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    found = dossiers.book_page(book_id=card.id, actor=actor, at=at, number=number, text=text)
    number_now = found.number or 0
    context = {
        "now": at,
        "book": found.book,
        "lines": found.lines,
        "number": found.number,
        "text": text,
        "older": number_now + 1 if found.number and number_now < found.book.pages else None,
        "newer": number_now - 1 if number_now > 1 else None,
        "signs": found.book.asks_signature or any(row.asks_signature or row.signature for row in found.lines),
    }
    return page(request, "office/books/book.html", context, here=HERE, at=at)


@act("books.see")
@require_GET
def export(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Download the lines of a book, at most 5,000; each is written down as a reading."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    head = [
        _("Number"), _("Entered"), _("Code"), _("Name"), _("What it is about"), _("Signer"), _("Copies"), _("Remark"),
        _("Corrections"), _("Signature of the citizen"),
    ]  # fmt: skip
    return exporting.answer(kind, name=f"motcua-{card.kind}-{card.year}", head=head, rows=_rows(actor, card, at))


def _rows(actor: Actor, card: BookCard, at: datetime) -> Iterator[list[Any]]:
    lines = list(dossiers.book_lines(card=card))
    _written_down(lines, actor, "export", at)
    for line in lines:
        changes = "; ".join(
            f"{item.before} → {item.after} ({item.by_name}: {item.reason})" for item in line.corrections
        )
        yield [
            line.number_text, line.entered_at, line.code, line.name, line.subject, line.signer, line.copies, line.note,
            changes, line.signature.name if line.signature else "",
        ]  # fmt: skip


def _written_down(lines: list[BookLineView], actor: Actor, what: str, at: datetime) -> None:
    keys = [line.public_id for line in lines if line.public_id]
    dossier_services.log_list(public_ids=keys, actor=actor, what=what, at=at)


@act("books.see")
@require_GET
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Print the whole book for binding: cover, numbered pages, closing page."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = dossiers.book_named(public_id=public_id, actor=actor, at=at)
    if card.last > exporting.MOST_ROWS:
        raise NotFound
    lines = list(dossiers.book_lines(card=card))
    data = dossiers.book_paper(card=card, lines=lines, at=at)
    content = document_services.render_paper(PaperKind.REGISTER_BOOK, data)
    _written_down(lines, actor, "paper", at)
    return documents.paper_response(content, name=f"so-{card.kind}-{card.year}.pdf")
