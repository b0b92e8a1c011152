"""Writing down who read whose dossier, and looking people up, which is reading too."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.casework.dossiers.selectors.people import parties_with
from motcua.casework.dossiers.types import PartyInput
from motcua.casework.dossiers.types.reading import Purpose, What
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.types import Role


def log_reading(*, dossier_id: int, actor: Actor, what: str, at: datetime) -> None:
    """Write one reading by a member of staff; takes no lock on the dossier."""
    if actor.person_id is not None:
        post_id = actor.posts[0].post_id if actor.posts else None
        AccessLog.objects.create(
            dossier_id=dossier_id, person_id=actor.person_id, post_id=post_id, what=what, read_at=at
        )


def log_list(*, public_ids: Iterable[UUID], actor: Actor, what: str, at: datetime) -> int:
    """Write one reading for every dossier that left the house as a line of a file or sheet; return how many.

    Two statements, whatever the number of lines.

    Args:
        what: "export" for a list taken out as a file, "paper" for a printed sheet.
    """
    if actor.person_id is None:
        return 0
    ids = Dossier.objects.filter(public_id__in=list(public_ids)).order_by("pk").values_list("pk", flat=True)
    post_id = actor.posts[0].post_id if actor.posts else None
    purpose = Purpose.EXPORT if what == What.EXPORT else Purpose.UNKNOWN
    rows = [
        AccessLog(
            dossier_id=dossier_id, person_id=actor.person_id, post_id=post_id, what=what, purpose=purpose, read_at=at
        )
        for dossier_id in ids
    ]
    return len(AccessLog.objects.bulk_create(rows))


def look_people_up(*, actor: Actor, text: str, at: datetime, limit: int = 5) -> list[PartyInput]:
    """Return people with exactly this identity or phone number, the newest entry of each, for the counter.

    Counted per receptionist and hour; each dossier whose people are shown gets a line in its access log.

    Raises:
        NotAllowed: only a desk may look people up.
        TooMany: more look-ups in an hour than a desk needs.
    """
    if not actor.has_role(Role.RECEPTIONIST):
        raise NotAllowed
    most = settings.MOTCUA_PEOPLE_LOOKUPS_PER_HOUR
    count_attempt(scope="people", key=str(actor.person_id), limit=most, window=timedelta(hours=1), at=at)
    people: dict[tuple[str, str], PartyInput] = {}
    for party in parties_with(text):
        opened = sealing.open_party(party)
        key = (opened.full_name.casefold(), opened.identity)
        if key not in people and len(people) < limit:
            people[key] = opened
            log_reading(dossier_id=party.dossier_id, actor=actor, what="lookup", at=at)
    return list(people.values())
