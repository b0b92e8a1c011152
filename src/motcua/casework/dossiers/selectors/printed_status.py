"""What the sheet for people without a phone is printed from."""

from collections.abc import Callable
from datetime import datetime

from motcua.casework.documents import types as paper
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.selectors.printed import applicants_of, letterhead, tracking_url
from motcua.casework.dossiers.selectors.views import view_of
from motcua.casework.dossiers.types import DossierView
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import NotFound

# As many as fit on one sheet; the newest first.
_MOST_EVENTS = 6
_CITIZEN = Actor(kind=ActorKind.CITIZEN)


def status_sheet_data(
    *, dossier_id: int, at: datetime, told: Callable[[DossierView], tuple[paper.StatusLine, ...]]
) -> paper.StatusSheet:
    """Return how a dossier stands at `at`, as its parties see it: nothing that officers asked each other.

    Of the people only names are printed: the sheet is carried about.

    Args:
        told: what is said of the state, from the picture of the dossier.

    Raises:
        NotFound: no such dossier.
    """
    dossier = Dossier.objects.select_related("case").filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    view = view_of(dossier, actor=_CITIZEN, at=at)
    past = [item for item in view.timeline if item.kind != "current" and item.at is not None]
    return paper.StatusSheet(
        letterhead=letterhead(view.receiving_id, at),
        code=view.shown_code,
        tracking_url=tracking_url(view.shown_code),
        applicants=tuple(paper.Party(name=party.name) for party in applicants_of(view)),
        subject=view.summary or view.procedure_name,
        lines=told(view),
        events=tuple(paper.StatusEvent(item.at, item.title, item.who) for item in past[:_MOST_EVENTS] if item.at),
        hotline="1022",
    )
