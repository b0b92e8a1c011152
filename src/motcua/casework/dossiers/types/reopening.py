"""Closed dossiers opened again, corrections of results, and second supplements that a leader approves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class Fault(models.TextChoices):
    """Whose fault a wrong result is (Decree 61/2018, art. 21)."""

    AGENCY = "agency", _("The agency's")
    APPLICANT = "applicant", _("The applicant's")


class NotReopenable(Refusal):
    """Only a closed dossier that had been accepted is opened again."""

    code = "not-reopenable"
    message = _("Only a dossier that was accepted and is closed can be re-opened.")


class NoResultToCorrect(Refusal):
    """A correction starts from a result that was issued."""

    code = "no-result-to-correct"
    message = _(
        "There is no issued result to correct. Only a result that reached the desk or the applicant is corrected."
    )


class ApprovalPending(Refusal):
    """A leader was asked already, or approved it and the approval is not used."""

    code = "approval-pending"
    message = _("A leader was already asked for this, or has approved it and the approval is not used yet.")


class ApprovalNotNeeded(Refusal):
    """The supplement may be asked for without a leader."""

    code = "approval-not-needed"
    message = _("No approval is needed: the applicant can still be asked for a supplement in the ordinary way.")


class ApprovalDecided(Refusal):
    """Somebody decided before."""

    code = "approval-decided"
    message = _("This was decided before.")


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """A second supplement that a leader is asked to approve, as shown."""

    id: int
    dossier_id: int
    dossier_public_id: UUID
    code: str
    procedure_name: str
    state: str
    reason: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    approver_name: str
    answer: str
    is_used: bool


@dataclass(frozen=True, slots=True)
class ReopeningView:
    """How a dossier was opened again.

    Attributes:
        fault: a Fault code for a correction, '' otherwise; fee_vnd: what the applicant pays for it.
        step: name of the step it went back to; replaced_number: number of the result that was replaced.
    """

    is_correction: bool
    fault: str
    reason: str
    ground: str
    step: str
    fee_vnd: int
    old_due_at: datetime | None
    new_due_at: datetime | None
    opened_at: datetime
    by: str
    replaced_title: str
    replaced_number: str


@dataclass(frozen=True, slots=True)
class ReopeningDates:
    """When a dossier would be due if opened again now: by the rest of its limit, and by the limit from zero."""

    rest: datetime | None
    anew: datetime | None
