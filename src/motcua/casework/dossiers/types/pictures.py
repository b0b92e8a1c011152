"""Frozen pictures of dossiers for faces: everything a page shows, nothing to query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.casework.dossiers.types.inputs import PartyInput
from motcua.casework.procedures.types import CaseCard, IntakeChoice
from motcua.casework.workflow.types import OpenWork, Task, WorkKey
from motcua.foundation.calendars.types import Ledger, Limit


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One open task in a work list.

    Attributes:
        post_title: my post that the task belongs to; '' when it is not mine.
        assignee: name of the person it is given to, '' for everybody of the post.
        due_at: end of the step, None while it has no clock; dossier_due_at: end of the whole dossier.
        share: used part of the step's time, 0 to 100, None without a clock.
        standing_for: the absent person in whose stead the reader does it, '' for one's own.
    """

    task_id: UUID
    dossier_public_id: UUID
    code: str
    procedure_name: str
    applicant_name: str
    step_name: str
    step_name_en: str
    act: str
    holder: str
    unit_id: int
    unit_name: str
    role: str
    post_title: str
    assignee: str
    channel: str
    status: str
    opened_at: datetime
    starts_at: datetime
    due_at: datetime | None
    dossier_due_at: datetime | None
    share: int | None
    standing_for: str = ""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of a work list, with its key for the next page and the counts of the same moment."""

    rows: tuple[WorkRow, ...]
    next_key: WorkKey | None
    work: OpenWork


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Counts of a desk: filings waiting, those past their acceptance clock, results lying at the desk."""

    inbox: int = 0
    inbox_overdue: int = 0
    to_return: int = 0


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier in an inbox, register or citizen's list."""

    public_id: UUID
    code: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    channel: str
    status: str
    receiving_name: str
    competent_name: str
    filed_at: datetime
    acceptance_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    key: int


@dataclass(frozen=True, slots=True)
class DossierPageOf:
    """A keyset page of dossiers.

    Attributes:
        total: exact up to 1,000; 1,001 means "over 1,000"; None when not counted.
        next_key: pass it back for the next page; None on the last.
    """

    rows: tuple[DossierRow, ...]
    next_key: str | None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a paper; `id` is the stored file's public id."""

    id: UUID
    name: str
    media_type: str
    size: int
    page_count: int | None
    sha256: str
    added_at: datetime
    is_superseded: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper of a dossier with its present files; `wanted` is what an open supplement asks of it."""

    id: int
    name: str
    kind: str
    originals: int
    certified: int
    plain: int
    files: tuple[FileView, ...]
    earlier_files: tuple[FileView, ...] = ()
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened, or the step that is open now.

    Attributes:
        kind: filed, accepted, step, supplement_asked, supplement_answered, finished, returned, refused, withdrawn,
            stopped, current, coming.
        title: lazily translated words; for steps the name of the step in the reader's language.
        who: person and post, or agency; for citizens the agency and the post's holder as the law wants it.
    """

    kind: str
    title: str
    at: datetime | None
    who: str = ""
    outcome: str = ""
    note: str = ""
    is_waiting: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplementView:
    """An open or past request for a supplement: (paper id or None, paper name, reason) per item."""

    ordinal: int
    is_before_acceptance: bool
    items: tuple[tuple[int | None, str, str], ...]
    note: str
    answer_by_on: Any
    sent_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result as recorded."""

    title: str
    is_refusal: bool
    number: str
    signed_how: str
    signer_name: str
    capacity: str
    signed_at: datetime
    issued_at: datetime | None
    returned_to: str
    file: FileView | None
    scan: FileView | None


@dataclass(frozen=True, slots=True)
class CertifiedView:
    """One original of a certification."""

    ordinal: int
    description: str
    pages: int
    copies: int
    fee_vnd: int
    number: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything of one dossier for the people who may see it.

    Attributes:
        ledger: rows that explain the due instant; None before acceptance or without a limit.
        due_before_pause: the due instant before the present pause, None when not paused; stop_reason: why it stands.
        statutory_due_at: the end of the statutory limit where it is another instant; statutory_text: that limit where
            the province promised a shorter one.
        return_by: until when it may be returned as not eligible, None before acceptance.
    """

    id: int
    public_id: UUID
    code: str
    intake_number: str
    procedure_code: str
    procedure_name: str
    procedure_version_id: int
    case_name: str
    channel: str
    status: str
    state: str
    waiting_for: str
    outcome: str
    delivery: str
    summary: str
    receiving_id: int
    receiving_name: str
    competent_id: int
    competent_name: str
    limit_text: str
    fee_vnd: int
    filed_at: datetime
    acceptance_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    due_before_pause: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    lock_version: int
    parties: tuple[PartyInput, ...]
    answers: dict[str, Any]
    answers_schema: dict[str, Any]
    papers: tuple[PaperView, ...]
    supplements: tuple[SupplementView, ...]
    timeline: tuple[TimelineItem, ...]
    ledger: Ledger | None
    result: ResultView | None
    refusal_reason: str
    refusal_basis: str
    certified: tuple[CertifiedView, ...]
    open_tasks: tuple[Task, ...]
    process_version_id: int
    run_id: int | None
    limit: Limit | None = None
    is_suspended: bool = False
    stop_reason: str = ""
    statutory_due_at: datetime | None = None
    statutory_text: str = ""
    return_by: datetime | None = None

    @property
    def shown_code(self) -> str:
        """The code, or before acceptance the intake number."""
        return self.code or self.intake_number

    @property
    def open_supplement(self) -> SupplementView | None:
        """The request that waits for an answer."""
        return next((item for item in self.supplements if item.sent_at and not item.answered_at), None)

    @property
    def left_when_late(self) -> int | None:
        """Working seconds past the due instant, as 0 or less; None while it is not late or the ledger names another."""
        ledger = self.ledger
        if ledger is None or ledger.due_at is None or ledger.due_at != self.due_at or ledger.until <= ledger.due_at:
            return None
        return -ledger.overdue_seconds


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its dossier, ready to be done.

    Attributes:
        posts: (post id, title, unit) of my posts that may act; empty when I may only look.
        remaining_seconds: working seconds of the step left (negative when late), None without a clock.
        dossier_remaining_seconds: the same for the whole dossier.
        colleagues: (person id, name) who could be given the next or this task.
        needs: what a form must ask for per outcome: outcome code -> set of 'supplement', 'signature', 'reason',
            'number', 'recipient', 'asked'.
        silent: names of agencies asked that did not answer in time.
    """

    task: Task
    dossier: DossierView
    posts: tuple[tuple[int, str, str], ...]
    is_open: bool
    remaining_seconds: int | None
    dossier_remaining_seconds: int | None
    assignee: str
    colleagues: tuple[tuple[int, str], ...]
    needs: dict[str, frozenset[str]]
    next_names: dict[str, str]
    run_lock: int
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What anybody with the code may know (Circular 01/2018, art. 16.2d): the code and whether it is done."""

    code: str
    completion: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its owner sees it: content in clear, files per component."""

    public_id: UUID
    choice: IntakeChoice
    case: CaseCard | None
    competent_agency_id: int | None
    parties: tuple[dict[str, Any], ...]
    answers: dict[str, Any]
    delivery: str
    delivery_address: str
    done: tuple[str, ...]
    files: dict[int | None, tuple[tuple[int, FileView], ...]]
    saved_at: datetime
    expires_at: datetime
    dossier_id: int | None
    owned: bool
    fee_vnd: int = 0
    missing: tuple[str, ...] = field(default_factory=tuple)
    representation: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the link of a submitted draft shows: code, or intake number before acceptance, and when it was filed."""

    public_id: UUID
    code: str
    is_accepted: bool
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft in its owner's list."""

    public_id: UUID
    procedure_code: str
    procedure_name: str
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DossierDates:
    """Codes and dates of one dossier, as the figures need them. `due_at` is empty while paused.

    Attributes:
        statutory_due_at: the end of the statutory limit where it is another instant than `due_at`.
        received_under_id: the agency competent at acceptance where that one ended and an heir went on, else None.
    """

    dossier_id: int
    receiving_id: int
    competent_id: int
    field_id: int
    channel: str
    state: str
    waiting_for: str
    acceptance_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    statutory_due_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    is_paused: bool
    last_event_id: int = 0
    received_under_id: int | None = None
