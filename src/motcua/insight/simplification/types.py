"""Codes, inputs, pictures and refusals of review and simplification."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class ProposalKind(models.TextChoices):
    """What shall become simpler."""

    ABOLISH = "abolish", _("Abolish the procedure")
    MERGE = "merge", _("Merge it with another procedure")
    PAPERS = "papers", _("Ask for fewer papers")
    FORM = "form", _("Make the form simpler")
    STEPS = "steps", _("Take out steps or approvals")
    LIMIT = "limit", _("Shorten the time limit")
    FEE = "fee", _("Lower the fee")
    ONLINE = "online", _("Let it be done online")
    LEVEL = "level", _("Let an agency nearer to people decide")
    OTHER = "other", _("Something else")


class Authority(models.TextChoices):
    """Who can carry a proposal out."""

    PROVINCE = "province", _("The province decides itself")
    CENTRE = "centre", _("A ministry or the Government must decide")


class ProposalState(models.TextChoices):
    """Life of a proposal."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waiting for the decision")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    CARRIED_OUT = "carried_out", _("Carried out")


class Side(models.TextChoices):
    """Whether a line of cost is of the procedure as it is, or as it would be."""

    BEFORE = "before", _("As it is")
    AFTER = "after", _("As proposed")


@dataclass(frozen=True, slots=True)
class CostInput:
    """One act of the applicant.

    Attributes:
        hours: working hours it takes once; wage_vnd: what an hour is worth, in dong.
        fee_vnd: fee or charge; other_vnd: travel, copies, post, hired help.
        times: how often a dossier needs it.
    """

    activity: str
    hours: Decimal = Decimal()
    wage_vnd: int = 0
    fee_vnd: int = 0
    other_vnd: int = 0
    times: Decimal = Decimal(1)

    @property
    def cost_vnd(self) -> int:
        """What it costs the applicant of one dossier, in whole dong."""
        return int(((self.hours * self.wage_vnd + self.fee_vnd + self.other_vnd) * self.times).to_integral_value())


@dataclass(frozen=True, slots=True)
class ProposalInput:
    """What is entered of a proposal. `dossiers_a_year` None takes the figure counted."""

    title: str
    kind: str
    authority: str
    reason: str
    change: str
    dossiers_a_year: int | None
    plan_id: int | None = None
    before: tuple[CostInput, ...] = ()
    after: tuple[CostInput, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanInput:
    """A year's plan of review as decided."""

    year: int
    title: str
    decision_number: str
    decision_on: date | None
    signer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with how far it is. Money in dong a year."""

    id: int
    year: int
    title: str
    decision_number: str
    decision_on: date | None
    signer: str
    note: str
    proposals: int
    approved: int
    carried_out: int
    saved_vnd: int


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list. `saved_vnd`: dong a year, negative when it would cost more."""

    public_id: UUID
    procedure_code: str
    procedure_name: str
    title: str
    kind: str
    state: str
    agency_name: str
    plan_title: str
    dossiers_a_year: int
    before_vnd: int
    after_vnd: int
    saved_vnd: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class HappeningLine:
    """What was done to a proposal."""

    act: str
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal whole.

    Attributes:
        counted: dossiers of the last year by our own figures, over `counted_since` to `counted_until` (inside).
        is_counted: whether `dossiers_a_year` is that figure, or was entered by a person.
    """

    row: ProposalRow
    lock: int
    agency_id: int
    authority: str
    reason: str
    change: str
    plan_id: int | None
    before: tuple[CostInput, ...]
    after: tuple[CostInput, ...]
    is_counted: bool
    counted_since: date
    counted_until: date
    decision_number: str
    decided_on: date | None
    carried_out_on: date | None
    happenings: tuple[HappeningLine, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a list, in dong a year."""

    proposals: int
    approved: int
    carried_out: int
    promised_vnd: int
    saved_vnd: int


class WrongState(Refusal):
    """The proposal is not where this can be done."""

    code = "proposal-wrong-state"
    message = _("The proposal is no longer in the state in which this can be done. Look at its page again.")


class NothingProposed(Refusal):
    """It says neither what it costs now nor what would change."""

    code = "proposal-without-cost"
    message = _("Enter at least one line of cost as it is and say what would change before you hand it in.")
    http_status = 422
