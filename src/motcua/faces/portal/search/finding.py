"""The list that answers a text: the same for the page and for the command."""

from datetime import date

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import SearchPage

PAGE = 20
LAST_PAGE = 50
LONGEST_TEXT = 1500  # the longest published title has some 1,200 letters


def clean(text: str) -> str:
    """Return the text without the NUL that no database takes."""
    return text.replace("\0", "").strip()


def found(
    text: str, *, on: date, lang: str, number: int = 1, agency_id: int | None = None, **filters: str
) -> SearchPage:
    """Return page `number` (from 1) of the procedures that fit; without words all that pass the filters, by name."""
    return procedures.search(
        clean(text)[:LONGEST_TEXT],
        on=on,
        lang=lang,
        agency_id=agency_id,
        limit=PAGE,
        offset=PAGE * (number - 1),
        **filters,
    )
