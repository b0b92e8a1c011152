"""Pictures of dossiers between agencies: what a dossier called for, and what called for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers.types.pictures import FileView


@dataclass(frozen=True, slots=True)
class ChildPart:
    """What another agency does for a dossier, by a dossier of its own.

    Attributes:
        step: name of the step that waits for it; token_id: of that step.
        public_id: the child's, None when the reader may not open it, or there is none (any more).
        code: the child's code or intake number, '' when it could not be opened.
        status: word of its state; '' when it could not be opened.
        holder: who holds it since when; '' and None when nobody does any more.
        due_at: end of its own limit, before acceptance the hour to accept it by; ended_at: of processing.
        late_seconds: working seconds past `due_at`, which this agency alone is charged with.
        is_paused: its clock stands. is_withdrawn: the dossier no longer waits for it.
        problem: code of why it could not be opened; `problem_words` says it plainly.
        result_number, result_title, is_refusal, issued_at, file: of its result, once that has its number.
    """

    token_id: int
    step: str
    agency: str
    opened_at: datetime
    public_id: UUID | None = None
    code: str = ""
    status: str = ""
    holder: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    late_seconds: int = 0
    is_paused: bool = False
    is_withdrawn: bool = False
    problem: str = ""
    problem_words: str = ""
    result_number: str = ""
    result_title: str = ""
    is_refusal: bool = False
    issued_at: datetime | None = None
    file: FileView | None = None

    @property
    def left_when_late(self) -> int | None:
        """Working seconds past the due instant, as 0 or less; None while it is not late."""
        return -self.late_seconds if self.late_seconds else None


@dataclass(frozen=True, slots=True)
class ParentPart:
    """The dossier that called for this one: its code, what it is about, and the desk that hands the result over."""

    public_id: UUID | None
    code: str
    procedure_name: str
    desk: str
    step: str
    opened_at: datetime
