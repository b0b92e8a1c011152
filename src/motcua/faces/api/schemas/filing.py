"""What is sent to file a dossier, and what comes back."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from motcua.faces.api.schemas.instants import Instant


class Remark(Schema):
    """A remark on a file that was taken all the same."""

    code: str = Field(examples=["small-image"])
    message: str


class File(Schema):
    """A file that was taken; it waits for the dossier that names it."""

    id: UUID = Field(description=_("Names the file when a dossier is submitted, once, by the same key."))
    name: str = Field(examples=["giay-de-nghi.pdf"])
    kind: str = Field(description=_("What the content is: pdf, jpg, png, docx, xlsx."), examples=["pdf"])
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description=_("Bytes."), examples=[48211])
    sha256: str = Field(description=_("Digest of the content; it is printed on the intake slip."))
    pages: int | None
    remarks: list[Remark]


class Strict(BaseModel):
    """Refuses members that it does not know, so that a slip is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    """A person or organisation of the dossier."""

    role: Literal["applicant", "submitter", "authorised", "recipient"] = Field(
        "applicant", description=_("Applicant, who hands in for them, whom they authorised, who receives the result.")
    )
    kind: Literal["citizen", "enterprise", "agency", "organisation"] = "citizen"
    full_name: str = Field(min_length=2, max_length=200, examples=["Trần Thị Mỹ Duyên"])
    identity: str = Field(
        "", max_length=30,
        description=_("12 digits or passport number of a person; 10 or 13 digits of an enterprise."),
        examples=["089187004127"],
    )  # fmt: skip
    phone: str = Field(
        "", max_length=30, description=_("Serves as second factor when looked up."), examples=["0913000128"]
    )
    email: str = Field(
        "", max_length=120, description=_("News of the dossier go there."), examples=["duyen@example.vn"]
    )
    address: str = Field("", max_length=300, examples=["128/5 Lý Thái Tổ, phường Long Xuyên"])
    born_on: date | None = None


class PaperIn(Strict):
    """Files of one paper, in reading order."""

    paper: int | None = Field(
        None, description=_("Id of the paper in the offer; null for a further one."), examples=[417]
    )
    name: str = Field("", max_length=300, description=_("What a further paper is."))
    files: list[UUID] = Field(min_length=1, max_length=30)


class FilingIn(Strict):
    """A dossier to be filed online."""

    offer: UUID = Field(description=_("Id of an offer from GET /api/offers."))
    case: int = Field(description=_("Id of a case of that offer."), examples=[88])
    agency: str = Field(
        "",
        max_length=40,
        description=_("Code of the agency that decides; needed when the offer has several."),
        examples=["T01.34"],
    )
    parties: list[PartyIn] = Field(min_length=1, max_length=20)
    answers: dict[str, Any] = Field(
        default_factory=dict,
        description=_("Answers to the electronic form by property name. Days as 2026-11-23, money as whole đồng."),
        examples=[{"ten_ho": "Bánh canh Mỹ Duyên", "von": 50000000}],
    )
    papers: list[PaperIn] = Field(default_factory=list, max_length=60)
    delivery: Literal["desk", "post", "online"] = Field("desk", description=_("How the result is handed over."))
    delivery_address: str = Field("", max_length=300, description=_("Needed for delivery by post."))


class Filed(Schema):
    """The dossier that was filed."""

    code: str = Field(
        description=_("Intake number; the official code takes its place when the agency accepts."),
        examples=["TN261123-RVVQ-QF6N"],
    )
    status: str = Field(examples=["awaiting_acceptance"])
    filed_at: Instant
    acceptance_due_at: Instant | None = Field(description=_("Until when the agency accepts or answers."))
    tracking_url: str = Field(
        description=_("Page for the citizen."), examples=["http://127.0.0.1:8000/tra-cuu/?ma=TN261123-RVVQ-QF6N"]
    )
