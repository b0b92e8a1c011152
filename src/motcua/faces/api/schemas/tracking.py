"""What may be known of a dossier: its completion by anybody, its way by whoever proves to be a party."""

from datetime import date

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from motcua.faces.api.schemas.catalogue import NamedCode
from motcua.faces.api.schemas.instants import Instant


class Event(Schema):
    """One thing that happened, or the step that is open now."""

    kind: str = Field(
        description=_(
            "filed, accepted, step, supplement_asked, supplement_answered, not_accepted, withdrawn or current."
        ),
        examples=["step"],
    )
    title: str = Field(examples=["Thẩm định hồ sơ"])
    at: Instant | None
    who: str = Field(
        description=_("Officer and agency, or the applicant."), examples=["Nguyễn Hoàng Phúc, Phòng Kinh tế"]
    )
    outcome: str = Field(examples=["Trình trưởng phòng"])
    due_at: Instant | None
    is_waiting: bool = Field(description=_("The agency's time stands still while somebody else is waited for."))


class Missing(Schema):
    """A paper that is asked for, and why."""

    paper: str
    reason: str


class Supplement(Schema):
    """An open request for a supplement."""

    items: list[Missing]
    note: str
    answer_by_on: date | None


class Result(Schema):
    """The result as recorded."""

    title: str
    number: str
    is_refusal: bool
    signed_at: Instant
    issued_at: Instant | None


class Way(Schema):
    """Where a dossier is, for its parties. Holds no personal data of the parties."""

    status: str = Field(
        description=_(
            "awaiting_acceptance, not_accepted, processing, coordinating, awaiting_supplement, awaiting_payment, "
            "withdrawn, stopped, has_result or returned."
        ),
        examples=["processing"],
    )
    status_text: str = Field(examples=["Đang giải quyết"])
    procedure: NamedCode
    case: str
    channel: str
    receiving_agency: str
    competent_agency: str
    fee_vnd: int
    filed_at: Instant
    acceptance_due_at: Instant | None
    accepted_at: Instant | None
    due_at: Instant | None = Field(description=_("Null while the agency's time stands still."))
    due_before_pause: Instant | None
    finished_at: Instant | None
    closed_at: Instant | None
    timeline: list[Event] = Field(description=_("Open steps first, then what happened, newest first."))
    supplement: Supplement | None
    result: Result | None
    refusal_reason: str
    refusal_basis: str


class Tracked(Schema):
    """What may be known with the proof that was given."""

    code: str = Field(examples=["T01.34-261123-0001"])
    completion: str = Field(description=_("open, done or closed."), examples=["open"])
    dossier: Way | None = Field(description=_("Only with a second factor."))


class HeldBy(Schema):
    """Who held the dossier: an agency's unit with its post, or somebody outside."""

    kind: str = Field(
        description=_("agency, citizen, tax, payment, posting, survey, police, court or asked_agency."),
        examples=["agency"],
    )
    name: str
    post: str


class LedgerRow(Schema):
    """One row: a run of days or a part of a day."""

    starts_at: Instant
    ends_at: Instant
    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    kind: str = Field(
        description=_("work, overdue, extended, first_day, after_hours, weekend, holiday, closure, pause or returned.")
    )
    counted: bool
    seconds: int = Field(description=_("Working time counted."))
    days: int
    span_seconds: int = Field(description=_("Working time inside the row, counted or not."))
    text: str
    note: str
    ground: str = Field(description=_("Legal source."))
    holders: list[HeldBy]
    downtimes: list[str]


class HolderTotal(HeldBy):
    """How much working time somebody held the dossier."""

    seconds: int
    counted_seconds: int
    shared_seconds: int = Field(description=_("Held at the same time as somebody else."))
    overdue_seconds: int


class Downtime(Schema):
    """A system that stood still meanwhile."""

    whose: str
    starts_at: Instant
    ends_at: Instant | None
    counts: bool = Field(description=_("False: the time is given back."))
    note: str


class LimitOf(Schema):
    """A limit in a unit."""

    value: int
    unit: str


class Ledger(Schema):
    """The time of a dossier as of an instant."""

    code: str
    at: Instant
    accepted_at: Instant
    counts_from: Instant
    until: Instant
    limit: LimitOf
    statutory_limit: LimitOf
    due_at: Instant | None
    statutory_due_at: Instant | None
    told_due_at: Instant | None = Field(description=_("What the dossier's page said then; null while the clock stood."))
    is_stopped: bool
    total_seconds: int
    total_days: int
    limit_seconds: int
    left_seconds: int
    paused_seconds: int
    overdue_seconds: int
    ledger: list[LedgerRow]
    holders: list[HolderTotal]
    downtimes: list[Downtime]
