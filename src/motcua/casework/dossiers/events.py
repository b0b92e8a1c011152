"""Facts about dossiers, in the past tense: ids, codes and instants; figures need no further read."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class DossierEvent(Event):
    """What every event of a dossier carries.

    Attributes:
        at: legal instant of the fact.
    """

    subject_field: ClassVar[str] = "dossier_id"
    dossier_id: int
    public_id: str
    field_id: int
    channel: str
    receiving_agency_id: int
    competent_agency_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DossierFiled(DossierEvent):
    """An online filing arrived and waits for acceptance until `acceptance_due_at`."""

    topic: ClassVar[str] = "dossiers.filed"
    acceptance_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierAccepted(DossierEvent):
    """The agency accepted it: code, receipt and due instant exist."""

    topic: ClassVar[str] = "dossiers.accepted"
    code: str
    due_at: datetime | None
    acceptance_due_at: datetime | None
    filed_at: datetime
    statutory_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DossierNotAccepted(DossierEvent):
    """The filing was refused before acceptance (form 03)."""

    topic: ClassVar[str] = "dossiers.not_accepted"


@dataclass(frozen=True, slots=True)
class SupplementAsked(DossierEvent):
    """The citizen is asked for a supplement (form 02)."""

    topic: ClassVar[str] = "dossiers.supplement_asked"
    is_before_acceptance: bool


@dataclass(frozen=True, slots=True)
class SupplementAnswered(DossierEvent):
    """The citizen handed in what was missing."""

    topic: ClassVar[str] = "dossiers.supplement_answered"
    is_before_acceptance: bool
    acceptance_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueDateChanged(DossierEvent):
    """The due instant moved, or stands (`new_due_at` None) while the clock is paused.

    Attributes:
        reason: code, such as 'resumed', 'restarted', 'extension', 'calendar'.
        new_statutory_due_at: the end of the statutory limit where it is another instant.
    """

    topic: ClassVar[str] = "dossiers.due_date_changed"
    old_due_at: datetime | None
    new_due_at: datetime | None
    reason: str = ""
    new_statutory_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptanceDueChanged(DossierEvent):
    """The instant by which an online filing is to be answered moved with the calendar."""

    topic: ClassVar[str] = "dossiers.acceptance_due_changed"
    acceptance_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierMoved(DossierEvent):
    """A step was done and others opened."""

    topic: ClassVar[str] = "dossiers.moved"
    node: str
    outcome: str
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepReminded(DossierEvent):
    """A reminder drawn on the edge of an open step went off.

    Attributes:
        node: the open step; reminder: code of the event; holder: who is waited for, one of Holder.
    """

    topic: ClassVar[str] = "dossiers.step_reminded"
    node: str
    reminder: str
    holder: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class ProcessingFinished(DossierEvent):
    """The result is at the desk: the clock stopped."""

    topic: ClassVar[str] = "dossiers.processing_finished"
    due_at: datetime | None
    accepted_at: datetime
    is_refusal: bool
    statutory_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResultReturned(DossierEvent):
    """The result was handed over."""

    topic: ClassVar[str] = "dossiers.result_returned"


@dataclass(frozen=True, slots=True)
class DossierWithdrawn(DossierEvent):
    """The citizen took it back; `was_accepted` tells whether it had been accepted."""

    topic: ClassVar[str] = "dossiers.withdrawn"
    was_accepted: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierStopped(DossierEvent):
    """Processing stopped without a decision, with notice (form 05)."""

    topic: ClassVar[str] = "dossiers.stopped"
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierReopened(DossierEvent):
    """A leader opened it again: it is in process, due at `due_at`.

    Attributes:
        is_correction: because its result was wrong; fault: then whose, a Fault code.
    """

    topic: ClassVar[str] = "dossiers.reopened"
    old_due_at: datetime | None
    due_at: datetime | None
    statutory_due_at: datetime | None
    is_correction: bool
    fault: str


@dataclass(frozen=True, slots=True)
class DossierInherited(DossierEvent):
    """The agency ended and the heir goes on with it: `competent_agency_id` is the heir's.

    Attributes:
        from_agency_id: who was competent before; from_receiving_id: where it was filed.
    """

    topic: ClassVar[str] = "dossiers.inherited"
    from_agency_id: int
    from_receiving_id: int
