"""What papers are put together from: their kinds, sets of forms, letterheads, parties and lines."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class PaperKind(models.TextChoices):
    """A paper that this app prints. The labels are the legal titles, so they stay Vietnamese."""

    RECEIPT = "receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    SUPPLEMENT_REQUEST = "supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    REFUSAL = "refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    APOLOGY = "apology", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
    STOP_NOTICE = "stop_notice", "Thông báo dừng giải quyết hồ sơ"
    CONTROL_SLIP = "control_slip", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    INTAKE_SLIP = "intake_slip", "Phiếu xác nhận nộp hồ sơ trực tuyến"
    CERTIFICATION_BATCH = "certification_batch", "Danh sách bản sao trình ký chứng thực"
    CERTIFICATION_BOOK = "certification_book", "Sổ chứng thực bản sao từ bản chính"
    HELD_DATA = "held_data", "Bản kê dữ liệu cá nhân đang được lưu giữ"
    REGISTER_BOOK = "register_book", "Sổ cấp số"
    DOSSIER_REGISTER = "dossier_register", "Sổ theo dõi hồ sơ"
    POSTER = "poster", "Niêm yết thủ tục hành chính"
    STATUS_SHEET = "status_sheet", "Phiếu thông tin tình trạng hồ sơ"
    HANDOVER_MINUTES = "handover_minutes", "Biên bản bàn giao hồ sơ"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One thing told of a dossier: a short term and its sentences."""

    term: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One thing that happened: when, what, by whom."""

    at: datetime
    what: str
    who: str = ""


class FormSet(models.TextChoices):
    """The circular whose set of forms a paper belongs to."""

    CIRCULAR_01_2018 = "01/2018", "Thông tư số 01/2018/TT-VPCP"
    CIRCULAR_03_2025 = "03/2025", "Thông tư số 03/2025/TT-VPCP"


class FormNotInSet(Refusal):
    """This form did not exist under that circular."""

    code = "form-not-in-set"
    message = _("That set of forms has no such form.")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a paper, where and when.

    Attributes:
        parent_name: agency above, '' when there is none to print.
        agency_name: the issuing agency or centre.
        place: name of the place before the date.
        number: the paper's own number and sign, such as '0008/TNHS'.
    """

    agency_name: str
    place: str
    issued_at: datetime
    parent_name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation as printed; `identity` comes masked where it must be."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One paper handed in, with its counts; 0 is printed as an empty cell."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookChange:
    """A correction of one field of a line of a book: `before` is struck through, who signed stands under it."""

    field: str
    before: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BookPrintLine:
    """One line of a book; `changes` are its corrections, oldest first, of name, subject, signer or note."""

    number: str
    entered_at: datetime
    code: str
    name: str
    subject: str
    signer: str
    copies: int | None = None
    note: str = ""
    changes: tuple[BookChange, ...] = ()
    signature: str = ""
    asks_signature: bool = False


@dataclass(frozen=True, slots=True)
class RegisterPrintRow:
    """One line of the register of dossiers, in the order of its official columns."""

    code: str
    procedure: str
    sets: int
    applicant: str
    contact: str
    agency: str
    accepted_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    delivery: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CertificationLine:
    """One original brought for certified copies: on a receipt, a batch sheet or a page of the book.

    Attributes:
        number: certification number, '' before it is given.
        signer: name and title of the person who signs, for the book.
        certified_on: day of certification, for the book.
    """

    name: str
    pages: int
    copies: int
    number: str = ""
    requester: str = ""
    fee_vnd: int | None = None
    is_electronic: bool = False
    signer: str = ""
    certified_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee or charge in đồng. `is_paid` None: nothing is said about payment."""

    name: str
    amount_vnd: int
    is_paid: bool | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Second or later stage of an interlinked dossier: handed in and due."""

    name: str
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """One paper of form 02: how many of it are wanted and what is missing or wrong."""

    name: str
    reason: str
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One row of the control slip: who gave, who took, when, and how the step ended.

    Attributes:
        outcome: 'early', 'on_time', 'late' or '' while it is open.
    """

    giver: str
    taker: str
    at: datetime | None
    giver_person: str = ""
    taker_person: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LotLine:
    """One folder of a lot handed over; `note`: how it arrived, and how a difference was settled."""

    code: str
    applicant: str
    originals: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class HolderLine:
    """How long somebody held the dossier, on the control slip.

    Attributes:
        used: working time within the limit; held: working time in all; both as shown, such as '12:30'.
    """

    name: str
    used: str
    held: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One value of the sheet of held data."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class HeldThing:
    """One thing of it, such as a dossier, with its values."""

    title: str
    lines: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True)
class HeldPart:
    """One part of it: what is held, why and how long."""

    title: str
    why: str
    things: tuple[HeldThing, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that arrived with an online filing; `sha256` proves that it arrived whole."""

    paper: str
    name: str
    size: int
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class PosterSheet:
    """One procedure on the office wall; texts in Vietnamese, all from the published record.

    Attributes:
        address: the procedure's page, in the QR code and printed below it.
        papers: (name, how many) in published order; more_papers: how many are left to the page.
        case: the case whose papers are listed, '' when there is only one; more_cases: how many others there are.
        place: where to hand in; ways: how, such as 'Trực tuyến, tại quầy'.
    """

    code: str
    name: str
    field: str
    address: str
    papers: tuple[tuple[str, str], ...]
    limit: str
    fee: str
    place: str
    ways: str
    result: str = ""
    case: str = ""
    more_papers: int = 0
    more_cases: int = 0
    basis: str = ""
