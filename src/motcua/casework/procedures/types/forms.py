"""Electronic forms as pictures: lists, versions, differences, blocks, examples; and what is refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class FormState(models.TextChoices):
    """Whether a version of a form is worked on or in the world."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in the list; `used_by` counts the offers that ask it on that day."""

    code: str
    name: str
    in_force: int | None
    since: date | None
    draft: int | None
    fields: int
    used_by: int


@dataclass(frozen=True, slots=True)
class FormVersionCard:
    """One version; `until` is the first day no longer, None while open; draft versions have no days."""

    number: int
    state: str
    since: date | None
    until: date | None
    fields: int
    revision: int
    changed_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class FormUse:
    """A procedure that asks the form, by whom it is taken; `agency_id` None for all communes."""

    procedure_code: str
    procedure_name: str
    agency_id: int | None


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form with its versions, newest first, and where it is used."""

    code: str
    name: str
    name_en: str
    source_note: str
    versions: tuple[FormVersionCard, ...]
    uses: tuple[FormUse, ...]

    def version(self, number: int) -> FormVersionCard | None:
        """Return the version of that number."""
        return next((card for card in self.versions if card.number == number), None)

    @property
    def draft(self) -> FormVersionCard | None:
        """The version that is worked on."""
        return next((card for card in self.versions if card.state == FormState.DRAFT), None)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A version as its designer sees it; `undo` says what the last change was, '' when nothing can be taken back."""

    code: str
    name: str
    number: int
    state: str
    schema: dict[str, Any]
    examples: list[dict[str, Any]]
    revision: int
    undo: str


@dataclass(frozen=True, slots=True)
class FormChange:
    """One difference of two versions in words: where, and what it was and is ('' where there was or is nothing)."""

    place: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BlockCard:
    """A shared part of forms."""

    code: str
    name: str
    revision: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What came of one example: the messages by field that were expected and that came."""

    name: str
    is_met: bool
    expected: dict[str, str]
    said: dict[str, str]


class NoDraft(Refusal):
    """The form has no draft to work on."""

    code = "eform-no-draft"
    message = _("There is no draft of this form. Begin one first.")


class DraftExists(Refusal):
    """The form has a draft already."""

    code = "eform-draft-exists"
    message = _("This form has a draft already. Go on with it or discard it.")


class FormCodeTaken(Refusal):
    """Another form has that code."""

    code = "eform-code-taken"
    message = _("Another form has this code.")


class ExamplesFail(Refusal):
    """An example beside the form does not come out as written."""

    code = "eform-examples-fail"
    message = _("%(count)s examples do not come out as expected. Look at the examples before publishing.")


class NothingToUndo(Refusal):
    """The draft has no change that could be taken back."""

    code = "eform-nothing-to-undo"
    message = _("There is nothing to take back.")


class FormFileUnreadable(Refusal):
    """The file is no form."""

    code = "eform-file-unreadable"
    message = _("This file is no form: %(why)s")
    http_status = 422
