"""Writing down who read whose dossier."""

from datetime import datetime

from motcua.casework.dossiers.models import AccessLog
from motcua.foundation.accounts.types import Actor


def log_reading(*, dossier_id: int, actor: Actor, what: str, at: datetime) -> None:
    """Write one reading by a member of staff; takes no lock on the dossier."""
    if actor.person_id is not None:
        post_id = actor.posts[0].post_id if actor.posts else None
        AccessLog.objects.create(
            dossier_id=dossier_id, person_id=actor.person_id, post_id=post_id, what=what, read_at=at
        )
