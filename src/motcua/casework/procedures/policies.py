"""Who may change the catalogue, and who drafts the decisions that publish it."""

from datetime import date

from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Level, Role

DRAFTERS = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.CONTROLLER, Role.ADMINISTRATOR})


def may_edit_catalogue(actor: Actor) -> bool:
    """Say whether `actor` publishes procedures, offers and forms: procedure control, administration, the system."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(Role.CONTROLLER, Role.ADMINISTRATOR)


def require_editor(actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may edit the catalogue."""
    if not may_edit_catalogue(actor):
        raise NotAllowed


def drafting_agencies(actor: Actor, *, on: date) -> frozenset[int]:
    """Return the provincial agencies for which `actor` drafts decisions."""
    cards = organisations.directory(on=on).agencies
    own = {post.agency_id for post in actor.posts if post.role in DRAFTERS}
    return frozenset(pk for pk in own if pk in cards and cards[pk].level == Level.PROVINCE)


def _inherited(actor: Actor) -> frozenset[int]:
    return frozenset(pk for post in actor.posts if post.role in DRAFTERS for pk in post.heritage)


def drafting_agency(actor: Actor, *, on: date) -> int | None:
    """Return the agency whose draft it is when `actor` begins one; None for the system.

    Raises:
        NotAllowed: drafts are made by provincial departments and by procedure control.
    """
    found = sorted(drafting_agencies(actor, on=on))
    if found:
        return found[0]
    if may_edit_catalogue(actor):
        return None
    raise NotAllowed


def may_draft(actor: Actor, agency_id: int | None, *, on: date) -> bool:
    """Say whether `actor` works on the drafts of that agency: its own people, procedure control, administration."""
    return may_edit_catalogue(actor) or agency_id in drafting_agencies(actor, on=on) | _inherited(actor)


def require_drafter(actor: Actor, agency_id: int | None, *, on: date) -> None:
    """Raise NotAllowed unless `actor` may work on the drafts of that agency."""
    if not may_draft(actor, agency_id, on=on):
        raise NotAllowed
