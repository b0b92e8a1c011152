"""Who acts: the actor of every service call, and refusals about signing in."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.sign_in_types import (  # noqa: F401 - read through this module
    CodePurpose,
    ContactCard,
    ContactKind,
    ContactTaken,
    CorrectionState,
    EventCard,
    EventKind,
    NoChannel,
    OutsideClaims,
    PasskeyCard,
    ProvedContact,
    RepresentationCard,
    RepresentationEnded,
    RepresentationInput,
    RepresentationKind,
    RepresentationTooNarrow,
    RepresentedAct,
    SecondFactors,
    SentCode,
    SessionCard,
    SignInMethod,
    SignOn,
    SignOnFailed,
    SignOnUnknown,
    StaffCard,
    StaffSignInElsewhere,
    WeakPassword,
    WrongCode,
)
from motcua.foundation.accounts.staff_types import (  # noqa: F401 - read through this module
    NEVER_LENT,
    AbsenceCard,
    AbsenceKind,
    AbsencesOverlap,
    AbsenceState,
    CapacityNotHeld,
    Holding,
    HoldingCard,
    HoldsAlready,
    LastAdministrator,
    NotLent,
    OutsidePost,
    PeoplePage,
    PersonCard,
    PersonRow,
    PostCard,
    PostStillHeld,
    StaffingRow,
    StandIn,
    StandInAway,
    StandInCard,
    StandInMayNotSign,
    StandsInAlready,
    StartPassword,
)
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import APART, HeldPost, Role


class ActorKind(models.TextChoices):
    """What stands behind an act."""

    STAFF = "staff", _("Staff")
    CITIZEN = "citizen", _("Citizen")
    PUBLIC = "public", _("Public")
    SYSTEM = "system", _("System")


class Scope(StrEnum):
    """Which objects of a kind an act reaches; docs/access.md explains each."""

    PUBLIC = "public"
    OWN = "own"
    SELF = "self"
    DESK = "desk"
    UNITS = "units"
    NAMED = "named"
    PROVINCE = "province"
    EVERYTHING = "everything"


# What a role sees of objects that have a scope; every other role sees its agencies and those below.
SIGHT: dict[str, str] = {
    Role.CONTROLLER: Scope.PROVINCE,
    Role.POSTAL: Scope.DESK,
    Role.INSPECTOR: Scope.NAMED,
    Role.DATA_PROTECTION: Scope.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class OrderInput:
    """What an order of inspection says. `filed_until` and `valid_until` are inside."""

    number: str
    issued_on: date
    inspector_id: int
    purpose: str
    unit_ids: tuple[int, ...]
    filed_since: date
    filed_until: date
    valid_since: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order as its page shows it. `state` is coming, running, ended or revoked."""

    id: int
    public_id: UUID
    number: str
    issued_on: date
    inspector_id: int
    inspector_name: str
    made_by_name: str
    purpose: str
    unit_names: tuple[str, ...]
    filed_since: date
    filed_until: date
    valid_since: date
    valid_until: date
    state: str


@dataclass(frozen=True, slots=True)
class InspectionScope:
    """What an order lets an inspector read today.

    Attributes:
        unit_ids: the units named, with all below; since, until: days of filing of the dossiers, both inside.
    """

    order_id: int
    public_id: UUID
    number: str
    purpose: str
    unit_ids: frozenset[int]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held at this moment.

    Attributes:
        user_id: None for the public without a login and for the system.
        posts: posts held today; empty for citizens.
        scope_ids: all units that the posts see, those below included.
        orders: what an inspector may read by orders that run today, read only.
    """

    kind: str = ActorKind.PUBLIC
    user_id: int | None = None
    person_id: int | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    scope_ids: frozenset[int] = field(default_factory=frozenset)
    orders: tuple[InspectionScope, ...] = ()

    def posts_for(self, unit_id: int | None, role: str | None = None) -> tuple[HeldPost, ...]:
        """Return my posts in that unit (and role, when given); those I stand in for only where I hold none."""
        found = tuple(post for post in self.posts if post.unit_id == unit_id and (role is None or post.role == role))
        return tuple(post for post in found if post.standing_for_id is None) or found

    def posts_of(self, person_id: int, unit_id: int, role: str) -> tuple[HeldPost, ...]:
        """Return the posts of that absent person, in that unit and role, in which I stand in."""
        return tuple(
            post
            for post in self.posts
            if post.standing_for_id == person_id and post.unit_id == unit_id and post.role == role
        )

    @property
    def stands_for(self) -> frozenset[int]:
        """Return the absent people for whom I stand in today."""
        return frozenset(post.standing_for_id for post in self.posts if post.standing_for_id is not None)

    def posts_over(self, unit_id: int | None, *roles: str) -> tuple[HeldPost, ...]:
        """Return my posts of one of `roles` that see a unit: it is theirs, lies below it, or was taken over."""
        return tuple(post for post in self.posts if post.role in roles and unit_id in post.scope_ids)

    def units_of(self, *roles: str) -> frozenset[int]:
        """Return all units that my posts of one of `roles` see."""
        return frozenset().union(*(post.scope_ids for post in self.posts if post.role in roles))

    def own_agencies(self) -> frozenset[int]:
        """Return the agencies whose own work I do: not those where a post of mine stands apart."""
        return frozenset(post.agency_id for post in self.posts if post.role not in APART)

    def has_role(self, *roles: str) -> bool:
        """Tell whether one of my posts has one of `roles`."""
        return any(post.role in roles for post in self.posts)


@dataclass(frozen=True, slots=True)
class NewHolding:
    """A post that a person shall hold; `home_agency_id` is the agency that sent them, None for one's own."""

    person_id: int
    post_id: int
    home_agency_id: int | None = None
    is_state_employee: bool = True


PUBLIC = Actor()
SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Motcua")


class WrongCredentials(Refusal):
    """Name or password do not match."""

    code = "wrong-credentials"
    message = _("The name or the password is not right. Check both and try again.")
    http_status = 403


class WhichPost(Refusal):
    """Two of my posts could act: the person must choose one.

    Attributes:
        params: `posts`, the candidates.
    """

    code = "which-post"
    message = _("You hold two posts that may do this. Choose the post you act in.")
    http_status = 409


class ApiScope(models.TextChoices):
    """What a program may do with its key."""

    READ = "read", _("Read the catalogue with a rate of its own")
    FILE = "file", _("Upload papers and file dossiers")
    TRACK = "track", _("Look dossiers up")


@dataclass(frozen=True, slots=True)
class ApiClientCard:
    """A program that calls the API with a valid key.

    Attributes:
        scopes: ApiScope codes.
        per_minute: how many calls it may make in a minute.
    """

    id: int
    public_id: UUID
    name: str
    scopes: frozenset[str]
    per_minute: int


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new program and its key in clear: to be shown once."""

    client: ApiClientCard
    key: str


class IdempotencyKeyReused(Refusal):
    """The same idempotency key came with other content."""

    code = "idempotency-key-reused"
    message = _("This idempotency key was used before for something else. Send each filing with a key of its own.")
    http_status = 422
