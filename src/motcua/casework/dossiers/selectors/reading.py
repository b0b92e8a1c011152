"""Why somebody may read a dossier, and who read it: for the office, the citizen, the data protection officer."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.casework.dossiers import policies, scope
from motcua.casework.dossiers.models import AccessLog, Dossier, UnusualReading
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.access import seen
from motcua.casework.dossiers.types.reading import (
    PartyReading,
    Purpose,
    ReadingGround,
    UnusualCard,
    UnusualRule,
    What,
)
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.models import Post
from motcua.foundation.organisations.types import Role

MOST_SHOWN = 200


def reading_ground(*, actor: Actor, public_id: UUID) -> ReadingGround:
    """Return for what purpose a member of staff reads a dossier, as it follows from their posts. One to three queries.

    Raises:
        NotFound: missing or forbidden.
    """
    dossier = seen(Dossier.objects.filter(public_id=public_id).first(), actor)
    order = None
    purpose = _by_post(actor, dossier)
    if not purpose and not scope.sees_by_post(actor, dossier):
        order = scope.order_for(actor, dossier)
        purpose = Purpose.INSPECTION if order else ""
    return ReadingGround(dossier.pk, dossier.public_id, dossier.shown_code, purpose, order.order_id if order else None)


def _agencies(dossier: Dossier) -> set[int | None]:
    return {
        dossier.receiving_agency_id, dossier.competent_agency_id, dossier.helping_agency_id, *dossier.asked_agency_ids,
    }  # fmt: skip


def _by_post(actor: Actor, dossier: Dossier) -> str:
    """Return the purpose that a post of the actor gives, '' when none does."""
    if dossier.run_id is not None and _has_task(actor, dossier.run_id):
        return Purpose.HANDLING
    if dossier.receiving_agency_id in scope.desks_of(actor):
        return Purpose.DESK
    agencies = _agencies(dossier)
    if agencies & actor.units_of(*policies.LEADS):
        return Purpose.LEADING
    if agencies & actor.units_of(Role.CONTROLLER):
        return Purpose.CONTROL
    if dossier.run_id is not None and _had_task(actor, dossier.run_id):
        return Purpose.HANDLING
    return ""


def _pairs(actor: Actor) -> set[tuple[int, str]]:
    """Return the (unit, role) of whose tasks the actor does, or as a secretary prepares."""
    own = {(post.unit_id, post.role) for post in actor.posts}
    return own | {(post.unit_id, Role.LEADER) for post in actor.posts if post.role == Role.SECRETARY}


def _has_task(actor: Actor, run_id: int) -> bool:
    mine = _pairs(actor)
    return any(
        (task.unit_id, task.role) in mine or task.person_id == actor.person_id for task in workflow.open_tasks(run_id)
    )


def _had_task(actor: Actor, run_id: int) -> bool:
    mine = _pairs(actor)
    return any((task.unit_id, task.role) in mine for task in workflow.history(run_id))


def party_readings(*, dossier_id: int) -> tuple[PartyReading, ...]:
    """Return who of the staff read a dossier, newest first, for a party who was checked before. Three queries."""
    return _shown(list(AccessLog.objects.filter(dossier_id=dossier_id).order_by("-read_at", "-pk")[:MOST_SHOWN]))


def readings_of_own(*, dossier_ids: Iterable[int]) -> dict[int, tuple[PartyReading, ...]]:
    """Return all readings of several dossiers of one citizen, by dossier, newest first. Three queries."""
    rows = list(AccessLog.objects.filter(dossier_id__in=list(dossier_ids)).order_by("-read_at", "-pk"))
    found: dict[int, tuple[PartyReading, ...]] = {}
    for row, shown in zip(rows, _shown(rows), strict=True):
        found[row.dossier_id] = (*found.get(row.dossier_id, ()), shown)
    return found


def _shown(rows: list[AccessLog]) -> tuple[PartyReading, ...]:
    roles = _roles(row.post_id for row in rows)
    shown = settings.MOTCUA_READERS_NAMED
    people = accounts.person_names({row.person_id for row in rows}) if rows and shown else {}
    return tuple(
        PartyReading(
            agency=_agency(row, roles),
            role=_role(roles.get(row.post_id or 0, (None, ""))[1]),
            purpose=str(Purpose(row.purpose).label) if row.purpose in Purpose.values else row.purpose,
            what=str(What(row.what).label) if row.what in What.values else row.what,
            read_at=row.read_at,
            name=people.get(row.person_id, ""),
        )
        for row in rows
    )


def _roles(post_ids: Iterable[int | None]) -> dict[int, tuple[int, str]]:
    """Return (unit, role) by post id."""
    wanted = {post_id for post_id in post_ids if post_id is not None}
    rows = Post.objects.filter(pk__in=wanted).values_list("pk", "unit_id", "role") if wanted else ()
    return {pk: (unit_id, role) for pk, unit_id, role in rows}


def _agency(row: AccessLog, roles: dict[int, tuple[int, str]]) -> str:
    if row.purpose == Purpose.OWN:
        return _("You yourself")
    unit_id = row.agency_id or roles.get(row.post_id or 0, (None, ""))[0]
    return names.agency_name(unit_id, on=civil_day(row.read_at)) if unit_id else _("not recorded")


def _role(code: str) -> str:
    return str(Role(code).label) if code in Role.values else ""


def unusual_readings(*, actor: Actor, explained: bool = False, limit: int = 100) -> list[UnusualCard]:
    """Return unusual readings that wait for an explanation, or those that have one, newest first. Three queries.

    Raises:
        NotAllowed: not the data protection officer.
    """
    if not registry.may(actor, "dossiers.watch_readings"):
        raise NotAllowed
    mine = UnusualReading.objects.filter(registry.within("unusual_reading", actor), explained_at__isnull=not explained)
    rows = list(mine.order_by("-pk")[:limit])
    people = {row.person_id for row in rows} | {row.explained_by for row in rows if row.explained_by}
    full_names = accounts.person_names(people) if people else {}
    posts = _posts_of({row.person_id for row in rows})
    return [
        UnusualCard(
            id=row.pk, public_id=row.public_id, name=full_names.get(row.person_id, ""),
            posts=posts.get(row.person_id, ""), rule=str(UnusualRule(row.rule).label), since=row.since, until=row.until,
            dossiers=row.dossiers, limit=row.threshold, found_at=row.found_at, explanation=row.explanation,
            explained_by=full_names.get(row.explained_by or 0, ""), explained_at=row.explained_at,
        )
        for row in rows
    ]  # fmt: skip


def _posts_of(person_ids: set[int]) -> dict[int, str]:
    """Return title and unit of the posts held by these people, for those who must ask them."""
    found: dict[int, str] = {}
    rows = (
        Post.objects.filter(holdings__person_id__in=person_ids)
        .order_by("pk")
        .values_list("holdings__person_id", "title")
    )
    for person_id, title in rows:
        found[person_id] = f"{found[person_id]}; {title}" if person_id in found else title
    return found


def readings_behind(*, actor: Actor, public_id: UUID, limit: int = 500) -> list[tuple[datetime, str, str, str]]:
    """Return (instant, code of the dossier, what, purpose) of the readings behind an unusual one, oldest first.

    The data protection officer sees codes, never what stands in the dossiers.
    """
    if not registry.may(actor, "dossiers.watch_readings"):
        raise NotAllowed
    row = UnusualReading.objects.filter(public_id=public_id).first()
    if row is None:
        return []
    lines = list(
        AccessLog.objects.filter(person_id=row.person_id, read_at__gte=row.since, read_at__lt=row.until).order_by("pk")[
            :limit
        ]
    )
    codes = {
        pk: code or number or ""
        for pk, code, number in Dossier.objects.filter(pk__in={line.dossier_id for line in lines}).values_list(
            "pk", "code", "intake_number"
        )
    }
    return [
        (
            line.read_at,
            codes.get(line.dossier_id, ""),
            str(What(line.what).label) if line.what in What.values else line.what,
            str(Purpose(line.purpose).label) + (f": {line.reason}" if line.reason else ""),
        )
        for line in lines
    ]
