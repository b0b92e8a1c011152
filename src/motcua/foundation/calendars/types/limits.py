"""Limits, pauses, holders and downtimes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from motcua.foundation.core.types import Refusal

Text = str | Promise


class LimitUnit(models.TextChoices):
    """In what a legal limit is counted."""

    WORKING_HOUR = "working_hour", _("working hours")
    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("days")
    MONTH = "month", _("months")
    SAME_DAY = "same_day", _("within the day")
    NONE = "none", _("no limit")


class LimitNotUnderstood(Refusal):
    """The limit is not one of the known forms, such as "5 working days"."""

    code = "limit-not-understood"
    message = _(
        'This limit is not understood. Write it as "5 working days", "8 working hours", "10 days" or "same day".'
    )
    http_status = 422


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal limit such as 5 working days; `value` is 0 for `same_day` and `none`."""

    value: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", LimitUnit(self.unit))
        if self.value < 0 or (self.value == 0 and self.unit not in {LimitUnit.SAME_DAY, LimitUnit.NONE}):
            raise LimitNotUnderstood

    @property
    def text(self) -> Text:
        """The limit in words of the reader's language, such as "5 working days"."""
        forms = _LIMIT_FORMS.get(self.unit)
        return forms % {"count": self.value} if forms else self.unit.label

    def __str__(self) -> str:
        return str(self.text)


_LIMIT_FORMS = {
    LimitUnit.WORKING_HOUR: ngettext_lazy("%(count)d working hour", "%(count)d working hours", "count"),
    LimitUnit.WORKING_DAY: ngettext_lazy("%(count)d working day", "%(count)d working days", "count"),
    LimitUnit.DAY: ngettext_lazy("%(count)d day", "%(count)d days", "count"),
    LimitUnit.MONTH: ngettext_lazy("%(count)d month", "%(count)d months", "count"),
}


class StopHolder(models.TextChoices):
    """Whom everybody waits for while the clock of the agency stands still."""

    CITIZEN = "citizen", _("the applicant")
    TAX = "tax", _("the tax authority")
    PAYMENT = "payment", _("the payment of a financial obligation")
    POSTING = "posting", _("the end of the public posting")
    SURVEY = "survey", _("a survey or field check")
    POLICE = "police", _("the police")
    COURT = "court", _("the court")
    ASKED_AGENCY = "asked_agency", _("the agency asked for its opinion")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `starts_at` until `ends_at` (None: still paused).

    Attributes:
        reason_code: `supplement`, `payment`, `tax`, `agency`, `posting`, `survey`, `suspended`, `downtime` or a code of
            the caller.
        holder: whom everybody waits for, as shown: the label of a StopHolder, or a name.
        note: reference shown in the ledger, such as the number of the supplement slip.
        ground: legal ground of the pause.
    """

    starts_at: datetime
    ends_at: datetime | None = None
    reason_code: str = "supplement"
    holder: Text = ""
    note: str = ""
    ground: Text = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody held the dossier from `starts_at` until `ends_at` (None: still does); `holder` as shown."""

    starts_at: datetime
    ends_at: datetime | None
    holder: Text


@dataclass(frozen=True, slots=True)
class Downtime:
    """A system stood still from `starts_at` until `ends_at` (None: still does).

    Attributes:
        whose: a Whose: this system, a ministry's, a national one.
        counts: the time is used up as ever; False: it is given back like a pause.
        note: what stood still, and the notice of it.
        decision: the paper that says so for this downtime; '' when the rule in force decides.
        withdrawn: why it was taken back; '' while it stands.
    """

    id: int
    whose: str
    starts_at: datetime
    ends_at: datetime | None
    counts: bool
    note: str = ""
    decision: str = ""
    withdrawn: str = ""
