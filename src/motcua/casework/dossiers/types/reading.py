"""Why somebody read a dossier, and what about a reading is unusual."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class Purpose(models.TextChoices):
    """For what a dossier was read; the first group follows from the act, the second is asked for."""

    UNKNOWN = "", _("not recorded")
    HANDLING = "handling", _("handling the dossier")
    DESK = "desk", _("service at the desk")
    LEADING = "leading", _("leading and checking the work")
    CONTROL = "control", _("control of administrative procedures")
    INSPECTION = "inspection", _("inspection by order")
    LOOKUP = "lookup", _("finding a person's data for a new dossier")
    EXPORT = "export", _("list taken out as a file")
    QUESTION = "question", _("answering a question of the applicant")
    COMPLAINT = "complaint", _("handling a complaint or feedback")
    COOPERATION = "cooperation", _("request of another body")
    SUPPORT = "support", _("technical support")
    OTHER = "other", _("another reason")
    OWN = "own", _("the person's own right to see")


# What a reader without a task in the dossier chooses from.
ASKED = (Purpose.QUESTION, Purpose.COMPLAINT, Purpose.COOPERATION, Purpose.SUPPORT, Purpose.OTHER)
# Readings that no task of the reader called for: counted by the watch over unusual readings.
FOREIGN = (*ASKED, Purpose.LOOKUP)


class What(models.TextChoices):
    """What of a dossier was read."""

    DOSSIER = "dossier", _("the dossier")
    TASK = "task", _("the dossier at its task")
    FILE = "file", _("a file of it")
    PAPER = "paper", _("a printed paper of it")
    LOOKUP = "lookup", _("the people named in it")
    EXPORT = "export", _("its line in a list")
    OWN_EXPORT = "own_export", _("everything, as a file for its owner")


class UnusualRule(models.TextChoices):
    """What is unusual about somebody's readings."""

    FOREIGN_HOUR = "foreign_hour", _("many dossiers without a task of their own in one hour")
    FOREIGN_DAY = "foreign_day", _("many dossiers without a task of their own in one day")
    NIGHT = "night", _("many dossiers at night")


@dataclass(frozen=True, slots=True)
class ReadingGround:
    """A dossier that somebody may read, and what for; `purpose` is '' when they have to say it.

    Attributes:
        order_id: the order of inspection under which it is read.
    """

    dossier_id: int
    public_id: UUID
    code: str
    purpose: str
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class PartyReading:
    """One reading as the citizen sees it; `name` is '' unless the province shows names."""

    agency: str
    role: str
    purpose: str
    what: str
    read_at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class UnusualCard:
    """Unusual readings of one person in one stretch of time."""

    id: int
    public_id: UUID
    name: str
    posts: str
    rule: str
    since: datetime
    until: datetime
    dossiers: int
    limit: int
    found_at: datetime
    explanation: str = ""
    explained_by: str = ""
    explained_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SealProblem:
    """A day of the access log that is not as it was sealed."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class SampleCard:
    """A random sample of dossiers drawn by an inspector: the same seed draws the same dossiers again."""

    public_id: UUID
    seed: str
    size: int
    population: int
    drawn_at: datetime
    dossier_ids: tuple[int, ...]


class PurposeNeeded(Refusal):
    """The reader has no task in the dossier and has not said why they read it."""

    code = "purpose-needed"
    message = _("Say first for what you read this dossier. The applicant can see it.")
    http_status = 403
