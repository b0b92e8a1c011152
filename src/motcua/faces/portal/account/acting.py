"""For whom the citizen acts in this browser. Kept in the session as an id; the services look at it in each act."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor, ActorKind, RepresentationCard
from motcua.foundation.core import clock

KEY = "portal.acting_for"


def acting_for(request: HttpRequest, *, at: datetime | None = None) -> RepresentationCard | None:
    """Return for whom the citizen acts now, None for themselves; one that is over is dropped here."""
    session = getattr(request, "session", None)  # an error page may come before there is one
    held = session.get(KEY) if session is not None else None
    if not held:
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != ActorKind.CITIZEN:
        return None
    on = clock.civil_day(at or clock.now())
    card = accounts.representation_for(public_id=UUID(held), person_id=actor.person_id, on=on)
    if card is None:
        del request.session[KEY]
    return card


def act_for(request: HttpRequest, public_id: UUID | None) -> None:
    """Act for this representation from now on, for oneself with None."""
    if public_id is None:
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = str(public_id)
