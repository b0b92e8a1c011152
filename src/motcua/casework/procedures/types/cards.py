"""Frozen pictures of the catalogue that selectors hand out."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ProcedureRef:
    """Enough to link to a procedure."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldCard:
    """A field (lĩnh vực) with the number of procedures in force."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class LifeEventCard:
    """A life event with the number of procedures in force."""

    code: str
    name: str
    note: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A published time limit.

    Attributes:
        case: name of the case, '' for all.
        value, unit: what counts for the receipt: the reduced limit where the province promised one.
        statutory_value, statutory_unit: the legal one. Unit is a calendars LimitUnit code.
        needs_review: the source was doubtful; an officer confirms before a promise is made on it.
        flag: a LimitFlag, why a person should look at it; reduced_by: the decision that reduced it.
        is_addition: it is added to the limit of all places, for its kind of place.
        added: of a limit applied, what was added for the kind of place: (value, unit) of the promise; None: nothing.
    """

    id: int
    case: str
    case_id: int | None
    channel: str
    place_kind: str
    value: int
    unit: str
    statutory_value: int
    statutory_unit: str
    note: str
    needs_review: bool
    flag: str = ""
    reduced_by: str = ""
    is_addition: bool = False
    added: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee or charge; `amount_vnd` None means that only the note says how much."""

    id: int
    case: str
    case_id: int | None
    channel: str
    kind: str
    amount_vnd: int | None
    note: str


@dataclass(frozen=True, slots=True)
class ExemptionLine:
    """Who pays `percent` less of the fees, 100 for nothing at all; case and channel '' for all."""

    case: str
    channel: str
    who: str
    percent: int
    note: str
    basis: str


@dataclass(frozen=True, slots=True)
class FormFileLine:
    """A form to download; `url` is '' where only the published name is known."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A paper of a case, or a note among them.

    `held_by_state` names the register in which the state has it already: then nobody hands it in.
    """

    id: int
    name: str
    kind: str
    is_confirmed: bool
    originals: int
    certified_copies: int
    plain_copies: int
    forms: tuple[FormFileLine, ...] = ()
    held_by_state: str = ""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case (trường hợp) with its papers split by kind; name '' when the procedure has only one."""

    id: int
    name: str
    submit: tuple[ComponentLine, ...]
    show: tuple[ComponentLine, ...]
    notes: tuple[ComponentLine, ...]
    steps: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[ComponentLine, ...]:
        """What is ticked at the counter: hand in, then show."""
        return self.submit + self.show


@dataclass(frozen=True, slots=True)
class StepLine:
    """One published step: a heading ('Bước 1' or '') and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A kind of paper that the citizen gets; `code` is the national result code or ''."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LegalLine:
    """A legal basis: number and title as published."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """Who takes and decides a procedure, and how.

    Attributes:
        agency_id: the competent agency; None when all communes are (each for its own citizens).
        excepted_ids: communes that do not, when agency_id is None.
        at_centre: received at the provincial or commune centre, not at the agency's own door.
        process_code: definition code of the internal process.
    """

    id: int
    public_id: str
    procedure_id: int
    procedure_code: str
    agency_id: int | None
    level: str
    at_centre: bool
    process_code: str
    eform_id: int | None
    channels: tuple[str, ...]
    quick_form: str
    excepted_ids: frozenset[int] = frozenset()

    def is_taken_by(self, agency_id: int, *, is_commune: bool) -> bool:
        """Say whether `agency_id` is competent under this offer."""
        if self.agency_id is not None:
            return self.agency_id == agency_id
        return is_commune and agency_id not in self.excepted_ids


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One line of results.

    Attributes:
        marked: the name in pieces, (text, is_match), to draw marked words.
        limit, fee: what the card shows; limit is the shortest published one, fee the first or None when nothing said.
        has_more_fees: other amounts are published besides `fee`.
    """

    procedure_id: int
    version_id: int
    code: str
    name: str
    marked: tuple[tuple[str, bool], ...]
    purpose: str
    field_code: str
    field_name: str
    levels: tuple[str, ...]
    channels: tuple[str, ...]
    is_online: bool
    limit: LimitLine | None
    fee: FeeLine | None
    has_more_fees: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results.

    Attributes:
        total: exact up to 1,000; 1,001 means "over 1,000".
        corrected: what was searched instead of the slip, as words to show; '' when nothing was corrected.
        facets: name -> {value: count} over all hits of this search: audience, channel, level, field.
    """

    text: str
    results: tuple[SearchHit, ...]
    total: int
    corrected: str
    limit: int
    offset: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Say whether there are more than 1,000."""
        return self.total > 1000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the autocomplete list."""

    code: str
    name: str
    marked: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything published about a procedure as of a day: the eight parts of Decree 63/2010 art. 8 and more.

    Data are Vietnamese; `name` and `purpose` are the translation when one was entered for the asked language,
    and `name_vi` is always the published name.
    """

    procedure_id: int
    version_id: int
    public_id: str
    code: str
    name: str
    name_vi: str
    is_translated: bool
    purpose: str
    field: FieldCard
    levels: tuple[str, ...]
    audience: tuple[str, ...]
    audience_groups: tuple[str, ...]
    decision_no: str
    decision_issuer: str
    kind: str
    steps: tuple[StepLine, ...]
    channels: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    cases: tuple[CaseCard, ...]
    sets_required: int | None
    results: tuple[ResultLine, ...]
    legal_bases: tuple[LegalLine, ...]
    requirements: tuple[str, ...]
    executing_agencies: tuple[str, ...]
    competent_agency: str
    authorized_agency: str
    coordinating_agency: str
    receiving_address: str
    forms: tuple[FormFileLine, ...]
    portal_url: str
    valid_from: date
    valid_until: date | None
    offers: tuple[OfferCard, ...]
    life_events: tuple[ProcedureRef, ...]
    service_level: str = ""
    partial_reason: str = ""
    no_result: bool = False
    receiving_agency: str = ""
    exemptions: tuple[ExemptionLine, ...] = ()

    def limits_for(self, channel: str) -> tuple[LimitLine, ...]:
        """Return the limits of one channel, in published order."""
        return tuple(line for line in self.limits if line.channel == channel)

    def fees_for(self, channel: str) -> tuple[FeeLine, ...]:
        """Return the fees of one channel, in published order."""
        return tuple(line for line in self.fees if line.channel == channel)
