"""What services take in and give back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.casework.dossiers.types.words import Capacity, Delivery, PartyKind, PartyRole
from motcua.casework.workflow.types import Node


@dataclass(frozen=True, slots=True)
class PartyInput:
    """One person or organisation of a dossier, as entered."""

    full_name: str
    role: str = PartyRole.APPLICANT
    kind: str = PartyKind.CITIZEN
    identity: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperInput:
    """One paper handed in or shown.

    Attributes:
        component_id: the published component; None for a further paper named by `name`.
        originals, certified, plain: counts of originals, certified and plain copies.
        file_ids: ids of stored files, in reading order.
    """

    component_id: int | None = None
    name: str = ""
    kind: str = "submit"
    originals: int = 0
    certified: int = 0
    plain: int = 0
    file_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CertifiedItem:
    """One original of a certification: how it is called, its pages, and how many copies are certified."""

    description: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class FilingInput:
    """Everything of a new dossier.

    Attributes:
        key: idempotency key of the form; the same key gives the same dossier.
        answers: form answers by property name, already checked against the e-form.
        competent_agency_id: the commune that decides, where all communes offer it; else the offer's own agency.
        representation: public id under which the submitter acts for the applicant, '' for nobody else; a step of the
            service has looked at it.
        helper_person_id, helper_post_id: the guide at a kiosk who helped to hand it in; never a party.
        receiving_agency_id: where it is taken in; None lets the offer say (its centre, or the competent agency).
    """

    offer_id: int
    case_id: int
    channel: str
    parties: tuple[PartyInput, ...]
    papers: tuple[PaperInput, ...]
    key: str
    answers: dict[str, Any] = field(default_factory=dict)
    delivery: str = Delivery.DESK
    delivery_address: str = ""
    competent_agency_id: int | None = None
    receiving_agency_id: int | None = None
    helping_agency_id: int | None = None
    citizen_person_id: int | None = None
    certified: tuple[CertifiedItem, ...] = ()
    summary: str = ""
    representation: str = ""
    helper_person_id: int | None = None
    helper_post_id: int | None = None


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """What is missing of one paper (or, without a paper, in general) and why."""

    reason: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignatureInput:
    """Who signed, in what capacity, when and how; a paper signature carries the scan."""

    how: str
    signer_name: str
    capacity: str = Capacity.HEAD
    signed_at: datetime | None = None
    scan_file_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepInput:
    """What a person gives when doing a task, besides the outcome.

    `is_return`: the dossier goes back as not eligible, and its limit starts from zero when it is complete.
    `paper_file_ids`: a stored file for each paper that the process wants at this step, in its order.
    `asked`: the agencies whose opinion the next step asks for.
    """

    note: str = ""
    supplement: tuple[SupplementItem, ...] = ()
    supplement_due_on: date | None = None
    is_return: bool = False
    refusal_reason: str = ""
    signature: SignatureInput | None = None
    result_title: str = ""
    result_file_id: int | None = None
    recipient_name: str = ""
    next_person_id: int | None = None
    asked: tuple[int, ...] = ()
    paper_file_ids: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody without an account proved to be a party of this dossier, by code and phone or identity number."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class SupplementAnswer:
    """A paper handed in on request: its files replace the earlier ones."""

    paper_id: int | None
    file_ids: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer to a filing."""

    dossier_id: int
    public_id: UUID
    intake_number: str
    code: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step that was done by a click. `task` is the element of the process; `next_name` '' at the end."""

    public_id: UUID
    shown_code: str
    task: Node
    next_name: str
