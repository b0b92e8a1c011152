"""Reads of users and the posts they hold."""

from datetime import date

from motcua.foundation.accounts.absences import absence, absences, absences_of, approves, away_on, colleagues
from motcua.foundation.accounts.api_keys import card_of, digest_of
from motcua.foundation.accounts.codes import code_to_show, masked_contact, proved_contact, user_of
from motcua.foundation.accounts.contacts import contacts_of
from motcua.foundation.accounts.correcting import correction, correction_outcome, corrections, corrections_of
from motcua.foundation.accounts.crews import crews
from motcua.foundation.accounts.events_of_users import events_of
from motcua.foundation.accounts.inspecting import (  # noqa: F401 - read through this door
    inspection_orders,
    inspection_units,
    inspectors,
    running_orders,
)
from motcua.foundation.accounts.mandates import MandateSides, mandate_addresses, mandate_sides, mandates_over
from motcua.foundation.accounts.models import ApiClient, Person, PostHolding, User
from motcua.foundation.accounts.passwords import has_password, is_password
from motcua.foundation.accounts.people import administered, holding, open_posts_for, people, person_card
from motcua.foundation.accounts.representations import has_representations, representation_for, representations_of
from motcua.foundation.accounts.second_factor import authenticator_address, current_code, second_factors
from motcua.foundation.accounts.sessions import PROVED_AT, sessions_of
from motcua.foundation.accounts.sight import sees_unit
from motcua.foundation.accounts.sign_on import sign_on, sign_ons
from motcua.foundation.accounts.staff_accounts import staff_account, staff_accounts
from motcua.foundation.accounts.staff_types import NEVER_LENT
from motcua.foundation.accounts.staffing import party_body, staffing, staffing_numbers, unit_posts
from motcua.foundation.accounts.types import PUBLIC, Actor, ActorKind, ApiClientCard
from motcua.foundation.core import personal_data, statements
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import APART, Directory, HeldPost, Role

__all__ = [
    "PROVED_AT",
    "MandateSides",
    "absence",
    "absences",
    "absences_of",
    "actor_for_person",
    "actor_for_user",
    "administered",
    "api_client_for",
    "approves",
    "authenticator_address",
    "away_on",
    "citizen_contact",
    "code_to_show",
    "colleagues",
    "contacts_of",
    "correction",
    "correction_outcome",
    "corrections",
    "corrections_of",
    "crews",
    "current_code",
    "demo_accounts",
    "events_of",
    "has_password",
    "has_representations",
    "held_posts",
    "holders",
    "holding",
    "holding_pairs",
    "is_password",
    "mandate_addresses",
    "mandate_sides",
    "mandates_over",
    "masked_contact",
    "open_posts_for",
    "party_body",
    "people",
    "person_card",
    "person_ids",
    "person_names",
    "proved_contact",
    "representation_for",
    "representations_of",
    "second_factors",
    "sees_unit",
    "sessions_of",
    "sign_on",
    "sign_ons",
    "staff_account",
    "staff_accounts",
    "staffing",
    "staffing_numbers",
    "unit_posts",
    "user_of",
]


# Own posts, then those of absent people who named this person, in one statement: every request begins with it.
_HELD = """
SELECT post_id, unit_id, role, title, home_agency_id, absent_id, absent, capacity FROM (
  SELECT 0 AS part, h.id, h.post_id, p.unit_id, p.role, p.title, h.home_agency_id,
    NULL::bigint AS absent_id, '' AS absent, '' AS capacity
  FROM accounts_post_holding h JOIN organisations_post p ON p.id = h.post_id
  WHERE h.person_id = %(person)s AND h.valid @> %(on)s::date AND p.valid @> %(on)s::date
  UNION ALL
  SELECT 1, h.id, h.post_id, p.unit_id, p.role, p.title, h.home_agency_id, a.person_id, w.full_name, s.capacity
  FROM accounts_substitution s JOIN accounts_absence a ON a.id = s.absence_id
  JOIN accounts_post_holding h ON h.person_id = a.person_id AND h.post_id = s.post_id
  JOIN organisations_post p ON p.id = h.post_id JOIN accounts_person w ON w.id = a.person_id
  WHERE s.substitute_id = %(person)s AND a.state = 'approved' AND a.valid @> %(on)s::date
    AND h.valid @> %(on)s::date AND p.valid @> %(on)s::date AND p.role <> ALL(%(never)s::text[])
) held ORDER BY part, id
"""


def actor_for_user(user_id: int, *, on: date) -> Actor:
    """Return the actor of a signed-in user with the posts held on `on`. Two queries."""
    person = Person.objects.filter(user_id=user_id, user__is_active=True).only("id", "full_name", "is_officer").first()
    if person is None:
        return PUBLIC
    if not person.is_officer:
        return Actor(kind=ActorKind.CITIZEN, user_id=user_id, person_id=person.pk, name=person.full_name)
    posts = held_posts(person.pk, on=on)
    scope = frozenset().union(*(post.scope_ids for post in posts))
    return Actor(
        kind=ActorKind.STAFF,
        user_id=user_id,
        person_id=person.pk,
        name=person.full_name,
        posts=posts,
        scope_ids=scope,
        orders=running_orders(person.pk, on=on) if any(post.role == Role.INSPECTOR for post in posts) else (),
    )


def actor_for_person(person_id: int, *, on: date) -> Actor:
    """Return the actor of a person with a sign-in, with the posts held on `on`; PUBLIC where there is none."""
    user_id = Person.objects.filter(pk=person_id).values_list("user_id", flat=True).first()
    return actor_for_user(user_id, on=on) if user_id else PUBLIC


def held_posts(person_id: int, *, on: date) -> tuple[HeldPost, ...]:
    """Return the posts that a person holds on `on`, by holding id, then those in which they stand in. One query."""
    listing = organisations.directory(on=on)
    with statements.prepared() as cursor:
        cursor.execute(_HELD, {"person": person_id, "on": on, "never": sorted(str(role) for role in NEVER_LENT)})
        rows = cursor.fetchall()
    held = []
    for post_id, unit_id, role, title, home_id, absent_id, absent, capacity in rows:
        unit = listing.agencies.get(unit_id)
        if unit is None:
            continue
        agency_id = organisations.agency_of_unit(unit_id, on=on)
        held.append(
            HeldPost(
                post_id=post_id,
                unit_id=unit_id,
                agency_id=agency_id,
                role=role,
                title=title,
                unit_name=unit.short_name,
                agency_name=listing.agencies[agency_id].short_name,
                is_seconded=home_id is not None,
                scope_ids=_scope(agency_id, role, listing),
                heritage=frozenset() if role in APART else listing.heritage.get(agency_id, frozenset()),
                standing_for_id=absent_id,
                standing_for=absent,
                signs_as=capacity,
            )
        )
    return tuple(held)


def _scope(agency_id: int, role: str, listing: Directory) -> frozenset[int]:
    """Return what a post sees: its agency, all below and what they took over; procedure control the whole province.

    Roles that stand apart see nothing by their post: a desk, an order or an act of their own opens what they need.
    """
    if role in APART:
        return frozenset()
    top = agency_id
    while role == Role.CONTROLLER and (parent := listing.agencies[top].parent_id) is not None:
        top = parent
    return listing.with_heritage(listing.below[top])


def holding_pairs(*, on: date) -> frozenset[tuple[int, int]]:
    """Return (person id, post id) of all holdings on `on`."""
    return frozenset(PostHolding.objects.filter(valid__contains=on).values_list("person_id", "post_id"))


def holders(unit_id: int, role: str, *, on: date) -> list[tuple[int, str]]:
    """Return (person id, full name) of those who hold a post of `role` in the unit on `on`, by name."""
    rows = PostHolding.objects.filter(
        post__unit_id=unit_id, post__role=role, valid__contains=on, post__valid__contains=on
    ).values_list("person_id", "person__full_name")
    return sorted(set(rows), key=lambda row: row[1])


def person_names(person_ids: set[int]) -> dict[int, str]:
    """Return full names by person id."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "full_name"))


def person_ids(usernames: set[str]) -> dict[str, int]:
    """Return person ids by username, for the usernames that exist."""
    return dict(Person.objects.filter(user__username__in=usernames).values_list("user__username", "pk"))


def citizen_contact(person_id: int) -> dict[str, str]:
    """Return name, identity, phone and e-mail of a citizen in clear, '' where unknown: for their own pages only."""
    person = Person.objects.get(pk=person_id)
    contact = {"full_name": person.full_name}
    for name in ("identity", "phone", "email"):
        cipher = getattr(person, f"{name}_cipher")
        contact[name] = personal_data.decrypt(cipher, purpose=f"person.{name}") if cipher else ""
    return contact


def demo_accounts(*, on: date, usernames: list[str]) -> list[tuple[str, str, tuple[HeldPost, ...]]]:
    """Return (username, full name, posts) of the given users, in the order given; for the demonstration's greeting."""
    found = {user.username: user for user in User.objects.filter(username__in=usernames).select_related("person")}
    return [
        (name, found[name].person.full_name, held_posts(found[name].person.pk, on=on))
        for name in usernames
        if name in found
    ]


def api_client_for(key: str, *, on: date) -> ApiClientCard | None:
    """Return the program that a key belongs to, None when the key is unknown, revoked or not valid on `on`."""
    if not key or len(key) > 200:
        return None
    client = ApiClient.objects.filter(key_digest=digest_of(key), valid__contains=on, revoked_at__isnull=True).first()
    return card_of(client) if client else None
