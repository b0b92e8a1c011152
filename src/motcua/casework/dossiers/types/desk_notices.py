"""Forms 02 and 03 given at a desk before anything is taken in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types.inputs import PartyInput


class DeskNoticeKind(models.TextChoices):
    """What was given: what to bring (form 02), or why it cannot be taken (form 03)."""

    GUIDANCE = "guidance", _("What to bring, form 02")
    REFUSAL = "refusal", _("Refusal, form 03")


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One paper that is missing or wrong; `component_id` None for something that is not on the list."""

    name: str
    reason: str
    component_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeskNoticeInput:
    """What the desk enters: for guidance the lines, for a refusal reason and article.

    Attributes:
        key: idempotency key of the form.
        receiving_agency_id: whose desk it is; None for the first receiving post's.
    """

    key: str
    kind: str
    offer_id: int
    case_id: int
    party: PartyInput
    lines: tuple[NoticeLine, ...] = ()
    note: str = ""
    reason: str = ""
    legal_basis: str = ""
    receiving_agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeskNoticeRow:
    """A notice in the desk's list. `number` as printed, such as '0012/2026'."""

    public_id: UUID
    kind: str
    number: str
    name: str
    procedure_code: str
    procedure_name: str
    given_at: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class DeskNoticeView:
    """A notice with everything that its form says."""

    row: DeskNoticeRow
    agency_id: int
    agency_name: str
    party: PartyInput
    lines: tuple[NoticeLine, ...]
    note: str
    reason: str
    legal_basis: str
