"""What an administrator sees and does of the sign-ins of staff: who has a second factor, and taking a lost one off."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.models import Authenticator, Passkey, Person, PostHolding
from motcua.foundation.accounts.second_factor import reset_factors
from motcua.foundation.accounts.types import Actor, StaffCard
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations

PAGE = 50


def staff_accounts(*, actor: Actor, on: date, text: str = "") -> tuple[StaffCard, ...]:
    """Return staff whom the actor looks after as an administrator, by name; fifty at most.

    Args:
        text: part of the full name or the user name.
    """
    people = _within(actor, on=on).order_by("full_name", "pk")
    words = " ".join(text.split())
    if words:
        people = people.filter(full_name__icontains=words) | people.filter(user__username__icontains=words)
    return _cards(list(people[:PAGE]), on=on)


def staff_account(*, actor: Actor, public_id: UUID, on: date) -> StaffCard:
    """Return one of them.

    Raises:
        NotFound: nobody whom the actor looks after.
    """
    cards = _cards(list(_within(actor, on=on).filter(public_id=public_id)), on=on)
    if not cards:
        raise NotFound
    return cards[0]


def reset_second_factor(*, actor: Actor, public_id: UUID, reason: str, at: datetime, on: date) -> None:
    """Take the second factor off for somebody who lost it; they set up a new one when they sign in next.

    Raises:
        NotFound: nobody whom the actor looks after.
        NotAllowed: one's own; another administrator does that.
        Invalid: no reason.
    """
    card = staff_account(actor=actor, public_id=public_id, on=on)
    if card.user_id == actor.user_id or actor.user_id is None:
        raise NotAllowed
    if len(reason.strip()) < 5:
        raise Invalid({"reason": [_("Say why, and how you made sure who asked")]})
    reset_factors(user_id=card.user_id, by_user_id=actor.user_id, reason=reason.strip(), at=at)


def _within(actor: Actor, *, on: date):
    return (
        Person.objects.filter(registry.within("staff_account", actor, on=on))
        .select_related("user")
        .annotate(
            has_authenticator=Exists(
                Authenticator.objects.filter(user_id=OuterRef("user_id"), confirmed_at__isnull=False)
            ),
            has_passkey=Exists(Passkey.objects.filter(user_id=OuterRef("user_id"))),
        )
    )


def _cards(people: Iterable[Person], *, on: date) -> tuple[StaffCard, ...]:
    listed = list(people)
    posts: dict[int, list[str]] = {}
    rows = PostHolding.objects.filter(person__in=[item.pk for item in listed], valid__contains=on).order_by("pk")
    units = organisations.directory(on=on).agencies
    for person_id, title, unit_id in rows.values_list("person_id", "post__title", "post__unit_id"):
        words = f"{title}, {units[unit_id].short_name}" if unit_id in units else title
        posts.setdefault(person_id, []).append(words)
    return tuple(
        StaffCard(
            public_id=item.public_id, user_id=item.user.pk, username=item.user.username, full_name=item.full_name,
            posts="; ".join(posts.get(item.pk, ())), is_active=item.user.is_active,
            has_second_factor=item.has_authenticator or item.has_passkey,  # type: ignore[attr-defined]
        )
        for item in listed
        if item.user is not None
    )  # fmt: skip
