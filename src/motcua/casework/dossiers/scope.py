"""The one scope of dossiers: what an actor sees, as a rule for one and as indexed columns for lists. Private.

Registered with the access module; every list, search, export, file link and figure behind it obeys it. The property
test `test_scope` holds the two forms equal for every kind of actor.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from motcua.casework.dossiers.types import State
from motcua.casework.workflow.types import TokenKind
from motcua.foundation.accounts.types import Actor, ActorKind, InspectionScope
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.organisations.types import AT_THE_DESK, Role

# Roles that tasks of dossiers name.
_AT_WORK = (Role.RECEPTIONIST, Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK)
COLUMNS = (
    "competent_agency_id", "receiving_agency_id", "helping_agency_id", "asked_agency_ids", "citizen_id", "filed_at",
)  # fmt: skip


def sees(actor: Actor, dossier: Any) -> bool:
    """Tell whether the actor sees a dossier: staff by agency, an inspector by order, citizens their own."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    if actor.kind == ActorKind.CITIZEN:
        return actor.person_id is not None and dossier.citizen_id == actor.person_id
    if actor.kind != ActorKind.STAFF:
        return False
    return sees_by_post(actor, dossier) or any(
        bool({dossier.receiving_agency_id, dossier.competent_agency_id} & order.unit_ids)
        and _first(order) <= dossier.filed_at < _end(order)
        for order in actor.orders
    )


def sees_by_post(actor: Actor, dossier: Any) -> bool:
    """Tell whether an agency that the actor's posts see receives, decides or helped with a dossier."""
    agencies = {
        dossier.receiving_agency_id, dossier.competent_agency_id, dossier.helping_agency_id, *dossier.asked_agency_ids,
    }  # fmt: skip
    return bool(agencies & actor.scope_ids)


def within(actor: Actor) -> Q:
    """Return the same as a condition on the columns of a dossier."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    if actor.kind == ActorKind.CITIZEN:
        return Q(citizen_id=actor.person_id or 0)
    if actor.kind != ActorKind.STAFF:
        return Q(pk__in=())
    units = actor.scope_ids
    found = Q(competent_agency_id__in=units) | Q(receiving_agency_id__in=units) | Q(helping_agency_id__in=units)
    found |= Q(asked_agency_ids__overlap=sorted(units))
    for order in actor.orders:
        found |= within_order(order)
    return found


def within_order(order: InspectionScope) -> Q:
    """Return the condition for the dossiers that an order names."""
    named = Q(competent_agency_id__in=order.unit_ids) | Q(receiving_agency_id__in=order.unit_ids)
    return named & Q(filed_at__gte=_first(order), filed_at__lt=_end(order))


def _first(order: InspectionScope) -> datetime:
    return datetime.combine(order.since, time(), tzinfo=VIETNAM)


def _end(order: InspectionScope) -> datetime:
    return datetime.combine(order.until + timedelta(days=1), time(), tzinfo=VIETNAM)


def order_for(actor: Actor, dossier: Any) -> InspectionScope | None:
    """Return the order under which an inspector reads a dossier."""
    return next(
        (
            order
            for order in actor.orders
            if {dossier.receiving_agency_id, dossier.competent_agency_id} & order.unit_ids
            and _first(order) <= dossier.filed_at < _end(order)
        ),
        None,
    )


def task_posts(actor: Actor, reach: str = "agency") -> list[tuple[int, str]]:
    """Return the (unit, role) pairs whose tasks a list shows.

    Args:
        reach: 'mine' my posts, 'unit' all roles of my units, 'agency' all roles of all that my posts see, 'prepared'
            those of the leaders whose secretary I am.
    """
    if reach == "mine":
        return sorted({(post.unit_id, post.role) for post in actor.posts})
    if reach == "prepared":
        return sorted({(post.unit_id, str(Role.LEADER)) for post in actor.posts if post.role == Role.SECRETARY})
    units = {post.unit_id for post in actor.posts} if reach == "unit" else set(actor.scope_ids)
    return [(unit, role) for unit in sorted(units) for role in _AT_WORK]


def sees_task(actor: Actor, task: Any) -> bool:
    """Tell whether some list shows a task to the actor."""
    if task.kind != TokenKind.TASK:
        return False
    return task.unit_id in actor.scope_ids or task.unit_id in {post.unit_id for post in actor.posts}


def tasks_within(actor: Actor) -> Q:
    """Return the same as a condition on the columns of a token."""
    return Q(kind=TokenKind.TASK, unit_id__in={*actor.scope_ids, *(post.unit_id for post in actor.posts)})


def desks_of(actor: Actor) -> frozenset[int]:
    """Return the agencies for which the actor sits at a desk: the post's own, and those it took over from."""
    return frozenset(
        agency_id
        for post in actor.posts
        if post.role in AT_THE_DESK
        for agency_id in (post.agency_id, post.unit_id, *post.heritage)
    )


def before_desk(actor: Actor, dossier: Any) -> bool:
    """Tell whether a dossier was received by an agency at whose desk the actor sits."""
    return dossier.receiving_agency_id in desks_of(actor)


def desk_within(actor: Actor) -> Q:
    """Return the same as a condition on the columns of a dossier."""
    return Q(receiving_agency_id__in=desks_of(actor))


def at_desk(actor: Actor, dossier: Any, *, on: date) -> bool:
    """Tell whether a dossier lies before the actor's desk: taken in there today, or there to be handed over.

    It is all that a postal receptionist sees, and only on the pages of the desk.
    """
    if not before_desk(actor, dossier):
        return False
    accepted_at = dossier.accepted_at
    return dossier.state == State.FINISHED or (accepted_at is not None and civil_day(accepted_at) == on)
