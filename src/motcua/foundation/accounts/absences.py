"""Leave and who stands in: asked for, approved, called off or ended early. Work follows by itself, day by day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.models import Absence, Person, PostHolding, Substitution
from motcua.foundation.accounts.sight import approved_units, led_by, stood_in_by
from motcua.foundation.accounts.staff_types import (
    NEVER_LENT,
    AbsenceCard,
    AbsencesOverlap,
    AbsenceState,
    CapacityNotHeld,
    NotLent,
    StandIn,
    StandInAway,
    StandInCard,
    StandsInAlready,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations

_RUNNING = (AbsenceState.ASKED, AbsenceState.APPROVED)
WRITTEN = "TUQ."


@transaction.atomic
def enter_absence(
    *,
    actor: Actor,
    person_id: int,
    first: date,
    last: date,
    kind: str,
    stand_ins: Sequence[StandIn],
    note: str = "",
    at: datetime,
    on: date,
) -> UUID:
    """Enter one's own leave, or that of somebody below; return its public id.

    It is approved at once when the person's role lets them (MOTCUA_OWN_LEAVE_ROLES) or an approver enters it.

    Args:
        first, last: both inside.

    Raises:
        NotAllowed: somebody else's leave, and the actor approves nothing there.
        Invalid: the days are the wrong way round; a stand-in for a post that the person does not hold.
        AbsencesOverlap, StandsInAlready, StandInAway, NotLent, CapacityNotHeld: say how to mend it.
    """
    person = Person.objects.select_for_update().filter(pk=person_id, is_officer=True).first()
    if person is None:
        raise NotFound
    decides = approves(actor, person_id, on=on)
    if person_id != actor.person_id and not decides:
        raise NotAllowed
    if last < first:
        raise Invalid({"last": [_("The last day lies before the first one.")]})
    days = DateRange(first, last + timedelta(days=1))
    _check_days(person_id, days)
    at_once = decides or _enters_own(actor)
    row = Absence.objects.create(
        person=person, kind=kind, note=note.strip(), valid=days, asked_by_id=actor.person_id or 0, asked_at=at,
        state=AbsenceState.APPROVED if at_once else AbsenceState.ASKED,
        decided_by_id=actor.person_id if at_once else None, decided_at=at if at_once else None,
    )  # fmt: skip
    _name(row, stand_ins)
    return row.public_id


def _enters_own(actor: Actor) -> bool:
    return any(post.role in settings.MOTCUA_OWN_LEAVE_ROLES for post in actor.posts if post.standing_for_id is None)


def _check_days(person_id: int, days: DateRange) -> None:
    other = Absence.objects.filter(person_id=person_id, state__in=_RUNNING, valid__overlap=days).first()
    if other is not None:
        raise AbsencesOverlap(days=_days(other))
    named = Substitution.objects.filter(
        substitute_id=person_id, absence__state__in=_RUNNING, absence__valid__overlap=days
    ).select_related("absence__person")
    if (first := named.first()) is not None:
        raise StandsInAlready(name=first.absence.person.full_name)


def _days(row: Absence) -> str:
    return f"{row.valid.lower:%d/%m/%Y} – {row.valid.upper - timedelta(days=1):%d/%m/%Y}"


def _name(row: Absence, stand_ins: Iterable[StandIn]) -> None:
    """Name who stands in, each checked."""
    holdings = PostHolding.objects.filter(person_id=row.person_id, valid__overlap=row.valid)
    posts = {item.post_id: item.post for item in holdings.select_related("post")}
    for item in stand_ins:
        post = posts.get(item.post_id)
        substitute = Person.objects.filter(pk=item.person_id, is_officer=True).exclude(pk=row.person_id).first()
        if post is None or substitute is None:
            raise Invalid({"stand_in": [_("Choose a colleague for a post that this person holds in those days.")]})
        if post.role in NEVER_LENT:
            raise NotLent(title=post.title)
        if Absence.objects.filter(person=substitute, state__in=_RUNNING, valid__overlap=row.valid).exists():
            raise StandInAway(name=substitute.full_name)
        _check_capacity(item, substitute, row)
        Substitution.objects.create(
            absence=row, post=post, substitute=substitute, capacity=item.capacity, authority=item.authority.strip()
        )


def _check_capacity(item: StandIn, substitute: Person, row: Absence) -> None:
    """Let the substitute's own post carry the capacity; a sub-authorisation has to be in writing.

    Law: Decree 30/2020, art. 13.
    """
    if not item.capacity:
        return
    known = item.capacity in settings.MOTCUA_SUBSTITUTE_CAPACITIES
    own = PostHolding.objects.filter(person=substitute, post__capacity=item.capacity, valid__overlap=row.valid).exists()
    written = item.capacity == WRITTEN and item.authority.strip()
    if not known or not (own or written):
        raise CapacityNotHeld(name=substitute.full_name, capacity=item.capacity)


@transaction.atomic
def decide_absence(*, actor: Actor, public_id: UUID, approve: bool, answer: str = "", at: datetime, on: date) -> None:
    """Approve or decline a request.

    Raises:
        NotFound, NotAllowed: none such, or not the actor's to decide; nobody approves their own.
        Invalid: declined without a reason; it was decided before.
    """
    row = _locked(public_id)
    if row.person_id == actor.person_id or not approves(actor, row.person_id, on=on):
        raise NotAllowed
    if row.state != AbsenceState.ASKED:
        raise Invalid(message=_("This request was decided before."))
    if not approve and len(answer.strip()) < 3:
        raise Invalid({"answer": [_("Say why.")]})
    row.state = AbsenceState.APPROVED if approve else AbsenceState.DECLINED
    row.decided_by_id, row.decided_at, row.answer = actor.person_id, at, answer.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])


@transaction.atomic
def end_absence(*, actor: Actor, public_id: UUID, at: datetime, on: date) -> None:
    """Call a leave off before it began, or end it yesterday when the person is back today.

    Raises:
        NotFound, NotAllowed: none such, or neither one's own nor below.
        Invalid: it is over already.
    """
    row = _locked(public_id)
    if row.person_id != actor.person_id and not approves(actor, row.person_id, on=on):
        raise NotAllowed
    if row.state not in _RUNNING or row.valid.upper <= on:
        raise Invalid(message=_("This leave is over already."))
    row.decided_by_id, row.decided_at = actor.person_id, at
    if row.valid.lower < on and row.state == AbsenceState.APPROVED:
        row.valid = DateRange(row.valid.lower, on)
    else:
        row.state = AbsenceState.CALLED_OFF
    row.save(update_fields=["state", "valid", "decided_by", "decided_at"])


def _locked(public_id: UUID) -> Absence:
    row = Absence.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def approves(actor: Actor, person_id: int, *, on: date) -> bool:
    """Tell whether the actor may approve that person's leave: an approver of a unit in which they hold a post."""
    units = approved_units(actor)
    return (
        bool(units)
        and PostHolding.objects.filter(person_id=person_id, post__unit_id__in=units, valid__contains=on).exists()
    )


def absences(
    *, actor: Actor, on: date, which: str = "mine", page: int = 1, size: int = 50
) -> tuple[tuple[AbsenceCard, ...], int]:
    """Return a page of absences with the exact number of all. Six statements however many.

    Args:
        which: 'mine', 'standing' (I stand in), 'asked' (to decide), 'unit' (now and later, of those I approve).
    """
    rows = Absence.objects.filter(registry.within("absence", actor, on=on))
    if which == "mine":
        rows = rows.filter(person_id=actor.person_id or 0)
    elif which == "standing":
        rows = rows.filter(stood_in_by(actor), state=AbsenceState.APPROVED, valid__endswith__gt=on)
    elif which == "asked":
        rows = rows.filter(led_by(actor, on), state=AbsenceState.ASKED).exclude(person_id=actor.person_id or 0)
    else:
        rows = rows.filter(led_by(actor, on), state__in=_RUNNING, valid__endswith__gt=on)
    total = rows.count()
    start = (max(page, 1) - 1) * size
    return _cards(rows.order_by("valid", "pk")[start : start + size], actor, on=on), total


def absence(*, actor: Actor, public_id: UUID, on: date) -> AbsenceCard:
    """Return one absence.

    Raises:
        NotFound: none such, or not one that the actor sees.
    """
    seen = registry.within("absence", actor, on=on)
    cards = _cards(Absence.objects.filter(seen, public_id=public_id), actor, on=on)
    if not cards:
        raise NotFound
    return cards[0]


def absences_of(*, actor: Actor, person_id: int, on: date) -> tuple[AbsenceCard, ...]:
    """Return the absences of a person that the actor sees, the latest first; twenty at most."""
    rows = Absence.objects.filter(registry.within("absence", actor, on=on), person_id=person_id)
    return _cards(rows.order_by("-valid", "-pk")[:20], actor, on=on)


def _cards(rows: QuerySet[Absence], actor: Actor, *, on: date) -> tuple[AbsenceCard, ...]:
    named = Substitution.objects.select_related("post", "substitute").order_by("pk")
    found = list(
        rows.select_related("person", "asked_by", "decided_by").prefetch_related(Prefetch("substitutions", named))
    )
    below = set(
        PostHolding.objects.filter(
            person__in={row.person_id for row in found}, post__unit_id__in=approved_units(actor), valid__contains=on
        ).values_list("person_id", flat=True)
    )
    listing = organisations.directory(on=on)
    return tuple(
        AbsenceCard(
            public_id=row.public_id, person_id=row.person_id, person_public_id=row.person.public_id,
            name=row.person.full_name, kind=row.kind, state=row.state, note=row.note, first=row.valid.lower,
            last=row.valid.upper - timedelta(days=1), asked_by=row.asked_by.full_name, asked_at=row.asked_at,
            decided_by=row.decided_by.full_name if row.decided_by else "", decided_at=row.decided_at,
            answer=row.answer,
            stand_ins=tuple(
                StandInCard(
                    post_id=item.post_id, post_title=item.post.title,
                    unit_name=unit.short_name if (unit := listing.find(item.post.unit_id)) else "",
                    person_id=item.substitute_id, name=item.substitute.full_name, capacity=item.capacity,
                    authority=item.authority,
                )
                for item in row.substitutions.all()
            ),
            may_decide=row.person_id in below and row.person_id != actor.person_id,
            may_end=(row.person_id in below or row.person_id == actor.person_id)
            and row.state in _RUNNING and row.valid.upper > on,
        )
        for row in found
    )  # fmt: skip


def away_on(person_ids: Iterable[int], *, on: date) -> frozenset[int]:
    """Return those of the people who are on approved leave that day."""
    rows = Absence.objects.filter(person_id__in=list(person_ids), state=AbsenceState.APPROVED, valid__contains=on)
    return frozenset(rows.values_list("person_id", flat=True))


def colleagues(*, person_id: int, on: date) -> list[tuple[int, str, str]]:
    """Return (person id, name, posts) of those who could stand in: holders of posts in the same agencies, by name."""
    own = PostHolding.objects.filter(person_id=person_id, valid__contains=on).values_list("post__unit_id", flat=True)
    listing = organisations.directory(on=on)
    units: set[int] = set()
    for unit_id in own:
        if unit_id in listing.agencies:
            units |= listing.below[organisations.agency_of_unit(unit_id, on=on)]
    rows = (
        PostHolding.objects.filter(post__unit_id__in=units, valid__contains=on)
        .exclude(person_id=person_id)
        .exclude(post__role__in=NEVER_LENT)
        .values_list("person_id", "person__full_name", "post__title")
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for key, name, title in rows.order_by("person__full_name", "person_id", "pk"):
        found.setdefault(key, (name, []))[1].append(title)
    return [(key, name, ", ".join(titles)) for key, (name, titles) in found.items()]
