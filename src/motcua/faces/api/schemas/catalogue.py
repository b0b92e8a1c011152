"""Procedures and who takes them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field


class NamedCode(Schema):
    """A stable code with its name."""

    code: str = Field(description=_("Stable code."), examples=["1.001612"])
    name: str = Field(description=_("Name for people."), examples=["Đăng ký thành lập hộ kinh doanh"])


class Limit(Schema):
    """A published time limit; the legal one and, where the province promised less, the shorter one that counts."""

    channel: str = Field(description=_("online, direct or postal."), examples=["online"])
    case: str = Field(description=_("Case that it is for; empty for all."))
    place: str = Field(description=_("any, or remote for mountainous and island communes."), examples=["any"])
    text: str = Field(description=_("The limit in words."), examples=["3 ngày làm việc"])
    value: int = Field(examples=[3])
    unit: str = Field(
        description=_("working_hour, working_day, day, month, same_day or none."), examples=["working_day"]
    )
    statutory_value: int = Field(examples=[3])
    statutory_unit: str = Field(examples=["working_day"])
    note: str
    needs_review: bool = Field(description=_("The source is doubtful; an officer confirms before a promise is made."))
    is_addition: bool = Field(default=False, description=_("Added to the limit of all places, for this kind of place."))


class Fee(Schema):
    """A fee or charge; without an amount the note says how much."""

    channel: str = Field(examples=["online"])
    case: str
    kind: str = Field(description=_("fee, charge or unsaid."), examples=["fee"])
    amount_vnd: int | None = Field(description=_("Amount in đồng; null when only the note says it."), examples=[50000])
    note: str


class Form(Schema):
    """A form to download; the address is empty where only its name was published."""

    name: str
    url: str


class Paper(Schema):
    """A paper of a case."""

    id: int = Field(description=_("Names the paper when a dossier is submitted."), examples=[417])
    name: str = Field(examples=["Giấy đề nghị đăng ký hộ kinh doanh"])
    kind: str = Field(description=_("submit: handed in; show: shown and taken back."), examples=["submit"])
    is_confirmed: bool = Field(description=_("A person has confirmed the kind."))
    originals: int
    certified_copies: int
    plain_copies: int
    forms: list[Form]


class Case(Schema):
    """A case of a procedure with its papers."""

    id: int = Field(description=_("Names the case when a dossier is submitted."), examples=[88])
    name: str = Field(description=_("Empty when the procedure has one case only."))
    papers: list[Paper]
    notes: list[str]


class Step(Schema):
    """A published step."""

    heading: str
    paragraphs: list[str]


class LegalBasis(Schema):
    """A legal basis as published."""

    number: str = Field(examples=["168/2025/NĐ-CP"])
    title: str


class Hit(Schema):
    """A procedure in a list."""

    code: str = Field(description=_("National code of the procedure."), examples=["1.001612"])
    name: str = Field(examples=["Đăng ký thành lập hộ kinh doanh"])
    purpose: str = Field(description=_("One plain sentence: what one gets."))
    field: NamedCode
    levels: list[str] = Field(description=_("province, commune."), examples=[["commune"]])
    channels: list[str] = Field(description=_("online, direct, postal."), examples=[["online", "direct"]])
    is_online: bool = Field(description=_("Can be filed online here."))
    limit: Limit | None = Field(description=_("The shortest published limit."))
    fee: Fee | None


class Hits(Schema):
    """A page of procedures, best first."""

    text: str = Field(description=_("What was searched."))
    corrected: str = Field(description=_("What was searched instead of a slip; empty when nothing was mended."))
    total: int = Field(description=_("Exact up to 1000; 1001 means more."), examples=[5])
    page: int = Field(examples=[1])
    pages: int = Field(description=_("How many pages can be asked for."), examples=[1])
    results: list[Hit]
    facets: dict[str, dict[str, int]] = Field(description=_("Filter, value, number of hits."))


class Procedure(Schema):
    """Everything published about a procedure: the eight parts that Decree 63/2010 article 8 asks for, and more."""

    code: str = Field(examples=["1.001612"])
    name: str = Field(description=_("In the language asked for, where a translation was entered."))
    name_vi: str = Field(description=_("The published name."))
    purpose: str
    field: NamedCode
    levels: list[str]
    audience: list[str] = Field(description=_("Who may ask for it, as published."))
    audience_groups: list[str] = Field(description=_("citizen, enterprise, organisation, foreigner, official."))
    decision_no: str = Field(description=_("Decision that published it."), examples=["2353/QĐ-BTC"])
    decision_issuer: str
    kind: str
    steps: list[Step]
    channels: list[str]
    cases: list[Case]
    sets_required: int | None
    limits: list[Limit]
    fees: list[Fee]
    results: list[NamedCode]
    requirements: list[str]
    legal_bases: list[LegalBasis]
    forms: list[Form]
    executing_agencies: list[str]
    competent_agency: str
    authorized_agency: str
    coordinating_agency: str
    receiving_address: str
    life_events: list[NamedCode]
    portal_url: str
    is_online: bool = Field(description=_("Can be filed online here."))
    valid_from: date
    valid_until: date | None


class Agency(Schema):
    """An agency that decides on the procedure."""

    code: str = Field(
        description=_("Electronic identifier; names the agency when a dossier is submitted."), examples=["T01.34"]
    )
    name: str = Field(examples=["Ủy ban nhân dân phường Long Xuyên"])
    short_name: str = Field(examples=["Phường Long Xuyên"])
    level: str = Field(examples=["commune"])


class Offer(Schema):
    """Who takes and decides a procedure, and all that is needed to submit a dossier under it."""

    id: UUID = Field(description=_("Names the offer when a dossier is submitted."))
    procedure: NamedCode
    level: str = Field(examples=["commune"])
    channels: list[str] = Field(examples=[["online", "direct", "postal"]])
    is_online: bool = Field(description=_("Dossiers can be submitted by this API."))
    agencies: list[Agency] = Field(description=_("The agencies that decide; name one of them when there are several."))
    cases: list[Case]
    limits: list[Limit]
    fees: list[Fee]
    results: list[NamedCode]
    form: dict[str, Any] | None = Field(
        description=_(
            "JSON Schema of the electronic form, null where there is none. Members that begin with x- are ours: "
            "x-sections gives the order, x-show-if when a field is asked, x-personal marks personal data."
        )
    )


class Offers(Schema):
    """The offers of one procedure in force today."""

    procedure: str = Field(examples=["1.001612"])
    offers: list[Offer]
