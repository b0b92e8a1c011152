"""Numbers: intake numbers before acceptance, dossier codes, lines of books."""

import secrets
from datetime import date, datetime

from django.db import connection

from motcua.casework.dossiers.types.books import BookClosed
from motcua.foundation.core import statements
from motcua.foundation.core.clock import civil_day

# Without letters and digits that are mistaken for each other when read aloud or off paper.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NEXT = """
INSERT INTO dossiers_code_sequence AS s (agency_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency_id, day) DO UPDATE SET last = s.last + 1 RETURNING last
"""
_NEXT_IN_BOOK = """
INSERT INTO dossiers_book AS b (agency_id, kind, year, last, opened_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (agency_id, kind, year) DO UPDATE SET last = b.last + %s WHERE b.closed_at IS NULL RETURNING id, last
"""


def new_intake_number(at: datetime) -> str:
    """Return an intake number of an online filing: 'TN' + civil day + eight random characters, not countable."""
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"TN{civil_day(at):%y%m%d}-{tail[:4]}-{tail[4:]}"


def dossier_code(agency_code: str, day: date, number: int) -> str:
    """Return `agency-YYMMDD-NNNN`; five digits after 9999.

    Law: Circular 01/2018/TT-VPCP, art. 19; the agency's identifier by Decision 20/2020/QĐ-TTg.
    """
    return f"{agency_code}-{day:%y%m%d}-{number:04d}"


def next_code(*, agency_id: int, agency_code: str, at: datetime) -> str:
    """Take the agency's next code of the civil day of `at`. Call it as the last lock of the transaction."""
    day = civil_day(at)
    with statements.prepared() as cursor:
        cursor.execute(_NEXT, [agency_id, day])
        return dossier_code(agency_code, day, cursor.fetchone()[0])


def next_book_numbers(*, agency_id: int, kind: str, at: datetime, count: int = 1) -> tuple[int, list[int]]:
    """Take `count` numbers from the agency's book of the year; return (book id, numbers). The last lock, like codes.

    The first number of a year opens the book.

    Raises:
        BookClosed: the book was closed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_IN_BOOK, [agency_id, kind, civil_day(at).year, count, at, count])
        taken = cursor.fetchone()
    if taken is None:
        raise BookClosed
    book_id, last = taken
    return book_id, list(range(last - count + 1, last + 1))
