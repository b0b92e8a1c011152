"""Limits, pauses and the named rules of counting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

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


class PauseRule(models.TextChoices):
    """What a pause gives back to a limit counted in working days."""

    WORKING_TIME = "working_time", _("the working time that passed")
    WHOLE_DAYS = "whole_days", _("the working days between its start and its end")


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


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `starts_at` until `ends_at` (None: still paused).

    Attributes:
        reason_code: `supplement`, `payment`, `tax`, `agency`, `posting`, `survey`, `suspended` or a code of the caller.
        holder: whom everybody waits for, as shown.
        note: reference shown in the ledger, such as the number of the supplement slip.
    """

    starts_at: datetime
    ends_at: datetime | None = None
    reason_code: str = "supplement"
    holder: Text = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody held the dossier from `starts_at` until `ends_at` (None: still does); `holder` as shown."""

    starts_at: datetime
    ends_at: datetime | None
    holder: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """How limits are counted: named rules with their legal source, in force from `valid_from`.

    Attributes:
        late_after: received after this hour counts as late in the day.
        late_moves_handover: a late receipt is handed over in the first hour of the next working day.
        late_moves_same_day: a late receipt of a same-day procedure is returned the next working day.
        late_moves_day_limits: a late receipt is taken as received the next working day, for limits in days too.
        first_day_counts: the day of receipt is day 1 of a limit counted in days or months.
        rest_day_moves_end: an end on a day of rest moves to the next working day.
        pause: what a pause gives back to a limit in working days.
        laws: field name -> legal source.
    """

    code: str
    valid_from: date
    late_after: time = time(15)
    late_moves_handover: bool = True
    late_moves_same_day: bool = True
    late_moves_day_limits: bool = False
    first_day_counts: bool = False
    rest_day_moves_end: bool = True
    pause: PauseRule = PauseRule.WORKING_TIME
    laws: Mapping[str, Text] = field(default_factory=dict)
