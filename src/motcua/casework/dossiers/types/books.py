"""Books (sổ) of results: what their pages show and what their services refuse."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class BookField(models.TextChoices):
    """What of a line can be corrected; number and date are the book's own and stay."""

    NAME = "name", _("Name")
    SUBJECT = "subject", _("What it is about")
    SIGNER = "signer", _("Signer")
    NOTE = "note", _("Remark")


class BookSignedHow(models.TextChoices):
    """How the citizen signed the line."""

    PAPER = "paper", _("On the printed page")
    PAD = "pad", _("On a signature pad")


class BookClosed(Refusal):
    """A closed book is not written in."""

    code = "book-closed"
    message = _("This book is closed. Nothing in it can be added or changed any more.")


class BookIsOpen(Refusal):
    """The book of this kind and year exists."""

    code = "book-is-open"
    message = _("The book of this year was already opened.")


class BookYearRuns(Refusal):
    """Numbers of the running year may still be given."""

    code = "book-year-runs"
    message = _("A book is closed when its year is over: numbers are still given in this one.")


class LineSigned(Refusal):
    """One signature a line."""

    code = "line-signed"
    message = _("The citizen has already signed this line.")


class RegisterTooLong(Refusal):
    """More lines than one printed register holds."""

    code = "register-too-long"
    message = _("The register of this time has more than %(most)s dossiers. Choose a shorter time or one agency.")
    http_status = 422


@dataclass(frozen=True, slots=True)
class BookCard:
    """A book in the list. `last` is also the count of its lines, since numbers have no gaps.

    Attributes:
        opened_by: name of who opened it by hand, '' when its first number did.
        asks_signature: every line wants the citizen's signature.
    """

    id: int
    public_id: UUID
    agency_id: int
    agency_name: str
    kind: str
    title: str
    year: int
    last: int
    lines_per_page: int
    opened_at: datetime | None
    opened_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""
    asks_signature: bool = False
    may_keep: bool = False
    may_close: bool = False

    @property
    def pages(self) -> int:
        """Pages of lines; an empty book has one."""
        return max(1, -(-self.last // self.lines_per_page))


@dataclass(frozen=True, slots=True)
class BookCorrectionView:
    """One correction: the text struck through, the new one, and who signs for it."""

    field: str
    before: str
    after: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BookSignatureView:
    """The citizen's signature on a line."""

    name: str
    how: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BookLineView:
    """One line as it reads now, with every correction that led there, oldest first."""

    id: int
    number: int
    number_text: str
    entered_at: datetime
    code: str
    public_id: UUID | None
    name: str
    subject: str
    signer: str
    note: str
    copies: int | None
    corrections: tuple[BookCorrectionView, ...] = ()
    signature: BookSignatureView | None = None
    asks_signature: bool = False

    def struck(self, field: str) -> tuple[BookCorrectionView, ...]:
        """Return the corrections of one field, oldest first."""
        return tuple(item for item in self.corrections if item.field == field)


@dataclass(frozen=True, slots=True)
class BookPageOf:
    """One page of a book, or what a search found in it (`number` is None then)."""

    book: BookCard
    lines: tuple[BookLineView, ...]
    number: int | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register of dossiers, in the order of the official columns."""

    public_id: UUID
    code: str
    procedure: str
    sets: int
    applicant: str
    contact: str
    agency: str
    accepted_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    delivery: str
    note: str
