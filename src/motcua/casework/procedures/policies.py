"""Who may change the catalogue."""

from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.types import Role


def may_edit_catalogue(actor: Actor) -> bool:
    """Say whether `actor` publishes procedures, offers and forms: procedure control, administration, the system."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(Role.CONTROLLER, Role.ADMINISTRATOR)


def require_editor(actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may edit the catalogue."""
    if not may_edit_catalogue(actor):
        raise NotAllowed
