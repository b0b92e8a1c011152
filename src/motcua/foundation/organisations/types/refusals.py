"""Refusals about the structure of agencies; each says the reason and the mend."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations.types.reorganisation import Problem


class IdentifierMalformed(Refusal):
    """Not an electronic identifier of either order."""

    code = "identifier-malformed"
    message = _(
        "%(value)s is no electronic identifier. Write capital letters, digits and dots only, at most 35 characters, "
        "such as H56.12.3 or 000.00.12.H56."
    )
    http_status = 422


class IdentifierNotConvertible(Refusal):
    """The identifier cannot be written in the other order."""

    code = "identifier-not-convertible"
    message = _(
        "%(value)s cannot be written in the other order: that one has four groups of 3, 2, 2 and 3 characters. "
        "Enter both identifiers by hand."
    )
    http_status = 422


class AgencyTreeCycle(Refusal):
    """An agency would lie below itself."""

    code = "agency-cycle"
    message = _("%(path)s would make a circle. Choose a parent that does not lie below the agency.")
    http_status = 422


class AgencyPeriodsOverlap(Refusal):
    """An agency would have two names or parents on one day."""

    code = "agency-overlap"
    message = _(
        "%(code)s already has a name and a parent for part of this period. End that period first, or begin later."
    )
    http_status = 422


class ReorganisationNotOpen(Refusal):
    """It was planned, carried out or undone meanwhile."""

    code = "reorganisation-not-open"
    message = _("This reorganisation is %(state)s: it can no longer be changed this way.")


class ReorganisationBlocked(Refusal):
    """Something must be mended before it can be planned or carried out.

    Attributes:
        problems: each with reason and mend.
    """

    code = "reorganisation-blocked"
    message = _("%(count)s problems must be mended first: %(first)s")
    http_status = 422

    def __init__(self, problems: Sequence[Problem], **params: Any) -> None:
        first = problems[0]
        super().__init__(count=len(problems), first=f"{first.reason} {first.mend}", **params)
        self.problems = tuple(problems)


class TooLateToUndo(Refusal):
    """The day has come; the structure is another one."""

    code = "reorganisation-too-late"
    message = _("The reorganisation took effect on %(on)s. Undo it by a new reorganisation in the other direction.")
