"""What a record was read as, before it becomes rows; and the notebook of what could not be taken as it stood."""

from dataclasses import dataclass, field
from typing import Any

from motcua.casework.procedures.types import ImportProblem, LimitFlag


@dataclass(slots=True)
class Notebook:
    """Collects problems of one record, each with its place in it."""

    line: int
    code: str = ""
    problems: list[ImportProblem] = field(default_factory=list)

    def note(self, place: str, message: str) -> None:
        """Remember something doubtful; the record still goes in."""
        self.problems.append(ImportProblem(self.line, self.code, place, message))

    def refuse(self, place: str, message: str) -> None:
        """Remember something that keeps the record out."""
        self.problems.append(ImportProblem(self.line, self.code, place, message, is_fatal=True))

    @property
    def is_refused(self) -> bool:
        """Say whether the record stays out."""
        return any(problem.is_fatal for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """A paper or note of a case."""

    name: str
    kind: str
    originals: int
    certified_copies: int
    plain_copies: int
    form_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case with its papers."""

    name: str
    components: tuple[ComponentDraft, ...]


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """A time limit of a channel."""

    channel: str
    place_kind: str
    value: int
    unit: str
    note: str
    needs_review: bool
    flag: str = LimitFlag.NONE


@dataclass(frozen=True, slots=True)
class FeeDraft:
    """A fee of a channel."""

    channel: str
    kind: str
    amount_vnd: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A whole record, ready to become a version; `columns` are plain columns of ProcedureVersion."""

    code: str
    field_name: str
    columns: dict[str, Any]
    cases: tuple[CaseDraft, ...]
    limits: tuple[LimitDraft, ...]
    fees: tuple[FeeDraft, ...]
    results: tuple[tuple[str, str], ...]
    legal_bases: tuple[tuple[str, str], ...]
    digest: str
