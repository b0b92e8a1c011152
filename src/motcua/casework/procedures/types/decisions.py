"""Decisions that publish procedures (quyết định công bố): their words, frozen pictures and refusals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.casework.procedures.types.kinds import ProcedureLevel
from motcua.foundation.core.types import Invalid, Refusal

CODE = re.compile(r"^\d\.\d{6}(\.[0-9A-Z]+)*$")
# How the national record writes levels.
LEVELS: Mapping[str, str] = {
    "tinh": ProcedureLevel.PROVINCE,
    "xa": ProcedureLevel.COMMUNE,
    "bo": ProcedureLevel.MINISTRY,
    "khac": ProcedureLevel.OTHER,
}


class DecisionState(models.TextChoices):
    """How far a decision is."""

    DRAFT = "draft", _("Being drafted")
    CHECKED = "checked", _("Checked, waits for the signature")
    PUBLISHED = "published", pgettext_lazy("decision", "Published")


class DecisionAct(models.TextChoices):
    """What an item does to a procedure."""

    NEW = "new", _("Issued new")
    AMENDED = "amended", _("Amended")
    REPLACED = "replaced", _("Replaced")
    ABOLISHED = "abolished", _("Abolished")


# Items of these acts carry a record; the others end a procedure.
WITH_RECORD = frozenset({DecisionAct.NEW, DecisionAct.AMENDED})


class IssuerKind(models.TextChoices):
    """Whose decision it is: the days for entry in the national database hang on it."""

    CHAIRMAN = "chairman", _("Chairman of the provincial People's Committee")
    MINISTER = "minister", _("Minister or head of a central agency")


class DecisionNotOpen(Refusal):
    """The decision is checked or published: its items are no longer changed."""

    code = "decision-not-open"
    message = _("This decision is checked or published; its items cannot be changed any more.")


class DecisionIncomplete(Invalid):
    """Something is missing; `fields` maps 'head' or an item's public id to sentences."""

    code = "decision-incomplete"
    message = _("The decision is not complete yet. What is missing stands at each item.")


class OwnDraft(Refusal):
    """Whoever drafted a decision does not check it."""

    code = "own-draft"
    message = _("You began this draft yourself; a colleague of procedure control has to check it.")
    http_status = 403


class NothingChanged(Refusal):
    """The record of an amended procedure equals the version in force."""

    code = "nothing-changed"
    message = _("Nothing differs from the version in force.")


@dataclass(frozen=True, slots=True)
class DecisionHead:
    """What stands at the head of a decision, as entered.

    Attributes:
        issued_on: day of signature; None and number '' until it is signed.
        effective_on: from when its items hold, unless an item says another day.
        is_shortened: a text made by the shortened procedure, which must be entered sooner.
        file_id: public id of the stored file of the signed decision; None keeps what is there.
    """

    title: str
    issuer: str
    issuer_kind: str = IssuerKind.CHAIRMAN
    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    effective_on: date | None = None
    is_shortened: bool = False
    note: str = ""
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item: what happens to which procedure, from when.

    Attributes:
        record: the record as drafted, {} for procedures that end; base_version_id: the version it starts from or ends.
        made_version_id: the version that publishing made of it.
        problems: (part, sentence) that keep it from being checked; filled for drafts only.
    """

    public_id: UUID
    act: str
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    effective_on: date | None
    successors: tuple[str, ...]
    record: dict[str, Any]
    base_version_id: int | None
    made_version_id: int | None
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a list. `counts`: act -> number of items; for past decisions what was stated."""

    public_id: UUID
    number: str
    title: str
    issued_on: date | None
    issuer: str
    signer: str
    state: str
    counts: Mapping[str, int]
    has_file: bool
    published_at: datetime | None
    entered_on: date | None
    entry_due_on: date | None
    is_past: bool

    @property
    def total(self) -> int:
        """How many items it has."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class DecisionLogLine:
    """One line of a decision's history."""

    act: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """A decision with its items and history."""

    line: DecisionLine
    head: DecisionHead
    drafted_by_id: int | None
    agency_id: int | None
    corrects: tuple[UUID, str] | None
    corrected_by: tuple[tuple[UUID, str], ...]
    items: tuple[ItemCard, ...]
    log: tuple[DecisionLogLine, ...]
    lock_version: int
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFigures:
    """Decisions and items published in a period, as provinces report them. `by_act`: act -> number of procedures."""

    since: date
    until: date
    decisions: int
    by_act: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CatalogueFigures:
    """Procedures in force on a day: by level, and by level and service level; old levels 1 to 4 counted apart.

    `cells` maps (level, service level) to a number; a procedure of two levels counts under each, once in `total`.
    """

    on: date
    total: int
    by_level: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]
    by_service: Mapping[str, int]
    by_old_level: Mapping[int, int]
