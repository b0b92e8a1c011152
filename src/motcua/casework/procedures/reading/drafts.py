"""What a record was read as, before it becomes rows; and the notebook of what could not be taken as it stood."""

from dataclasses import dataclass, field
from typing import Any

from motcua.casework.procedures.types import ImportProblem, LimitFlag, RecordJson


@dataclass(slots=True)
class Notebook:
    """Collects problems of one record, each with its place in it."""

    line: int
    code: str = ""
    problems: list[ImportProblem] = field(default_factory=list)

    def note(self, place: str, text: str, **values: Any) -> None:
        """Remember something doubtful; the record still goes in. `text` is marked for translation by the caller."""
        self.problems.append(ImportProblem(self.line, self.code, place, text, values=_short(values)))

    def refuse(self, place: str, text: str, **values: Any) -> None:
        """Remember something that keeps the record out."""
        self.problems.append(ImportProblem(self.line, self.code, place, text, is_fatal=True, values=_short(values)))

    @property
    def is_refused(self) -> bool:
        """Say whether the record stays out."""
        return any(problem.is_fatal for problem in self.problems)


def _short(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value)[:80] for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """A paper or note of a case; `is_said` when the record itself says what kind of line it is."""

    name: str
    kind: str
    originals: int
    certified_copies: int
    plain_copies: int
    form_files: tuple[str, ...]
    is_said: bool = False
    paper_code: str = ""
    held_by_state: str = ""
    eform_code: str = ""
    template_file: str = ""


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """A time limit of a channel; `case` counts the cases of the draft, None for all of them."""

    channel: str
    place_kind: str
    value: int
    unit: str
    note: str
    needs_review: bool
    flag: str = LimitFlag.NONE
    reduced_value: int | None = None
    reduced_unit: str = ""
    reduced_by: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class FeeDraft:
    """A fee of a channel."""

    channel: str
    kind: str
    amount_vnd: int | None
    note: str
    code: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class ExemptionDraft:
    """Who pays nothing or less; channel '' for all."""

    who: str
    group: str
    percent: int
    channel: str
    note: str
    basis: str
    case: int | None = None


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case with its papers, and what holds for it alone."""

    name: str
    components: tuple[ComponentDraft, ...]
    steps: tuple[str, ...] = ()
    limits: tuple[LimitDraft, ...] = ()
    fees: tuple[FeeDraft, ...] = ()
    exemptions: tuple[ExemptionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A whole record, ready to become a version; `columns` are plain columns of ProcedureVersion.

    `life_events` is None where the record says nothing of them; `raw` is the record word for word.
    """

    code: str
    field_name: str
    columns: dict[str, Any]
    cases: tuple[CaseDraft, ...]
    limits: tuple[LimitDraft, ...]
    fees: tuple[FeeDraft, ...]
    results: tuple[tuple[str, str], ...]
    legal_bases: tuple[tuple[str, str], ...]
    digest: str
    exemptions: tuple[ExemptionDraft, ...] = ()
    life_events: tuple[str, ...] | None = None
    raw: RecordJson = field(default_factory=dict)
