"""What a filing would be promised if it were taken in now: the same terms that the service binds it to."""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.terms import certification_fee, terms_for
from motcua.casework.dossiers.types import CertifiedItem, FilingInput
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day

__all__ = ["Promise", "certification_fees", "promise"]


@dataclass(frozen=True, slots=True)
class Promise:
    """When, for how much, by whom. `due_at` None: no limit is published, or it is in doubt."""

    due_at: datetime | None
    limit_text: str
    fee_vnd: int
    receiving_name: str
    competent_name: str
    in_doubt: bool = False


def promise(*, filing: FilingInput, at: datetime) -> Promise:
    """Return what the receipt would say; nothing is written.

    Raises:
        NotOffered: not through this channel, not at this agency, no such case, or no process in force.
    """
    terms = terms_for(filing, at=at)
    on = civil_day(at)
    calendar = calendars.calendar_for(terms.scope.competent_id, on=on)
    return Promise(
        due_at=calendars.due_at(limit=terms.limit, received_at=at, calendar=calendar),
        limit_text=str(terms.limit),
        fee_vnd=terms.fee_vnd,
        receiving_name=names.agency_name(terms.scope.receiving_id, on=on),
        competent_name=names.agency_name(terms.scope.competent_id, on=on),
        in_doubt=terms.in_doubt,
    )


def certification_fees(*, items: tuple[CertifiedItem, ...]) -> tuple[int, ...]:
    """Return the fee in đồng of each original, and so of the whole as their sum."""
    return tuple(certification_fee(item) for item in items)
