"""What an import and a comparison of records say."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# One record of the national format with our own keys under "motcua", as json.loads gives it.
RecordJson = dict[str, Any]


class Outcome(enum.Enum):
    """What publishing a record came to."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RecordPart(models.TextChoices):
    """The parts that make a procedure complete: the eight of the decree, the last where it applies."""

    NAME = "name", _("Name")
    STEPS = "steps", _("Order of steps")
    WAYS = "ways", _("Ways of filing")
    PAPERS = "papers", _("Papers and their number")
    LIMITS = "limits", _("Time limit")
    AUDIENCE = "audience", _("Who may ask")
    AGENCIES = "agencies", _("Agencies")
    RESULTS = "results", _("Result")


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part without which a procedure is not complete, and a sentence that says so."""

    part: RecordPart
    message: str


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something in a record that the import could not take as it stood; the record went in unless `is_fatal`.

    Attributes:
        place: path in the record, such as `submission_methods[0].time_unit`; '' for the record as a whole.
        text, values: the sentence in English and what stands in it; `message` is the sentence as one reads it.
    """

    line: int
    code: str
    place: str
    text: str
    is_fatal: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return gettext(self.text) % self.values if self.values else gettext(self.text)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    created: int
    changed: int
    unchanged: int
    refused: int
    problems: tuple[ImportProblem, ...]
    # code and name of what changed nothing at all are not listed; these are the codes that did
    created_codes: tuple[str, ...] = ()
    changed_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two records: the part of the record, where in it, and the words before and after.

    '' before: it is new; '' after: it went. `place` is '' for the part as a whole.
    """

    part: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """A version's record as it is written out."""

    code: str
    version_id: int
    valid_from: date
    content: RecordJson


class DifferenceKind(models.TextChoices):
    """How a later file differs from the catalogue in one procedure."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    MISSING = "missing", _("Missing in the file")


@dataclass(frozen=True, slots=True)
class Compared:
    """One procedure in which a file differs.

    Attributes:
        base_id: the version it was compared with, None for a new procedure.
        content: the file's record, None where it has none.
    """

    code: str
    name: str
    kind: DifferenceKind
    base_id: int | None
    content: RecordJson | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file beside the catalogue; `named` counts the codes that the file names."""

    found: tuple[Compared, ...]
    missing: tuple[Compared, ...]
    problems: tuple[ImportProblem, ...]
    named: int


class RecordsFileState(models.TextChoices):
    """How far the reading of a file that was handed in is."""

    WAITING = "waiting", _("Being read")
    READ = "read", _("Read")
    FAILED = "failed", _("Cannot be read")


class DifferenceState(models.TextChoices):
    """What was decided of a difference; chosen ones wait for the job that publishes them."""

    OPEN = "open", _("To be decided")
    CHOSEN = "chosen", _("Being published")
    ACCEPTED = "accepted", _("Taken over")
    REFUSED = "refused", _("Left out")
    FAILED = "failed", _("Could not be published")


@dataclass(frozen=True, slots=True)
class RecordsFileLine:
    """A file that was handed in, with how its differences stand; `counts` by state and by kind of the open ones."""

    public_id: UUID
    name: str
    size: int
    state: RecordsFileState
    reason: str
    by: str
    at: datetime
    named: int
    same: int
    problems: int
    refused: int
    states: Mapping[str, int]
    kinds: Mapping[str, int]

    @property
    def open(self) -> int:
        """How many differences nobody has decided."""
        return self.states.get(DifferenceState.OPEN, 0)


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference on the page of a file; `changes` are cut to the first ones where `more` says how many follow."""

    id: int
    code: str
    name: str
    kind: DifferenceKind
    state: DifferenceState
    changes: tuple[Change, ...]
    more: int
    note: str
    by: str
    at: datetime | None
    effective_on: date | None
