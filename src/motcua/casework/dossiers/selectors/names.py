"""Names that rows show: procedures, cases, agencies and people by id, read once per page."""

from collections.abc import Iterable
from datetime import date

from motcua.casework.procedures import selectors as procedures
from motcua.foundation.organisations import selectors as organisations


def agency_name(agency_id: int | None, *, on: date) -> str:
    """Return the short name of an agency as of `on`, as it was last when it has ended, '' when unknown."""
    card = organisations.directory(on=on).find(agency_id)
    return card.short_name if card else ""


def procedure_names(version_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return (code, name) by procedure version id; kept in the process, since a version never changes."""
    return procedures.version_names(set(version_ids))
