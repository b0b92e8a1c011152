"""Lines of the published catalogue as others may take them along."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.procedures.types.cards import SearchHit


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One procedure in force: what its hit says, and the decision that published it.

    Attributes:
        nature: a Nature code; service_level: a ServiceLevel code, '' where nothing was said.
        is_taken_online: some agency here takes it online with a form.
    """

    hit: SearchHit
    audience: tuple[str, ...]
    agencies: tuple[str, ...]
    decision_no: str
    decision_issuer: str
    nature: str
    service_level: str
    valid_from: date
    portal_url: str
    is_taken_online: bool
