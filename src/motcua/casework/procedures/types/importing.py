"""What an import and a comparison of records say."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

# One record of the national format with our own keys under "motcua", as json.loads gives it.
RecordJson = dict[str, Any]


class Outcome(enum.Enum):
    """What publishing a record came to."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RecordPart(models.TextChoices):
    """The parts that make a procedure complete: the eight of the decree, the last where it applies."""

    NAME = "name", _lazy("Name")
    STEPS = "steps", _lazy("Order of steps")
    WAYS = "ways", _lazy("Ways of filing")
    PAPERS = "papers", _lazy("Papers and their number")
    LIMITS = "limits", _lazy("Time limit")
    AUDIENCE = "audience", _lazy("Who may ask")
    AGENCIES = "agencies", _lazy("Agencies")
    RESULTS = "results", _lazy("Result")


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part without which a procedure is not complete, and a sentence that says so."""

    part: RecordPart
    message: str


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something in a record that the import could not take as it stood; the record went in unless `is_fatal`.

    Attributes:
        place: path in the record, such as `submission_methods[0].time_unit`; '' for the record as a whole.
        text, values: the sentence in English and what stands in it; `message` is the sentence as one reads it.
    """

    line: int
    code: str
    place: str
    text: str
    is_fatal: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return _(self.text) % self.values if self.values else _(self.text)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    created: int
    changed: int
    unchanged: int
    refused: int
    problems: tuple[ImportProblem, ...]
    # code and name of what changed nothing at all are not listed; these are the codes that did
    created_codes: tuple[str, ...] = ()
    changed_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two records: the part of the record, where in it, and the words before and after.

    '' before: it is new; '' after: it went. `place` is '' for the part as a whole.
    """

    part: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """A version's record as it is written out."""

    code: str
    valid_from: date
    content: RecordJson
