"""How long dossiers are kept, what is left of a destroyed one, and what a look through the journals found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class Ending(models.TextChoices):
    """How a dossier ended; it is kept for as long as that says."""

    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STOPPED = "stopped", _("Stopped")


class Damage(models.TextChoices):
    """What somebody did to a journal behind the application's back."""

    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")
    INSERTED = "inserted", _("inserted")
    DOSSIER_REMOVED = "dossier_removed", _("the whole dossier removed")


@dataclass(frozen=True, slots=True)
class JournalDamage:
    """One row of a journal that is not as it was written.

    Attributes:
        dossier: the code, or what else names the dossier.
        seq: the row's number in the dossier's journal; None when no row is left to name.
    """

    dossier: str
    seq: int | None
    what: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class JournalReport:
    """What was looked through, and what was found."""

    dossiers: int
    rows: int
    destroyed: int
    damages: tuple[JournalDamage, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a dossier is kept.

    Attributes:
        until: the first day on which it may be destroyed; None: kept for ever, or not closed yet.
        months: the period; None: for ever.
    """

    ending: str
    months: int | None
    until: date | None
    legal_source: str
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class DestroyedDossier:
    """The record that a destruction leaves."""

    dossier_id: int
    ending: str
    closed_on: date
    kept_until: date
    destroyed_at: datetime
    decision_number: str
    decision_on: date


class StillOpen(Refusal):
    """The dossier is not closed yet."""

    code = "still-open"
    message = _("This dossier is not closed yet; only a closed dossier can be destroyed.")


class StillKept(Refusal):
    """Its retention period has not ended."""

    code = "still-kept"
    message = _("This dossier has to be kept until %(day)s (%(source)s).")


class KeptForEver(Refusal):
    """It is never destroyed."""

    code = "kept-for-ever"
    message = _("Dossiers of this kind are kept for ever (%(source)s).")


class JournalBroken(Refusal):
    """Its journal does not verify: it is evidence now."""

    code = "journal-broken"
    message = _("The journal of this dossier was changed at row %(seq)s. It is not destroyed; have it examined first.")
