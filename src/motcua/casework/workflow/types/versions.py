"""Versions of processes as the designer's pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise

from motcua.casework.workflow.types.graph import Graph, Problem


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision that approves an internal process; `file` is the public id of a stored file, its scan.

    Law: Circular 01/2018/TT-VPCP, art. 8.
    """

    number: str
    on: date | None
    signer: str
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of a process. `valid_until` is the first day it is no longer in force."""

    id: int
    number: int
    state: str
    sha256: str
    based_on: int | None
    drawn_at: datetime
    drawn_by: int | None
    checked_at: datetime | None
    checked_by: int | None
    published_at: datetime | None
    published_by: int | None
    valid_from: date | None
    valid_until: date | None
    approval: Approval
    running: int = 0


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """One process in the list: what is in force, what is being drawn."""

    code: str
    name: str
    name_en: str
    number: int | None
    valid_from: date | None
    draft_number: int | None
    draft_state: str
    drawn_at: datetime | None
    running: int


@dataclass(frozen=True, slots=True)
class ProcessSheet:
    """A process with all its versions, the newest first."""

    code: str
    name: str
    name_en: str
    versions: tuple[VersionLine, ...]

    @property
    def draft(self) -> VersionLine | None:
        """The version that may still be drawn, checked or not."""
        return next((line for line in self.versions if line.published_at is None), None)

    def version(self, number: int) -> VersionLine | None:
        """Return the version of that number."""
        return next((line for line in self.versions if line.number == number), None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of a drawing.

    Attributes:
        graph: None when the file does not even compile.
        problems: empty when it may be published.
        hours: working hours of the longest way; None without a graph.
        longest: element ids of the tasks on that way.
    """

    graph: Graph | None
    problems: tuple[Problem, ...]
    hours: Decimal | None = None
    longest: tuple[str, ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether it may be published."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two drawings, in words.

    Attributes:
        kind: added, removed or changed.
        what: task, gateway, event, arrow, value or process; element_id: '' when it is about the whole.
        name: what people call it; aspect: what of it, '' for added and removed.
    """

    kind: str
    what: str
    element_id: str
    name: str
    aspect: str | Promise = ""
    before: str = ""
    after: str = ""
