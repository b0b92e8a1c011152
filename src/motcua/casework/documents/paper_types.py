"""What each official paper is printed from: plain strings and instants, printed only where given."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.documents.paper_parts import (
    BookPrintLine,
    CertificationLine,
    ComponentLine,
    FeeLine,
    FileLine,
    FormSet,
    HandoverLine,
    HeldPart,
    HolderLine,
    Letterhead,
    LotLine,
    Party,
    PosterSheet,
    RegisterPrintRow,
    Stage,
    StatusEvent,
    StatusLine,
    SupplementLine,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Form 01. `certifications` replaces `components` for certified copies.

    Attributes:
        code: dossier code; tracking_url: what the QR code holds.
        department: unit that takes in, as printed under the title.
        applicants: whose dossier it is; submitter: printed when somebody else handed it in.
        limit_text: the limit by the rule in words, such as '10 ngày làm việc'; due_at None: no date is promised.
        result_place: where and how the result is taken.
        copy_label: 'Liên: Lưu' or 'Liên: Giao khách hàng'; book and sequence: paper book, when kept.
    """

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicants: tuple[Party, ...]
    subject: str
    components: tuple[ComponentLine, ...]
    sets: int
    limit_text: str
    received_at: datetime
    due_at: datetime | None
    receiver_name: str
    department: str = ""
    submitter: Party | None = None
    channel: str = ""
    certifications: tuple[CertificationLine, ...] = ()
    stages: tuple[Stage, ...] = ()
    result_place: str = ""
    fees: tuple[FeeLine, ...] = ()
    hotline: str = ""
    book: str = ""
    sequence: str = ""
    copy_label: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """Form 02: everything to be added, asked once.

    `is_intake_number`: `code` is no dossier code yet. `is_at_desk`: nothing was taken in; `code` is the paper's number
    and `tracking_url` leads to the procedure.
    """

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicant: Party
    subject: str
    lines: tuple[SupplementLine, ...]
    guide_name: str
    is_intake_number: bool = False
    is_at_desk: bool = False
    reason: str = ""
    legal_basis: str = ""
    due_at: datetime | None = None
    guide_title: str = ""
    guide_phone: str = ""
    website: str = ""
    hotline: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class RefusalNotice:
    """Form 03: why the dossier is not taken or not settled, by which rule, and what else is open to the citizen.

    `is_intake_number`: `code` is no dossier code, the filing was never accepted. `is_at_desk`: nothing was taken in;
    `code` is the paper's number and `tracking_url` leads to the procedure.
    """

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicant: Party
    subject: str
    reason: str
    refuser_name: str
    is_intake_number: bool = False
    is_at_desk: bool = False
    legal_basis: str = ""
    guidance: str = ""
    refuser_title: str = ""
    guide_name: str = ""
    guide_phone: str = ""
    website: str = ""
    hotline: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class Apology:
    """Form 04: why the date cannot be kept, the new date, an apology.

    Attributes:
        due_at: the date first appointed; new_due_at: the one appointed now.
        signer_title, capacity: as printed above the name of the leader who appointed it.
    """

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicant: Party
    subject: str
    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    reason: str
    signer_name: str
    signer_title: str = ""
    capacity: str = ""
    hotline: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Form 05 of 2025: settling ends without a result, at whose wish and why."""

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicant: Party
    subject: str
    received_at: datetime
    stopped_at: datetime
    reason: str
    signer_name: str
    signer_title: str = ""
    capacity: str = ""
    due_at: datetime | None = None
    legal_basis: str = ""
    guidance: str = ""
    hotline: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class ControlSlip:
    """The slip that travels with the paper: form 05 of 2018, 06 of 2025.

    Attributes:
        holders: working time of each who held it; used: of the limit in all, side by side counted once.
    """

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicant: Party
    subject: str
    received_at: datetime
    due_at: datetime | None
    handling_agency: str
    rows: tuple[HandoverLine, ...]
    holders: tuple[HolderLine, ...] = ()
    used: str = ""
    coordinating_agencies: tuple[str, ...] = ()
    book: str = ""
    sequence: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class IntakeSlip:
    """Proof of an online filing before acceptance. It promises no date of result."""

    letterhead: Letterhead
    intake_number: str
    tracking_url: str
    applicants: tuple[Party, ...]
    subject: str
    submitted_at: datetime
    files: tuple[FileLine, ...]
    accept_by: datetime | None = None
    limit_text: str = ""
    result_place: str = ""
    fees: tuple[FeeLine, ...] = ()
    hotline: str = ""
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class CertificationBatch:
    """The sheet laid before the leader with copies to be signed in ink."""

    letterhead: Letterhead
    lines: tuple[CertificationLine, ...]
    presenter_name: str
    signer_name: str
    signer_title: str = ""
    book: str = ""


@dataclass(frozen=True, slots=True)
class CertificationBookPage:
    """Pages of the book of certified copies (yearly, numbered)."""

    letterhead: Letterhead
    book: str
    year: int
    lines: tuple[CertificationLine, ...]
    first_page: int = 1


@dataclass(frozen=True, slots=True)
class RegisterBookPaper:
    """A whole book of a year for binding: cover, numbered pages, closing page.

    Attributes:
        opened_by: '' when its first number opened it; closed_at None: the book is open.
        asks_signature: print a column for the citizen's signature.
    """

    letterhead: Letterhead
    book_title: str
    kind: str
    year: int
    lines: tuple[BookPrintLine, ...]
    lines_per_page: int
    opened_at: datetime | None = None
    opened_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""
    asks_signature: bool = False


@dataclass(frozen=True, slots=True)
class DossierRegister:
    """Form 06 of 2018, 07 of 2025: what was taken in from `since` to `until`, both inside; `of` is whose register."""

    letterhead: Letterhead
    of: str
    since: date
    until: date
    rows: tuple[RegisterPrintRow, ...]
    form_set: FormSet = FormSet.CIRCULAR_03_2025


@dataclass(frozen=True, slots=True)
class HeldData:
    """Everything that is held about one person, for that person."""

    letterhead: Letterhead
    name: str
    parts: tuple[HeldPart, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """Procedures for the office wall, one A4 sheet each, with a code that leads to the whole record."""

    letterhead: Letterhead
    sheets: tuple[PosterSheet, ...]
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class HandoverMinutes:
    """Minutes of paper folders handed over in a lot, A4, for both sides.

    Attributes:
        number: of the lot, such as 2026/000123; tracking_url: where its receipt is confirmed, in the QR code.
        courier: who carries it, in words; sent_at, received_at: None leaves dots to write on.
    """

    letterhead: Letterhead
    number: str
    tracking_url: str
    from_unit: str
    to_unit: str
    lines: tuple[LotLine, ...]
    courier: str = ""
    courier_name: str = ""
    seal: str = ""
    waybill: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    giver_name: str = ""
    taker_name: str = ""


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """How a dossier stands, for whoever has no phone to look it up."""

    letterhead: Letterhead
    code: str
    tracking_url: str
    applicants: tuple[Party, ...]
    subject: str
    lines: tuple[StatusLine, ...]
    events: tuple[StatusEvent, ...] = ()
    hotline: str = ""


Paper = (
    Receipt
    | SupplementRequest
    | RefusalNotice
    | Apology
    | StopNotice
    | ControlSlip
    | IntakeSlip
    | CertificationBatch
    | CertificationBookPage
    | RegisterBookPaper
    | DossierRegister
    | HeldData
    | Poster
    | StatusSheet
    | HandoverMinutes
)
