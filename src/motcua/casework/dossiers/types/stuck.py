"""Words and rows of the watchdog."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.organisations.types import Role


class StuckWhy(models.TextChoices):
    """Why a dossier counts as stuck."""

    NOBODY = "nobody", _("Nobody can do the step")
    SILENT = "silent", _("Nothing has happened for a long time")


# Who sees what is stuck in the units below them and may say what is being done.
WATCHERS = (Role.DIVISION_HEAD, Role.LEADER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A stuck dossier with who answers for it.

    Attributes:
        owner: name of that person, '' where nobody is appointed; is_mine: it is the actor.
        may_note: the actor may say what is being done.
        note: what is being done about it, by `acknowledged_by` at `acknowledged_at`.
    """

    public_id: UUID
    dossier_public_id: UUID
    code: str
    procedure_name: str
    applicant_name: str
    step_name: str
    unit_name: str
    why: str
    since: datetime
    due_at: datetime | None
    owner: str
    is_mine: bool
    may_note: bool
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str


@dataclass(frozen=True, slots=True)
class StuckPage:
    """A page of them, how many there are in all, and the key of the next page."""

    rows: tuple[StuckRow, ...]
    total: int
    next_key: int | None
