"""Posts of a unit with who holds them, opening and ending posts, and how many people there shall be and are."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.absences import away_on
from motcua.foundation.accounts.models import PostHolding, Qualification, StaffingNumber
from motcua.foundation.accounts.people import administered
from motcua.foundation.accounts.staff_types import PostCard, PostStillHeld, StaffingRow
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services as organisation_services
from motcua.foundation.organisations.types import AgencyKind, Role


def unit_posts(*, unit_id: int, on: date) -> tuple[PostCard, ...]:
    """Return the posts of a unit on a day with who holds them, desks together. Two statements."""
    posts = organisation_services.posts_with_desks(unit_id, on=on)
    held = PostHolding.objects.filter(post__in=posts, valid__contains=on).order_by("pk")
    holders: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    for post_id, key, name, home, ours in held.values_list(
        "post_id", "person__public_id", "person__full_name", "home_agency_id", "is_state_employee"
    ):
        holders[post_id].append((str(key), name, home is not None or not ours))
    return tuple(
        PostCard(
            id=post.pk, public_id=post.public_id, role=post.role, title=post.title, capacity=post.capacity,
            desk=f"{post.desk.number} {post.desk.name}" if post.desk else "",
            premises=post.desk.premises.name if post.desk else "", since=post.valid.lower, until=post.valid.upper,
            holders=tuple(holders[post.pk]),
        )
        for post in posts
    )  # fmt: skip


@transaction.atomic
def open_unit_post(
    *, actor: Actor, unit_id: int, role: str, title: str, capacity: str = "", desk_id: int | None = None, since: date
) -> int:
    """Open a post in a unit; return its id. Several posts may have the same title.

    Raises:
        NotAllowed: outside the units that the actor administers. Invalid: no title, an unknown role.
    """
    if unit_id not in administered(actor):
        raise NotAllowed
    if not title.strip() or role not in Role.values:
        raise Invalid({"title": [_("Enter the title of the post.")]})
    return organisation_services.add_post(
        unit_id=unit_id, role=role, title=" ".join(title.split()), capacity=capacity, desk_id=desk_id, since=since
    )


@transaction.atomic
def end_post(*, actor: Actor, public_id: UUID, last: date) -> None:
    """Let a post exist up to and including `last`.

    Raises:
        NotFound, NotAllowed: none such, or not the actor's to change.
        PostStillHeld: people hold it beyond that day; names them.
        Invalid: it begins later.
    """
    post = organisation_services.locked_post(public_id=public_id)
    if post is None:
        raise NotFound
    if post.unit_id not in administered(actor):
        raise NotAllowed
    end = last + timedelta(days=1)
    beyond = PostHolding.objects.filter(post=post).filter(Q(valid__endswith__gt=end) | Q(valid__upper_inf=True))
    if names := ", ".join(beyond.order_by("pk").values_list("person__full_name", flat=True)):
        raise PostStillHeld(names=names)
    if post.valid.lower is not None and end <= post.valid.lower:
        raise Invalid({"last": [_("The post began later. Choose its first day or a later one.")]})
    organisation_services.end_post(post, before=end)


def name_party_body(*, actor: Actor, agency_id: int, name: str) -> None:
    """Write down that an agency is one with a Party body; '' for an ordinary agency.

    Raises:
        NotAllowed: outside the units that the actor administers.
    """
    if agency_id not in administered(actor):
        raise NotAllowed
    organisation_services.record_party_body(agency_id=agency_id, name=" ".join(name.split())[:250])


def party_body(agency_id: int) -> str:
    """Return the Party body that an agency is one with, '' for none."""
    return organisation_services.party_body(agency_id)


def staffing(*, actor: Actor, on: date, unit_id: int | None = None) -> tuple[StaffingRow, ...]:
    """Return how each unit that the actor sees is staffed, one row a role: where numbers are set or posts held.

    Four statements however many units.
    """
    listing = organisations.directory(on=on)
    seen = {card.id for card in registry.seen("staff_unit", actor, listing.agencies.values())}
    if unit_id is not None:
        seen &= listing.below.get(unit_id, frozenset())
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    held = PostHolding.objects.filter(post__unit_id__in=seen, valid__contains=on, post__valid__contains=on)
    for unit, role, key in held.values_list("post__unit_id", "post__role", "person_id"):
        people[unit, role].add(key)
    everybody = set().union(*people.values()) if people else set()
    away = away_on(everybody, on=on)
    able = set(
        Qualification.objects.filter(person_id__in=everybody, valid__contains=on).values_list("person_id", "role")
    )
    numbers = _numbers(on)
    rows = []
    for place in (item for item in listing.agencies if item in seen):
        card = listing.agencies[place]
        agency = listing.agencies.get(organisations.agency_of_unit(place, on=on), card)
        for role in Role.values:
            required, source = numbers.get((place, role)) or numbers.get((card.kind, role)) or (None, "")
            found = people.get((place, role), set())
            if required is None and not found:
                continue
            present = found - away
            rows.append(
                StaffingRow(
                    unit_id=place, unit_public_id=card.public_id, unit_name=card.short_name,
                    agency_name=agency.short_name if agency.id != place else "", role=role, required=required,
                    held=len(found), away=len(found & away), present=len(present),
                    missing=max(0, (required or 0) - len(present)),
                    qualified=sum((key, role) in able for key in present), source=source,
                )
            )  # fmt: skip
    return tuple(rows)


def _numbers(on: date) -> dict[tuple[int | str, str], tuple[int, str]]:
    """Return (fewest, source) by (unit id or kind of agency, role)."""
    rows = StaffingNumber.objects.filter(valid__contains=on)
    return {(row.agency_id or row.agency_kind, row.role): (row.fewest, row.source) for row in rows}


def staffing_numbers(*, on: date) -> tuple[tuple[str, str, int, str, str], ...]:
    """Return (kind of agency, role, fewest, source, unit) of the numbers in force; unit '' for the whole kind."""
    listing = organisations.directory(on=on)
    rows = StaffingNumber.objects.filter(valid__contains=on).order_by("agency_kind", "agency_id", "role")
    return tuple(
        (row.agency_kind, row.role, row.fewest, row.source, card.short_name if card else "")
        for row in rows
        if (card := listing.find(row.agency_id)) is not None or row.agency_id is None
    )


@transaction.atomic
def set_staffing_number(
    *,
    actor: Actor,
    agency_kind: str,
    role: str,
    fewest: int,
    source: str,
    since: date,
    agency_id: int | None = None,
) -> None:
    """Set how many people units of a kind, or one unit, shall have for a role from a day on; the earlier one ends.

    Raises:
        NotAllowed: the actor administers nothing, or not that unit.
        Invalid: an unknown kind or role, a day before the present number.
    """
    if not administered(actor) or (agency_id is not None and agency_id not in administered(actor)):
        raise NotAllowed
    if agency_kind not in AgencyKind.values or role not in Role.values:
        raise Invalid({"role": [_("Choose a kind of agency and a role.")]})
    if agency_id is not None and (card := organisations.directory(on=since).find(agency_id)) is not None:
        agency_kind = card.kind
    rows = StaffingNumber.objects.select_for_update().filter(role=role)
    if agency_id is None:
        rows = rows.filter(agency_kind=agency_kind, agency__isnull=True)
    else:
        rows = rows.filter(agency_id=agency_id)
    for row in rows.filter(valid__endswith__isnull=True):
        if row.valid.lower >= since:
            row.delete()
            continue
        row.valid = DateRange(row.valid.lower, since)
        row.save(update_fields=["valid"])
    if rows.filter(valid__overlap=DateRange(since, None)).exists():
        raise Invalid({"since": [_("A number is in force in those days already. Choose a later day.")]})
    StaffingNumber.objects.create(
        agency_kind=agency_kind, agency_id=agency_id, role=role, fewest=fewest, source=source.strip(),
        valid=DateRange(since, None),
    )  # fmt: skip
