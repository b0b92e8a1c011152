"""What the pages of people, leave and staffing show, what is entered there, and why something is refused."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import APART, Role

# Posts that nobody stands in for: they open other people's data or accounts, so they are given, never lent.
NEVER_LENT = APART | {Role.ADMINISTRATOR}


class AbsenceKind(models.TextChoices):
    """Why somebody is away."""

    LEAVE = "leave", _("Yearly leave")
    SICK = "sick", _("Sick leave")
    PARENTAL = "parental", _("Maternity or paternity leave")
    TRAINING = "training", _("Training")
    MISSION = "mission", _("Business trip")
    OTHER = "other", _("Another reason")


class AbsenceState(models.TextChoices):
    """How far a request for leave has come."""

    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    CALLED_OFF = "called_off", _("Called off")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in for one post.

    Attributes:
        capacity: how they sign (KT., TL., TUQ.), '' when they do not sign.
        authority: number and day of the written authorisation, needed for TUQ.
    """

    post_id: int
    person_id: int
    capacity: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class StandInCard:
    """The same with names."""

    post_id: int
    post_title: str
    unit_name: str
    person_id: int
    name: str
    capacity: str
    authority: str


@dataclass(frozen=True, slots=True)
class AbsenceCard:
    """One absence.

    Attributes:
        first, last: both inside.
        may_decide: the reader may approve or decline it; may_end: call it off, or end it early.
    """

    public_id: UUID
    person_id: int
    person_public_id: UUID
    name: str
    kind: str
    state: str
    note: str
    first: date
    last: date
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str
    stand_ins: tuple[StandInCard, ...]
    may_decide: bool = False
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class HoldingCard:
    """A post held by a person, now, before or later.

    Attributes:
        until: first day on which it is no longer held, None for open.
        superiors: who leads the work here; home_superiors: who leads at the employer, of seconded people.
    """

    id: int
    public_id: UUID
    post_id: int
    role: str
    title: str
    capacity: str
    unit_id: int
    unit_public_id: str
    unit_name: str
    agency_name: str
    since: date | None
    until: date | None
    is_present: bool
    is_over: bool
    is_state_employee: bool
    desk: str = ""
    employer: str = ""
    home_superior: str = ""
    superiors: tuple[str, ...] = ()
    home_superiors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds which post."""

    id: int
    person_id: int
    person_name: str
    post_id: int
    unit_id: int
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of staff."""

    id: int
    public_id: UUID
    name: str
    posts: str
    agencies: str
    is_seconded: bool
    is_away: bool
    can_sign_in: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people with the exact number of all."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person of the staff with everything that the person's page shows."""

    id: int
    public_id: UUID
    user_id: int | None
    name: str
    username: str
    is_active: bool
    holdings: tuple[HoldingCard, ...]
    qualifications: tuple[tuple[str, str, str, date | None, date | None], ...] = ()
    unit_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def present(self) -> tuple[HoldingCard, ...]:
        """Return the posts held today."""
        return tuple(item for item in self.holdings if item.is_present)


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post of a unit with who holds it; nobody means that it is vacant."""

    id: int
    public_id: UUID
    role: str
    title: str
    capacity: str
    desk: str
    premises: str
    since: date | None
    until: date | None
    holders: tuple[tuple[str, str, bool], ...]

    @property
    def is_vacant(self) -> bool:
        """Tell whether nobody holds it."""
        return not self.holders


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """How a unit is staffed for one role on a day.

    Attributes:
        required: None where no number is set.
        present: holders who are not away; missing: what present lacks of required.
        qualified: those present with a certificate for the role.
    """

    unit_id: int
    unit_public_id: str
    unit_name: str
    agency_name: str
    role: str
    required: int | None
    held: int
    away: int
    present: int
    missing: int
    qualified: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class StartPassword:
    """What a new member of staff gets once: to be handed over personally and changed at the first sign-in."""

    person_public_id: UUID
    username: str
    password: str


class HoldsAlready(Refusal):
    """The person holds this post in the days given; attributes in params: since, until."""

    code = "holds-post-already"
    message = _(
        "This person already holds this post in those days (%(days)s). Begin after that, or end the other one first."
    )


class OutsidePost(Refusal):
    """The post does not exist on all of those days."""

    code = "outside-post"
    message = _("The post itself exists %(days)s only. Choose days within, or open a new post.")


class LastAdministrator(Refusal):
    """Nobody else could manage the agency afterwards."""

    code = "last-administrator"
    message = _(
        "This is the last administrator there is. "
        "Give the post of administrator to somebody else first, then end this one."
    )


class PostStillHeld(Refusal):
    """A post that people hold cannot end."""

    code = "post-still-held"
    message = _("%(names)s hold this post beyond that day. End their posts first, on the pages of these people.")


class AbsencesOverlap(Refusal):
    """The person is away already in some of those days."""

    code = "absences-overlap"
    message = _("There is already a leave in those days (%(days)s). Change the days, or call the other one off first.")


class StandInAway(Refusal):
    """Whoever shall stand in is away too."""

    code = "stand-in-away"
    message = _("%(name)s is away in those days too. Choose somebody else, or other days.")


class StandsInAlready(Refusal):
    """Somebody who stands in for another asks for leave."""

    code = "stands-in-already"
    message = _("In those days you stand in for %(name)s. Somebody else has to be named there first.")


class NotLent(Refusal):
    """Nobody stands in for such a post."""

    code = "post-not-lent"
    message = _("Nobody can stand in for the post “%(title)s”. An administrator gives the post to somebody instead.")


class CapacityNotHeld(Refusal):
    """The substitute's own post does not allow the capacity."""

    code = "capacity-not-held"
    message = _(
        "%(name)s holds no post that signs “%(capacity)s”. Choose another capacity, or leave signing out; "
        "for TUQ. enter the written authorisation."
    )


class StandInMayNotSign(Refusal):
    """A substitute without a capacity to sign tried to sign."""

    code = "stand-in-may-not-sign"
    message = _(
        "You stand in for %(name)s without the capacity to sign. "
        "Somebody with the capacity KT., TL. or TUQ. has to sign, or the leave has to name one for you."
    )
    http_status = 403
