"""Books and their pages: a line is read from its dossier, then from its corrections."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from motcua.casework.dossiers.models import (
    BookCorrection,
    BookLine,
    BookSignature,
    CertifiedOriginal,
    RegisterBook,
    ReplacedResult,
    Result,
)
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.types.books import (
    BookCard,
    BookCorrectionView,
    BookLineView,
    BookPageOf,
    BookSignatureView,
)
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound

FOUND_AT_MOST = 50
BOOKS_AT_MOST = 200
_DOSSIER = ("id", "public_id", "code", "applicant_name", "procedure_version__field__code")


def books(*, actor: Actor, at: datetime, year: int | None = None, kind: str = "") -> tuple[BookCard, ...]:
    """Return the books that the actor sees, newest year first, at most 200. Two queries."""
    found = RegisterBook.objects.filter(registry.within("book", actor))
    if year is not None:
        found = found.filter(year=year)
    if kind:
        found = found.filter(kind=kind)
    rows = list(found.order_by("-year", "agency_id", "kind")[:BOOKS_AT_MOST])
    return _cards(rows, actor, at)


def book_years(*, actor: Actor) -> tuple[int, ...]:
    """Return the years of which the actor sees books, newest first."""
    found = RegisterBook.objects.filter(registry.within("book", actor))
    return tuple(found.order_by("-year").values_list("year", flat=True).distinct())


def book_kinds() -> tuple[tuple[str, str], ...]:
    """Return (kind, title) of the books that the installation keeps."""
    return tuple((kind, str(said["title"])) for kind, said in settings.MOTCUA_BOOKS.items())


def book_card(*, book_id: int, actor: Actor, at: datetime) -> BookCard:
    """Return one book.

    Raises:
        NotFound: there is none, or the actor does not see it.
    """
    row = RegisterBook.objects.filter(registry.within("book", actor), pk=book_id).first()
    if row is None or not registry.may(actor, "books.see"):
        raise NotFound
    return _cards([row], actor, at)[0]


def book_named(*, public_id: UUID, actor: Actor, at: datetime) -> BookCard:
    """Return the book of an address.

    Raises:
        NotFound: there is none, or the actor does not see it.
    """
    row = RegisterBook.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return book_card(book_id=row.pk, actor=actor, at=at)


def line_in(*, card: BookCard, number: int) -> BookLineView:
    """Return the line of a number in a book that `book_card` or `book_named` returned.

    Raises:
        NotFound: the book has no such number.
    """
    row = BookLine.objects.filter(book_id=card.id, number=number).first()
    if row is None:
        raise NotFound
    return _views(card, [row])[0]


def book_page(*, book_id: int, actor: Actor, at: datetime, number: int = 1, text: str = "") -> BookPageOf:
    """Return one page of a book by its number, or the lines that a number, a code or a name finds, at most 50.

    Raises:
        NotFound: no such book or page for the actor.
    """
    card = book_card(book_id=book_id, actor=actor, at=at)
    lines = BookLine.objects.filter(book_id=card.id)
    if text.strip():
        rows = list(lines.filter(_matches(text.strip())).distinct().order_by("number")[:FOUND_AT_MOST])
        return BookPageOf(card, _views(card, rows), None)
    if not 1 <= number <= card.pages:
        raise NotFound
    first = (number - 1) * card.lines_per_page
    rows = list(lines.filter(number__gt=first, number__lte=first + card.lines_per_page).order_by("number"))
    return BookPageOf(card, _views(card, rows), number)


def book_lines(*, card: BookCard, batch: int = 500) -> Iterator[BookLineView]:
    """Give every line of a book that `book_card` returned, by number; eight queries a batch."""
    last = 0
    while rows := list(BookLine.objects.filter(book_id=card.id, number__gt=last).order_by("number")[:batch]):
        yield from _views(card, rows)
        last = rows[-1].number


def line_as_it_reads(row: BookLine) -> BookLineView:
    """Return a line without asking who reads it. Private to this app."""
    book = row.book
    return _views(_card(book, {}, ""), [row])[0]


def _matches(text: str) -> Q:
    if text.isdecimal() and len(text) < 9:
        return Q(number=int(text))
    corrected = BookCorrection.objects.filter(after__icontains=text).values("line_id")
    return Q(dossier__code=text.upper()) | Q(dossier__applicant_name__icontains=text) | Q(pk__in=corrected)


def _cards(rows: Sequence[RegisterBook], actor: Actor, at: datetime) -> tuple[BookCard, ...]:
    on = civil_day(at)
    ids = {key for row in rows for key in (row.opened_by, row.closed_by) if key}
    people = accounts.person_names(ids) if ids else {}
    made = []
    for row in rows:
        keeps = registry.can(actor, "books.keep", row) and row.closed_at is None
        name = names.agency_name(row.agency_id, on=on)
        made.append(_card(row, people, name, may_keep=keeps, may_close=keeps and row.year < on.year))
    return tuple(made)


def _card(row: RegisterBook, people: dict[int, str], name: str, **may: bool) -> BookCard:
    said: dict[str, Any] = settings.MOTCUA_BOOKS.get(row.kind, {})
    return BookCard(
        id=row.pk, public_id=row.public_id,
        agency_id=row.agency_id, agency_name=name, kind=row.kind, title=said.get("title", row.kind),
        year=row.year, last=row.last, lines_per_page=said.get("lines", 12), opened_at=row.opened_at,
        opened_by=people.get(row.opened_by or 0, ""), closed_at=row.closed_at,
        closed_by=people.get(row.closed_by or 0, ""), closing_note=row.closing_note,
        asks_signature=said.get("signed", False), **may,
    )  # fmt: skip


def _views(card: BookCard, rows: Sequence[BookLine]) -> tuple[BookLineView, ...]:
    keys = [row.pk for row in rows]
    lines = BookLine.objects.filter(pk__in=keys, dossier__isnull=False)
    found = {row["pk"]: row for row in lines.values("pk", *(f"dossier__{name}" for name in _DOSSIER))}
    results = {
        row.dossier_id: row
        for row in Result.objects.filter(dossier_id__in={row.dossier_id for row in rows if row.dossier_id})
    }
    originals = {row.line_id: row for row in CertifiedOriginal.objects.filter(line_id__in=keys)}
    corrections: dict[int, list[BookCorrectionView]] = {}
    for item in BookCorrection.objects.filter(line_id__in=keys).order_by("pk"):
        seen = BookCorrectionView(item.field, item.before, item.after, item.reason, item.by_name, item.at)
        corrections.setdefault(item.line_id, []).append(seen)
    signed = {
        item.line_id: BookSignatureView(item.name, item.how, item.at)
        for item in BookSignature.objects.filter(line_id__in=keys)
    }
    replaced = replaced_lines(keys)
    return tuple(
        _view(
            card, row, replaced.get(row.pk, ""), found.get(row.pk, {}), results.get(row.dossier_id or 0),
            originals.get(row.pk),
            tuple(corrections.get(row.pk, ())), signed.get(row.pk),
        )
        for row in rows
    )  # fmt: skip


def _view(
    card: BookCard,
    row: BookLine,
    remark: str,
    dossier: dict[str, Any],
    result: Result | None,
    original: CertifiedOriginal | None,
    corrections: tuple[BookCorrectionView, ...],
    signature: BookSignatureView | None,
) -> BookLineView:
    told = {
        "name": dossier.get("dossier__applicant_name", ""),
        "subject": original.description if original else result.title if result else "",
        "signer": f"{result.capacity} {result.signer_name}".strip() if result else "",
        "note": remark,
    }
    told |= {item.field: item.after for item in corrections}
    field = dossier.get("dossier__procedure_version__field__code", "")
    return BookLineView(
        id=row.pk,
        number=row.number,
        number_text=f"{row.number}/{card.kind}",
        entered_at=row.entered_at,
        code=dossier.get("dossier__code") or "",
        public_id=dossier.get("dossier__public_id"),
        copies=original.copies if original else None,
        corrections=corrections,
        signature=signature,
        asks_signature=card.asks_signature or (bool(field) and field in settings.MOTCUA_BOOK_SIGNED_FIELDS),
        **told,
    )


def replaced_lines(line_ids: Iterable[int]) -> dict[int, str]:
    """Return the remark of the lines of books whose result was replaced: it stands as their note.

    A certification's result holds several lines, one an original; all were entered at one instant. Two statements.
    """
    lines = BookLine.objects.filter(pk__in=list(line_ids), dossier__isnull=False)
    wanted = list(lines.values_list("pk", "dossier_id", "entered_at"))
    rows = ReplacedResult.objects.filter(dossier_id__in={dossier for _line, dossier, _at in wanted}).exclude(number="")
    remarks = {(row.dossier_id, row.issued_at): row.remark for row in rows}
    return {line: remarks[dossier, at] for line, dossier, at in wanted if (dossier, at) in remarks}
