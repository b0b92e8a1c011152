"""What of units and staff somebody sees: each rule for one object and, beside it, for a list. Private to this app.

Registered with the access module in apps.py; the test of scopes holds the two forms of each equal.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from motcua.foundation.accounts.models import Absence, Person, PostHolding, Substitution
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Level, Role

# Roles that approve the leave of the people below them.
APPROVERS = frozenset({Role.LEADER, Role.DIVISION_HEAD, Role.ADMINISTRATOR})


def sees_unit(actor: Actor, unit: Any) -> bool:
    """Tell whether a unit, or the id of one, is the actor's agency or lies below it. Staff only."""
    return getattr(unit, "id", unit) in actor.scope_ids


def units_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of agencies."""
    return Q(pk__in=actor.scope_ids)


def sees_person(actor: Actor, card: Any) -> bool:
    """Staff see the people of their agencies; administrators also those who hold no post yet."""
    if actor.kind != ActorKind.STAFF:
        return False
    return bool(card.unit_ids & actor.scope_ids) or (not card.unit_ids and actor.has_role(Role.ADMINISTRATOR))


def people_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of persons."""
    ever = PostHolding.objects.filter(person=OuterRef("pk"))
    seen = Q(Exists(ever.filter(post__unit_id__in=actor.scope_ids)))
    if actor.has_role(Role.ADMINISTRATOR):
        seen |= ~Q(Exists(ever))
    return seen & Q(is_officer=True)


def sees_account(actor: Actor, person: Person, on: date) -> bool:
    """Tell whether an administrator looks after the sign-in of somebody."""
    return Person.objects.filter(accounts_within(actor, on), pk=person.pk).exists()


def accounts_within(actor: Actor, on: date) -> Q:
    """Return the condition for the staff whose sign-in the actor looks after.

    An administrator of a provincial agency looks after the whole province, because somebody has to for the leaders of
    communes; one of a commune after that commune.
    """
    listing, units = organisations.directory(on=on), actor.units_of(Role.ADMINISTRATOR)
    tops = [listing.agencies.get(post.agency_id) for post in actor.posts if post.role == Role.ADMINISTRATOR]
    if any(agency is not None and agency.level == Level.PROVINCE for agency in tops):
        units |= listing.agencies.keys()
    held = PostHolding.objects.filter(person=OuterRef("pk"), post__unit_id__in=units, valid__contains=on)
    return Q(Exists(held), is_officer=True, user__isnull=False)


def approved_units(actor: Actor) -> frozenset[int]:
    """Return the units whose people's leave the actor approves: a head those of the own unit, others all below."""
    heads = frozenset(post.unit_id for post in actor.posts if post.role == Role.DIVISION_HEAD)
    return heads | actor.units_of(*(APPROVERS - {Role.DIVISION_HEAD}))


def sees_absence(actor: Actor, row: Absence, on: date) -> bool:
    """Tell whether somebody sees an absence."""
    return Absence.objects.filter(absences_within(actor, on), pk=row.pk).exists()


def absences_within(actor: Actor, on: date) -> Q:
    """Return the condition for one's own absences, those in which one stands in, those of the people below."""
    if actor.kind != ActorKind.STAFF:
        return Q(pk__in=())
    return Q(person_id=actor.person_id) | stood_in_by(actor) | led_by(actor, on)


def stood_in_by(actor: Actor) -> Q:
    """Return the condition for the absences in which the actor stands in."""
    return Q(Exists(Substitution.objects.filter(absence=OuterRef("pk"), substitute_id=actor.person_id)))


def led_by(actor: Actor, on: date) -> Q:
    """Return the condition for the absences of those whose leave the actor approves today."""
    held = PostHolding.objects.filter(
        person=OuterRef("person"), post__unit_id__in=approved_units(actor), valid__contains=on
    )
    return Q(Exists(held))
