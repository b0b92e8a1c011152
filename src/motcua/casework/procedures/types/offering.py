"""Who does what: offers as pages show them, assignments in bulk, gaps, coverage and what counters take in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferAct(models.TextChoices):
    """What was done to an offer."""

    MADE = "made", _("Made")
    EXCEPTED = "excepted", _("Exceptions changed")
    ENDED = "ended", _("Ended")


class Effect(models.TextChoices):
    """What an assignment would do to one procedure at one agency."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changes from that day")
    SAME = "same", _("Already so")
    REFUSED = "refused", _("Cannot be done")


class Gap(models.TextChoices):
    """What a procedure lacks before people can be served by it."""

    OFFICE = "office", _("No agency takes it")
    PROCESS = "process", _("No process in force")
    FORM = "form", _("No electronic form")
    FEE = "fee", _("No fee published")
    LIMIT = "limit", _("Time limit not settled")
    NOT_ONLINE = "not_online", _("Asked for often, but not online")


class ReceptionLevel(models.TextChoices):
    """Where papers are handed in; figures of different places are never added up."""

    PROVINCE_CENTRE = "province_centre", _("Provincial centre")
    COMMUNE_CENTRES = "commune_centres", _("Centres of communes, wards and special zones")
    IN_HOUSE = "in_house", _("At the agencies' own doors")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer with its procedure and agency by name, as of a day.

    Attributes:
        agency_id: None when all communes take it; vertical: the agency is a vertical one.
        nature, one_stop, territorial: of the procedure's record in force; '' or None where it says nothing.
        excepted_ids: communes that do not take it.
    """

    public_id: str
    code: str
    name: str
    field: str
    agency_id: int | None
    agency_name: str
    is_vertical: bool
    is_company: bool
    level: str
    at_centre: bool
    process_code: str
    has_process: bool
    eform_code: str
    channels: tuple[str, ...]
    quick_form: str
    one_stop: str
    territorial: bool | None
    excepted_ids: frozenset[int]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class OfferChangeLine:
    """One line of an offer's history: what was done, by whom, when and why."""

    act: str
    by: str
    at: datetime
    reason: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class OfferSheet:
    """An offer with those before and after it at the same place, newest first, and what was done to them."""

    row: OfferRow
    others: tuple[OfferRow, ...]
    changes: tuple[OfferChangeLine, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Several procedures for several agencies at once; None among `agency_ids` stands for all communes.

    `excepted_ids` names communes that do not take what all communes take.
    """

    procedure_codes: tuple[str, ...]
    agency_ids: tuple[int | None, ...]
    process_code: str
    eform_code: str
    channels: tuple[str, ...]
    at_centre: bool
    quick_form: str
    excepted_ids: tuple[int, ...]
    valid_from: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """What an assignment would do to one procedure at one agency.

    Attributes:
        why: what changes, or what forbids it; place: the entry that is wrong when it is refused.
    """

    code: str
    name: str
    agency_id: int | None
    agency_name: str
    effect: str
    why: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something that a procedure lacks.

    `detail` names the agency and `offer_id` the offer concerned; `dossiers` counts those of the time asked about.
    """

    code: str
    name: str
    field: str
    gap: str
    detail: str
    process_code: str
    eform_code: str
    dossiers: int
    offer_id: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many of an agency's procedures are run by a process, as of a day.

    Attributes:
        procedures: administrative procedures it takes; services of companies are not counted.
        internal: those with an internal process in force that a decision approved.
        electronic: those whose process runs here electronically.
        both: those with both; 100 % of `procedures` is wanted.
    """

    agency_id: int
    agency_name: str
    kind: str
    procedures: int
    internal: int
    electronic: int
    both: int

    @property
    def share(self) -> float | None:
        """Part with both in percent; None for an agency that takes nothing."""
        return 100 * self.both / self.procedures if self.procedures else None


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """What one reception level takes in on a day; companies' services are counted apart, never among procedures.

    Attributes:
        kinds: different administrative procedures; vertical: those of them that vertical agencies settle;
        unbound: those without territorial limit; by_one_stop: OneStop code ('' unsaid) -> kinds.
        services: different services of companies.
        procedure_ids, vertical_ids, service_ids: the same as ids, to count dossiers by.
    """

    level: str
    kinds: int
    vertical: int
    unbound: int
    services: int
    by_one_stop: dict[str, int]
    procedure_ids: frozenset[int]
    vertical_ids: frozenset[int]
    service_ids: frozenset[int]
