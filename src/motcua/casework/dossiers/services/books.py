"""Books: opened, corrected, signed by citizens, closed. Their numbers are given in results.py, by numbering.py."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers.models import BookCorrection, BookLine, BookSignature, RegisterBook
from motcua.casework.dossiers.selectors import book_pages as reading
from motcua.casework.dossiers.types.books import (
    BookClosed,
    BookField,
    BookIsOpen,
    BookSignedHow,
    BookYearRuns,
    LineSigned,
)
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound

ACT = "books.keep"
_MOST = 300


@transaction.atomic
def open_book(*, agency_id: int, kind: str, actor: Actor, at: datetime) -> int:
    """Open this year's book of a kind before its first number; return its id.

    Raises:
        BookIsOpen: it exists, opened by its first number or by somebody.
        NotAllowed, NotFound: not the actor's unit, or no such kind.

    Law: Decree 30/2020, art. 15: numbers from 1 each calendar year.
    """
    registry.check(ACT, actor)
    book = RegisterBook(agency_id=agency_id, kind=kind, year=civil_day(at).year)
    if kind not in settings.MOTCUA_BOOKS or not registry.can(actor, ACT, book):
        raise NotFound
    found, is_new = RegisterBook.objects.get_or_create(
        agency_id=agency_id, kind=kind, year=book.year, defaults={"opened_at": at, "opened_by": actor.person_id}
    )
    if not is_new:
        raise BookIsOpen
    return int(found.pk)


@transaction.atomic
def close_book(*, book_id: int, note: str = "", actor: Actor, at: datetime) -> None:
    """Close the book of a past year for good: what stands in it is counted and may not change any more.

    Raises:
        BookClosed: it is closed.
        BookYearRuns: its year is not over.
        NotAllowed, NotFound: not the actor's book.
    """
    book = _locked(book_id, actor)
    if book.year >= civil_day(at).year:
        raise BookYearRuns
    if len(note) > 500:
        raise Invalid({"note": [_("At most 500 characters.")]})
    book.closed_at, book.closed_by, book.closing_note = at, actor.person_id, note.strip()
    book.save(update_fields=["closed_at", "closed_by", "closing_note"])


@transaction.atomic
def correct_line(*, line_id: int, field: str, after: str, reason: str, actor: Actor, at: datetime) -> int:
    """Correct one field of a line: the old text stays, struck through, signed by the actor; return the correction's id.

    Raises:
        BookClosed: the book is closed.
        Invalid: no reason, nothing new, or too long; `fields` says where.
        NotAllowed, NotFound: not the actor's book.
    """
    line = _line(line_id, actor)
    after, reason = after.strip(), reason.strip()
    wrong: dict[str, list[str]] = {}
    if field not in BookField.values:
        wrong["field"] = [_("Choose what is corrected.")]
    before = "" if wrong else str(getattr(reading.line_as_it_reads(line), field))
    if not wrong and after == before:
        wrong["after"] = [_("This is what the line says already.")]
    if len(after) > _MOST or (not after and field != BookField.NOTE):
        wrong.setdefault("after", [_("Enter the correct text, at most 300 characters.")])
    if not 0 < len(reason) <= _MOST:
        wrong["reason"] = [_("Say why it is corrected, in at most 300 characters.")]
    if wrong:
        raise Invalid(wrong)
    made = BookCorrection.objects.create(
        line=line, field=field, before=before[:_MOST], after=after, reason=reason, by_id=actor.person_id or 0,
        by_name=actor.name, at=at,
    )  # fmt: skip
    return int(made.pk)


@transaction.atomic
def sign_line(*, line_id: int, name: str, how: str, scan_file_id: int | None = None, actor: Actor, at: datetime) -> int:
    """Record that the citizen signed a line, on paper or on a pad; return the signature's id.

    Raises:
        BookClosed: the book is closed.
        LineSigned: the line bears a signature.
        Invalid: no name or no way of signing.
        NotAllowed, NotFound: not the actor's book.

    Law: Law 60/2014/QH13: who registers signs in the book.
    """
    line = _line(line_id, actor)
    wrong = {}
    if not 0 < len(name.strip()) <= 200:
        wrong["name"] = [_("Enter who signed.")]
    if how not in BookSignedHow.values:
        wrong["how"] = [_("Choose how it was signed.")]
    if wrong:
        raise Invalid(wrong)
    if BookSignature.objects.filter(line=line).exists():
        raise LineSigned
    made = BookSignature.objects.create(
        line=line, name=name.strip(), how=how, scan_id=scan_file_id, by_id=actor.person_id or 0, at=at
    )
    return int(made.pk)


def _locked(book_id: int, actor: Actor) -> RegisterBook:
    registry.check(ACT, actor)
    book = RegisterBook.objects.select_for_update().filter(pk=book_id).first()
    if book is None or not registry.can(actor, ACT, book):
        raise NotFound
    if book.closed_at is not None:
        raise BookClosed
    return book


def _line(line_id: int, actor: Actor) -> BookLine:
    line = BookLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound
    _locked(line.book_id, actor)
    return line
