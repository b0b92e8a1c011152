"""Where the day begins for those whose work is not the work list."""

from motcua.foundation.accounts.registry import may
from motcua.foundation.accounts.types import Actor

# The first of these acts that somebody may do leads to their page.
_HOMES = (
    ("dossiers.inspect", "office:inspections"),
    ("dossiers.watch_readings", "office:unusual-readings"),
    ("dossiers.hand_over", "office:results"),
)


def home_of(actor: Actor) -> str:
    """Return the name of the page on which somebody begins who has no work list, '' for everybody else."""
    if may(actor, "office.work"):
        return ""
    return next((name for code, name in _HOMES if may(actor, code)), "office:completion")
