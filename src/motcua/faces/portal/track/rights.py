"""What a party may do when it does not agree, and how its dossier was opened again."""

from dataclasses import dataclass

from django.conf import settings

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, ReopeningView, State

DECIDED = frozenset({State.FINISHED, State.RETURNED, State.NOT_ACCEPTED, State.STOPPED})
_OPENED = frozenset({"reopened", "correction_opened"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """To whom the party may complain, and within how many days."""

    agency: str
    days: int


def complaint_of(view: DossierView) -> Complaint | None:
    """Return the right to complain about a decided dossier; None while nothing is decided.

    Law: Law 02/2011/QH13, art. 7 and 9: complaints go first to whoever decided, within 90 days of learning of it.
    """
    if view.state not in DECIDED:
        return None
    agency = view.receiving_name if view.state == State.NOT_ACCEPTED else view.competent_name
    return Complaint(agency, settings.MOTCUA_COMPLAINT_DAYS)


def opened_again(view: DossierView) -> ReopeningView | None:
    """Return how the dossier was opened again last; asks the database only where the journal says that it was."""
    if not any(item.kind in _OPENED for item in view.timeline):
        return None
    return next(iter(dossiers.reopenings_of(dossier_id=view.id)), None)
