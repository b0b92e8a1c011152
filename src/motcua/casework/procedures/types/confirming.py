"""Papers whose kind a person confirms."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class VersionToConfirm:
    """A version of a procedure with the number of its papers, and of those that nobody confirmed yet."""

    code: str
    name: str
    field: str
    since: date
    papers: int
    open_papers: int


@dataclass(frozen=True, slots=True)
class VersionsToConfirm:
    """A page of versions; `open_versions` and `open_papers` count over everything the words fit."""

    rows: tuple[VersionToConfirm, ...]
    has_more: bool
    open_versions: int
    open_papers: int


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """The last confirmation of a paper: the kind it had before, who confirmed ('' for the system) and when."""

    proposed: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperToConfirm:
    """A line in a list of papers with its proposed or confirmed kind."""

    id: int
    name: str
    kind: str
    is_confirmed: bool
    originals: int
    certified: int
    plain: int
    forms: tuple[str, ...]
    last: ConfirmationLine | None


@dataclass(frozen=True, slots=True)
class CaseToConfirm:
    """A case with its papers; name '' for the usual one."""

    name: str
    papers: list[PaperToConfirm]


@dataclass(frozen=True, slots=True)
class SheetToConfirm:
    """Every paper of a version, per case."""

    version_id: int
    code: str
    name: str
    field: str
    since: date
    cases: tuple[CaseToConfirm, ...]

    @property
    def open_papers(self) -> int:
        """How many papers wait for a person."""
        return sum(not paper.is_confirmed for case in self.cases for paper in case.papers)
