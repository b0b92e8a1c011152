"""Words and pictures of reorganisations, and what other apps register so that their things follow an agency's heir."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ItemAct(models.TextChoices):
    """What happens to one agency."""

    CREATE = "create", _("Found")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    RENAME = "rename", _("Rename")
    MOVE = "move", _("Move")
    ABOLISH = "abolish", _("Abolish")


class ReorganisationState(models.TextChoices):
    """How far a reorganisation is. `under_way`: the structure has changed, open work is following."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Being carried out")
    CARRIED_OUT = "carried_out", _("Carried out")
    UNDONE = "undone", _("Undone")


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision behind a reorganisation; `file` is the public id of its stored file."""

    number: str = ""
    on: date | None = None
    by: str = ""
    signer: str = ""
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One item of a reorganisation as entered; agencies by code, '' leaves a thing as it is.

    Attributes:
        act: ItemAct code.
        agency_code: what is founded, renamed, moved, or ends.
        target_code: who takes over (merge, split, abolish).
        is_default: the main heir of a divided agency.
        survives: the agency gives a part away and goes on.
        parent_code: what it belongs to from the day on (create, move).
        is_derived: concluded from another item.
    """

    act: str
    agency_code: str
    target_code: str = ""
    is_default: bool = True
    survives: bool = False
    parent_code: str = ""
    kind: str = ""
    level: str = ""
    name: str = ""
    short_name: str = ""
    name_en: str = ""
    division_kind: str = ""
    place_kind: str = ""
    ward_code: str = ""
    address: str = ""
    phone: str = ""
    is_derived: bool = False

    @property
    def ends(self) -> bool:
        """Whether `agency_code` exists no more from the day on."""
        return self.act in {ItemAct.MERGE, ItemAct.ABOLISH} or (self.act == ItemAct.SPLIT and not self.survives)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a reorganisation cannot be planned or carried out, and what mends it.

    Attributes:
        agency_code: where, '' for the whole.
        is_blocking: False for what only needs to be known.
    """

    code: str
    reason: str
    mend: str
    agency_code: str = ""
    is_blocking: bool = True


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Who takes over on a day.

    Attributes:
        heirs: id of an ended agency -> id of its main heir.
        ended: all ended ids, those without an heir included.
        decision: number of the decision, for journals.
    """

    reorganisation_id: int
    on: date
    heirs: Mapping[int, int]
    ended: frozenset[int] = frozenset()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Follower:
    """One kind of things that hang on agencies and follow them to their heirs; upper apps register theirs.

    Attributes:
        needs_home: an ended agency without an heir may have none of them.
        count: (agency ids, day) -> number by agency id, those with none left out.
        follow: moves at most `batch` things and returns how many; called until it returns 0, so it must find what is
            left by itself. None for what is only counted.
        at_once: moved whole in the transaction that changes the structure, instead of in batches after it.
        goes_along: moved by the statements that change the structure themselves, or with what another follower moves.
    """

    code: str
    label: str | Promise
    order: int
    count: Callable[[Sequence[int], date], Mapping[int, int]]
    follow: Callable[[Inheritance, datetime, int], int] | None = None
    needs_home: bool = False
    at_once: bool = False
    goes_along: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """How many things of one kind a reorganisation moves.

    Attributes:
        total: all of them; by_agency: (code of the ended agency, number), the fifty largest first.
        homeless: (code, number) of those that would be left without an heir.
    """

    code: str
    label: str
    total: int
    homeless: tuple[tuple[str, int], ...]
    follows: bool
    by_agency: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one agency, in words' parts: how it is called before, what it becomes."""

    act: str
    code: str
    before: str
    parent_before: str
    after: tuple[str, ...]
    parent_after: str
    is_derived: bool = False
    target_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reorganisation would do: nothing of it has been done.

    Attributes:
        counts: number of changes by ItemAct code, derived ones apart in `derived`.
        agencies_before, agencies_after: how many agencies exist the day before and from the day on.
    """

    fates: tuple[Fate, ...]
    counts: Mapping[str, int]
    derived: int
    ended: int
    affected: tuple[Affected, ...]
    problems: tuple[Problem, ...]
    agencies_before: int
    agencies_after: int

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What must be mended first."""
        return tuple(item for item in self.problems if item.is_blocking)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What only needs to be known."""
        return tuple(item for item in self.problems if not item.is_blocking)


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who did what to a reorganisation."""

    act: str
    reason: str
    person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ReorganisationCard:
    """A reorganisation as lists and pages show it.

    Attributes:
        items: number of items entered, without derived ones.
        progress: (follower's label, moved, is finished) of what followed.
    """

    id: int
    public_id: UUID
    title: str
    on: date
    state: str
    decision: Decision
    note: str
    items: int
    lock_version: int
    created_at: datetime
    carried_out_at: datetime | None = None
    is_demonstration: bool = False
    progress: tuple[tuple[str, int, bool], ...] = ()
    log: tuple[LogLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyMoment:
    """One stretch of an agency's life: how it was called and what it belonged to; `until` is the first day after."""

    name: str
    short_name: str
    name_en: str
    parent_id: int | None
    parent_name: str
    address: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Kin:
    """An agency that took over, or was taken over from."""

    id: int
    public_id: UUID
    code: str
    name: str
    parent_name: str
    on: date
    is_default: bool
    legal_basis: str = ""
    reorganisation: UUID | None = None


@dataclass(frozen=True, slots=True)
class IdentifierLine:
    """An official identifier as kept, with the same in the other order where it can be written so."""

    scheme: str
    value: str
    other: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AgencyStory:
    """All that is known of one agency: its life, its kin, what it is called outside, whom it serves."""

    id: int
    public_id: UUID
    code: str
    kind: str
    is_demonstration: bool
    moments: tuple[AgencyMoment, ...]
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    identifiers: tuple[IdentifierLine, ...]
    area: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
