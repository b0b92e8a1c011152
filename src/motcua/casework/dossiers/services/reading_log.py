"""Writing down who read whose dossier and what for, and looking people up, which is reading too."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.casework.dossiers.selectors.people import parties_with
from motcua.casework.dossiers.types import PartyInput
from motcua.casework.dossiers.types.reading import Purpose, What
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.types import HeldPost, Role

_FOLLOWS = {What.TASK: Purpose.HANDLING, What.LOOKUP: Purpose.LOOKUP, What.EXPORT: Purpose.EXPORT}
_POST_OF = {
    Purpose.INSPECTION: {Role.INSPECTOR},
    Purpose.LEADING: {Role.LEADER, Role.DIVISION_HEAD},
    Purpose.DESK: {Role.RECEPTIONIST, Role.POSTAL},
    Purpose.LOOKUP: {Role.RECEPTIONIST, Role.POSTAL},
    Purpose.CONTROL: {Role.CONTROLLER},
}


def log_reading(
    *,
    dossier_id: int,
    actor: Actor,
    what: str,
    at: datetime,
    purpose: str = "",
    reason: str = "",
    order_id: int | None = None,
    quiet: timedelta | None = None,
) -> None:
    """Write one reading by a member of staff; takes no lock on the dossier.

    Args:
        purpose: a Purpose; where '' it follows from `what`, as far as that says it.
        quiet: write nothing when the same person read the same within this time, such as the pages of one file.
    """
    if actor.person_id is None:
        return
    line = _line(dossier_id, actor, what, at, purpose or _FOLLOWS.get(What(what), Purpose.UNKNOWN))
    line.reason, line.order_id = reason[:200], order_id
    if (
        quiet is not None
        and AccessLog.objects.filter(
            dossier_id=dossier_id, person_id=line.person_id, what=what, read_at__gt=at - quiet, read_at__lte=at
        ).exists()
    ):
        return
    line.save(force_insert=True)


def log_list(*, public_ids: Iterable[UUID], actor: Actor, what: str, at: datetime) -> int:
    """Write one reading for every dossier that left the house as a line of a file or sheet; return how many.

    Two statements, whatever the number of lines.

    Args:
        what: "export" for a list taken out as a file, "paper" for a printed sheet.
    """
    if actor.person_id is None:
        return 0
    ids = Dossier.objects.filter(public_id__in=list(public_ids)).order_by("pk").values_list("pk", flat=True)
    purpose = Purpose.EXPORT if what == What.EXPORT else Purpose.HANDLING
    return len(AccessLog.objects.bulk_create([_line(key, actor, what, at, purpose) for key in ids]))


def log_own_export(*, actor: Actor, at: datetime) -> int:
    """Write into the log of each own dossier that its citizen took it out as a file; return how many."""
    if actor.kind != ActorKind.CITIZEN or actor.person_id is None:
        return 0
    ids = Dossier.objects.filter(citizen_id=actor.person_id).order_by("pk").values_list("pk", flat=True)
    return len(AccessLog.objects.bulk_create([_line(key, actor, What.OWN_EXPORT, at, Purpose.OWN) for key in ids]))


def _line(dossier_id: int, actor: Actor, what: str, at: datetime, purpose: str) -> AccessLog:
    post = _post(actor, purpose)
    return AccessLog(
        dossier_id=dossier_id,
        person_id=actor.person_id or 0,
        post_id=post.post_id if post else None,
        agency_id=post.agency_id if post else None,
        what=what,
        purpose=purpose,
        read_at=at,
    )


def _post(actor: Actor, purpose: str) -> HeldPost | None:
    """Return the post in which it was read: one that the purpose belongs to, else the first."""
    wanted = _POST_OF.get(Purpose(purpose), set())
    return next((post for post in actor.posts if post.role in wanted), actor.posts[0] if actor.posts else None)


def look_people_up(*, actor: Actor, text: str, at: datetime, limit: int = 5) -> list[PartyInput]:
    """Return people with exactly this identity or phone number, the newest entry of each, for the counter.

    Counted per receptionist and hour; each dossier whose people are shown gets a line in its access log.

    Raises:
        NotAllowed: only a desk of the state may look people up; the post's people type what the citizen says.
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
            log_reading(dossier_id=party.dossier_id, actor=actor, what=What.LOOKUP, at=at)
    return list(people.values())
