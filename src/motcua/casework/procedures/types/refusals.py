"""What the catalogue refuses, and why."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures.types.cards import ProcedureRef
from motcua.casework.procedures.types.importing import ImportProblem
from motcua.foundation.core.types import Invalid, Refusal


class ProcedureNotInForce(Refusal):
    """The procedure was repealed or replaced; `successors` are those that go on."""

    code = "procedure-not-in-force"
    message = _("The procedure %(code)s is no longer in force.")
    http_status = 410

    def __init__(self, code: str, name: str, ended_on: date | None, successors: tuple[ProcedureRef, ...]) -> None:
        super().__init__(code=code)
        self.name = name
        self.ended_on = ended_on
        self.successors = successors


class OfferNotFound(Refusal):
    """No agency here takes this procedure on that day."""

    code = "offer-not-found"
    message = _("This agency does not take in this procedure now.")
    http_status = 404


class VersionOverlaps(Refusal):
    """A version of the procedure already starts on or after that day."""

    code = "version-overlaps"
    message = _("A version of %(code)s already starts on %(on)s; choose a later day.")


class RecordRefused(Refusal):
    """A record cannot be taken as it is; `problems` says where and why."""

    code = "record-refused"
    message = _("The record %(code)s cannot be taken: %(reason)s")

    def __init__(self, problems: Sequence[ImportProblem]) -> None:
        first = problems[0]
        super().__init__(code=first.code, reason=f"{first.place} {first.message}".strip())
        self.problems = tuple(problems)


class SchemaRefused(Invalid):
    """The form's schema cannot be drawn; `fields` maps the place in the schema to what is wrong there."""

    code = "schema-refused"
    message = _("The form's schema cannot be used.")
