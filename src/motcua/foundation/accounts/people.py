"""People of the staff, the posts they hold and held, and giving and ending posts, for administrators of agencies."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.absences import away_on
from motcua.foundation.accounts.models import Person, PostHolding, Qualification, SignInSession, User
from motcua.foundation.accounts.sessions import end_sessions
from motcua.foundation.accounts.staff_types import (
    Holding,
    HoldingCard,
    HoldsAlready,
    LastAdministrator,
    OutsidePost,
    PeoplePage,
    PersonCard,
    PersonRow,
    StartPassword,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations import services as organisation_services
from motcua.foundation.organisations.types import Directory, Role

SIZE = 50
_LEADS = (Role.LEADER, Role.DIVISION_HEAD)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def administered(actor: Actor) -> frozenset[int]:
    """Return the units whose people and posts the actor administers."""
    return actor.units_of(Role.ADMINISTRATOR)


def people(
    *, actor: Actor, on: date, text: str = "", unit_id: int | None = None, page: int = 1, size: int = SIZE
) -> PeoplePage:
    """Return a page of the staff that the actor sees, by name, with the exact number of all. Four statements.

    Args:
        text: part of the name or the user name; unit_id: only those with a post there or below today.
    """
    rows = Person.objects.filter(registry.within("staff_person", actor))
    words = " ".join(text.split())
    if words:
        rows = rows.filter(Q(full_name__icontains=words) | Q(user__username__icontains=words))
    if unit_id is not None:
        units = organisations.directory(on=on).below.get(unit_id, frozenset({unit_id}))
        rows = rows.filter(
            Exists(PostHolding.objects.filter(person=OuterRef("pk"), post__unit_id__in=units, valid__contains=on))
        )
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    found = list(rows.select_related("user").order_by("full_name", "pk")[(page - 1) * size : page * size])
    return PeoplePage(_rows(found, on=on), total, page, pages)


def _rows(found: list[Person], *, on: date) -> tuple[PersonRow, ...]:
    listing = organisations.directory(on=on)
    ids = [item.pk for item in found]
    posts: dict[int, list[tuple[str, str]]] = {}
    seconded: set[int] = set()
    held = PostHolding.objects.filter(person_id__in=ids, valid__contains=on).order_by("pk")
    for key, title, unit_id, home, ours in held.values_list(
        "person_id", "post__title", "post__unit_id", "home_agency_id", "is_state_employee"
    ):
        unit = listing.find(unit_id)
        posts.setdefault(key, []).append((title, unit.short_name if unit else ""))
        if home is not None or not ours:
            seconded.add(key)
    away = away_on(ids, on=on)
    return tuple(
        PersonRow(
            id=item.pk, public_id=item.public_id, name=item.full_name,
            posts="; ".join(title for title, _unit in posts.get(item.pk, ())),
            agencies="; ".join(dict.fromkeys(unit for _title, unit in posts.get(item.pk, ()))),
            is_seconded=item.pk in seconded, is_away=item.pk in away,
            can_sign_in=item.user is not None and item.user.is_active,
        )
        for item in found
    )  # fmt: skip


def person_card(*, actor: Actor, public_id: UUID, on: date) -> PersonCard:
    """Return one member of the staff with the posts held now, before and later. Six statements.

    Raises:
        NotFound: nobody, or nobody whom the actor sees.
    """
    person = Person.objects.select_related("user").filter(public_id=public_id, is_officer=True).first()
    if person is None:
        raise NotFound
    rows = list(
        PostHolding.objects.filter(person=person).select_related("post__desk", "home_agency").order_by("-valid", "-pk")
    )
    units = frozenset(row.post.unit_id for row in rows)
    card = PersonCard(
        id=person.pk, public_id=person.public_id, user_id=person.user_id, name=person.full_name,
        username=person.user.username if person.user else "", is_active=bool(person.user and person.user.is_active),
        holdings=_holdings(rows, on=on), unit_ids=units,
        qualifications=tuple(
            (row.role, row.certificate, row.number, row.valid.lower, row.valid.upper)
            for row in Qualification.objects.filter(person=person).order_by("-valid", "pk")
        ),
    )  # fmt: skip
    if not registry.sees("staff_person", actor, card):
        raise NotFound
    return card


def _holdings(rows: list[PostHolding], *, on: date) -> tuple[HoldingCard, ...]:
    listing = organisations.directory(on=on)
    superiors = _superiors(rows, listing, on=on)
    cards = []
    for row in rows:
        unit = listing.find(row.post.unit_id)
        agency = listing.find(organisations.agency_of_unit(row.post.unit_id, on=on)) if unit else None
        home = listing.find(row.home_agency_id)
        cards.append(
            HoldingCard(
                id=row.pk, public_id=row.public_id, post_id=row.post_id, role=row.post.role, title=row.post.title,
                capacity=row.post.capacity,
                unit_id=row.post.unit_id, unit_public_id=unit.public_id if unit else "",
                unit_name=unit.short_name if unit else "", agency_name=agency.short_name if agency else "",
                since=row.valid.lower, until=row.valid.upper, is_present=on in row.valid,
                is_over=row.valid.upper is not None and row.valid.upper <= on,
                is_state_employee=row.is_state_employee, desk=str(row.post.desk) if row.post.desk else "",
                employer=home.short_name if home else row.employer, home_superior=row.home_superior,
                superiors=superiors(row.post.unit_id, row.person_id),
                home_superiors=superiors(row.home_agency_id, row.person_id) if home else (),
            )
        )  # fmt: skip
    return tuple(cards)


def _superiors(rows: list[PostHolding], listing: Directory, *, on: date):
    """Return a function that names who leads a unit: its head, else the leaders of its agency. One statement."""
    wanted: set[int] = set()
    for row in rows:
        for unit_id in (row.post.unit_id, row.home_agency_id):
            if unit_id is not None and unit_id in listing.agencies:
                wanted |= {unit_id, organisations.agency_of_unit(unit_id, on=on)}
    heads: dict[int, list[tuple[int, str]]] = {}
    leading = PostHolding.objects.filter(post__unit_id__in=wanted, post__role__in=_LEADS, valid__contains=on)
    for unit_id, key, name, title in leading.order_by("pk").values_list(
        "post__unit_id", "person_id", "person__full_name", "post__title"
    ):
        heads.setdefault(unit_id, []).append((key, f"{name}, {title}"))

    def named(unit_id: int | None, but: int) -> tuple[str, ...]:
        if unit_id is None or unit_id not in listing.agencies:
            return ()
        for place in (unit_id, organisations.agency_of_unit(unit_id, on=on)):
            if found := tuple(words for key, words in heads.get(place, ()) if key != but):
                return found[:2]
        return ()

    return named


@transaction.atomic
def give_post(
    *,
    actor: Actor,
    person_id: int,
    post_id: int,
    since: date,
    until: date | None = None,
    home_agency_id: int | None = None,
    employer: str = "",
    home_superior: str = "",
) -> int:
    """Let a person hold a post from `since` up to but not including `until`; return the holding's id.

    Raises:
        NotFound, NotAllowed: no such post, or outside the units that the actor administers.
        Invalid: the days are the wrong way round.
        OutsidePost: the post does not exist on all of those days.
        HoldsAlready: the same person holds it in some of those days; the sentence says in which.
    """
    post = organisation_services.locked_post(pk=post_id)
    if post is None:
        raise NotFound
    if post.unit_id not in administered(actor):
        raise NotAllowed
    if until is not None and until <= since:
        raise Invalid({"until": [_("The last day lies before the first one.")]})
    days = DateRange(since, until)
    if not _inside(days, post.valid):
        raise OutsidePost(days=_words(post.valid))
    other = PostHolding.objects.filter(person_id=person_id, post=post, valid__overlap=days).first()
    if other is not None:
        raise HoldsAlready(days=_words(other.valid))
    row = PostHolding.objects.create(
        person_id=person_id, post=post, valid=days, home_agency_id=home_agency_id, employer=employer.strip(),
        home_superior=home_superior.strip(), is_state_employee=not employer.strip(),
    )  # fmt: skip
    return row.pk


def _inside(days: DateRange, whole: DateRange) -> bool:
    begins = whole.lower is None or days.lower >= whole.lower
    return begins and (whole.upper is None or (days.upper is not None and days.upper <= whole.upper))


def _words(days: DateRange) -> str:
    since = f"{days.lower:%d/%m/%Y}" if days.lower else "…"
    return f"{since} – {days.upper - timedelta(days=1):%d/%m/%Y}" if days.upper else f"{since} – …"


@transaction.atomic
def end_holding(*, actor: Actor, holding_id: int, last: date) -> None:
    """Let a person hold a post up to and including `last`; work has to be handed over before.

    Raises:
        NotFound, NotAllowed: none such, or outside the units that the actor administers.
        Invalid: the post began later, or ended before.
        LastAdministrator: nobody else would be administrator of a unit above or equal to this one afterwards.
    """
    row = PostHolding.objects.select_for_update(of=("self",)).select_related("post").filter(pk=holding_id).first()
    if row is None:
        raise NotFound
    if row.post.unit_id not in administered(actor):
        raise NotAllowed
    end = last + timedelta(days=1)
    if row.valid.upper is not None and row.valid.upper <= last:
        raise Invalid({"last": [_("The post ends before that day anyway.")]})
    if row.post.role == Role.ADMINISTRATOR:
        _keep_an_administrator(row, end)
    if row.valid.lower is not None and end <= row.valid.lower:
        raise Invalid({"last": [_("The post began later. Choose its first day or a later one.")]})
    row.valid = DateRange(row.valid.lower, end)
    row.save(update_fields=["valid"])


def _keep_an_administrator(row: PostHolding, end: date) -> None:
    """Refuse to end the last post of an administrator. Locks all of them: two could leave at the same moment."""
    others = PostHolding.objects.select_for_update(of=("self",)).filter(
        post__role=Role.ADMINISTRATOR, person__user__is_active=True, valid__contains=end
    )
    if not [item for item in others.order_by("pk") if item.pk != row.pk]:
        raise LastAdministrator


@transaction.atomic
def new_officer(*, actor: Actor, full_name: str, username: str, at: datetime) -> StartPassword:
    """Create a member of the staff who signs in with a start password, shown once.

    It works MOTCUA_START_PASSWORD_DAYS, and until the person chose their own.

    Raises:
        NotAllowed: the actor administers nothing. Invalid: the user name is taken, or the name is empty.
    """
    if not administered(actor):
        raise NotAllowed
    name, login = " ".join(full_name.split()), username.strip().lower()
    wrong: dict[str, list[str]] = {}
    if len(name.split()) < 2:
        wrong["full_name"] = [_("Enter the full name.")]
    if User.objects.filter(username__iexact=login).exists():
        wrong["username"] = [_("Somebody has this user name. Choose another, for example with the agency behind it.")]
    if wrong:
        raise Invalid(wrong)
    password = _start_password()
    user = User.objects.create_user(login, password, date_joined=at, start_password_until=_until(at))
    person = Person.objects.create(user=user, full_name=name, is_officer=True)
    return StartPassword(person.public_id, login, password)


def new_start_password(*, actor: Actor, public_id: UUID, at: datetime, on: date) -> StartPassword:
    """Replace the password of somebody one administers by a start password; all their sessions end.

    Raises:
        NotFound, NotAllowed: nobody whom the actor administers, or the actor.
    """
    card = person_card(actor=actor, public_id=public_id, on=on)
    units = {item.unit_id for item in card.present}
    if card.user_id is None or card.user_id == actor.user_id or (units and not units <= administered(actor)):
        raise NotAllowed
    if not administered(actor):
        raise NotAllowed
    password = _start_password()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=card.user_id)
        user.set_password(password)
        user.start_password_until = _until(at)
        user.save(update_fields=["password", "start_password_until"])
        end_sessions(SignInSession.objects.filter(user_id=user.pk))
    return StartPassword(card.public_id, card.username, password)


def _until(at: datetime) -> datetime:
    return at + timedelta(days=settings.MOTCUA_START_PASSWORD_DAYS)


def _start_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


def record_qualification(
    *, actor: Actor, person_id: int, role: str, certificate: str, number: str = "", since: date, until: date | None
) -> None:
    """Write down a certificate that qualifies a person for posts of a role.

    Raises:
        NotAllowed: the actor administers nothing. Invalid: no name of the certificate, days the wrong way round.
    """
    if not administered(actor):
        raise NotAllowed
    if not certificate.strip():
        raise Invalid({"certificate": [_("Enter what the certificate is called.")]})
    if until is not None and until < since:
        raise Invalid({"until": [_("The last day lies before the first one.")]})
    Qualification.objects.create(
        person_id=person_id, role=role, certificate=certificate.strip(), number=number.strip(),
        valid=DateRange(since, until + timedelta(days=1) if until else None),
    )  # fmt: skip


def open_posts_for(*, actor: Actor, on: date) -> list[tuple[int, str]]:
    """Return (post id, words) of all posts that the actor may give, by unit and title."""
    listing = organisations.directory(on=on)
    rows = organisation_services.unending_posts(administered(actor))
    order = {unit_id: place for place, unit_id in enumerate(listing.agencies)}
    found = sorted(rows, key=lambda row: (order.get(row[1], 10**9), row[2], row[0]))
    return [
        (key, f"{title} · {listing.agencies[unit_id].short_name}")
        for key, unit_id, title in found
        if unit_id in listing.agencies
    ]


def holding(holding_id: int) -> Holding:
    """Return who holds which post, to be used by the services above this one; access is theirs to check.

    Raises:
        NotFound: no such holding.
    """
    row = PostHolding.objects.select_related("post", "person").filter(pk=holding_id).first()
    if row is None:
        raise NotFound
    return Holding(
        row.pk, row.person_id, row.person.full_name, row.post_id, row.post.unit_id, row.post.role, row.post.title
    )
