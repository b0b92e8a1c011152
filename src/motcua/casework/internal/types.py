"""Codes, inputs, cards and refusals of internal procedures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import Outcome, Task
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types import HeldPost


class CaseState(models.TextChoices):
    """Life of an internal case."""

    RUNNING = "running", _("Going on")
    DONE = "done", _("Issued")
    STOPPED = "stopped", _("Ended without a document")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EntryAct(models.TextChoices):
    """What a line of a case's history tells."""

    STARTED = "started", _("Started")
    STEP = "step", _("Step done")
    ELAPSED = "elapsed", _("Time was up")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True, slots=True)
class CaseStart:
    """What starts a case.

    Attributes:
        procedure: code of the internal procedure; lead_agency_id: the agency that drafts.
        answers: canonical answers of the procedure's form; due_on: the day of the year's plan, None without one.
        file_ids: stored files that come with it.
    """

    procedure: str
    title: str
    lead_agency_id: int
    answers: Mapping[str, Any]
    due_on: date | None = None
    file_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStepInput:
    """What a step of a case may need.

    Attributes:
        asked: agencies that the next step asks; next_person_id: who of the next post goes on.
        number, issued_on: of the document, where the step numbers it.
    """

    note: str = ""
    file_ids: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()
    next_person_id: int | None = None
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """An internal procedure that may be started."""

    code: str
    name: str
    name_en: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. `steps`: names of the open steps, each with who does it and until when."""

    public_id: UUID
    code: str
    title: str
    procedure_name: str
    lead_name: str
    state: str
    started_at: datetime
    due_on: date | None
    ended_at: datetime | None
    document_number: str
    steps: tuple["OpenStep", ...] = ()


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Where a case stands."""

    task_id: UUID
    name: str
    name_en: str
    unit_name: str
    person_name: str
    due_at: datetime | None
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A file of a case and the step that it came with."""

    file_id: UUID
    name: str
    step_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryCard:
    """A line of the history."""

    at: datetime
    act: str
    step_name: str
    step_name_en: str
    outcome_label: str
    outcome_label_en: str
    person_name: str
    unit_name: str
    note: str
    papers: tuple[PaperCard, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything that a case's page shows. `lines`: the answers as people read them, by section."""

    row: CaseRow
    version_id: int
    nodes: frozenset[str]
    starter_name: str
    issued_on: date | None
    entries: tuple[EntryCard, ...]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """An open task of a case for whoever does it.

    Attributes:
        posts: the actor's posts that may do it, empty for readers.
        asking: outcomes behind which other agencies are asked; numbers: outcomes that number the document.
        next_people: (person id, name) by outcome, where one post goes on.
    """

    case_id: UUID
    task: Task
    lock: int
    outcomes: tuple[Outcome, ...]
    posts: tuple[HeldPost, ...] = ()
    asking: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    next_people: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)


class CaseClosed(Refusal):
    """The case ended or was withdrawn meanwhile."""

    code = "case-closed"
    message = _("This case has ended. Nothing more can be done in it.")


class NotStartable(Refusal):
    """The procedure has no process or form in force."""

    code = "not-startable"
    message = _("This procedure has no process in force today. Ask procedure control.")


class NumberTaken(Refusal):
    """Another document of the same agency has this number."""

    code = "number-taken"
    message = _("Another document already has this number. Look at the book of numbers.")


class NotNumbered(Refusal):
    """A signed document may not leave without a number."""

    code = "not-numbered"
    message = _("What is signed may not leave without a number and the issued file.")
