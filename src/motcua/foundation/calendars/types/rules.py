"""The named rules of counting: rows with their legal source, and the frozen set of values that the arithmetic uses."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types.limits import Text
from motcua.foundation.core.types import Refusal


class PauseRule(models.TextChoices):
    """What a pause gives back to a limit counted in working days."""

    WORKING_TIME = "working_time", _("the working time that passed")
    WHOLE_DAYS = "whole_days", _("the working days between its start and its end")


class DayCount(models.TextChoices):
    """How a limit in working days is counted."""

    WHOLE_DAYS = "whole_days", _("whole days, until office hours end on the last one")
    HOURS = "hours", _("as so many times the hours of an ordinary day, from the hour of receipt")


class Whose(models.TextChoices):
    """Whose system stood still."""

    OURS = "ours", _("this system")
    MINISTRY = "ministry", _("a ministry's system")
    NATIONAL = "national", _("the national portal or a national database")


class RuleEditKind(models.TextChoices):
    """What a change did to the rules of counting."""

    ENTERED = "entered", _("Value entered")
    ENDED = "ended", _("Rule ended")
    WITHDRAWN = "withdrawn", _("Value taken out before it held")


class RuleUnknown(Refusal):
    """No rule of counting has that code."""

    code = "rule-unknown"
    message = _("There is no rule of counting with the code %(code)s. Rules: %(known)s.")
    http_status = 422


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """How limits are counted on one day: the values of all named rules, with the legal source of each.

    Attributes:
        codes: the rules applied, those in force by default first.
        late_after: received after this hour counts as late in the day.
        late_moves_handover: a late receipt is handed over in the first hour of the next working day.
        late_moves_same_day: a late receipt of a same-day procedure is returned the next working day.
        late_moves_day_limits: a late receipt is taken as received the next working day, for limits in days too.
        first_day_counts: the day of receipt is day 1 of a limit counted in days or months.
        rest_day_moves_end: an end on a day of rest moves to the next working day.
        day_count: whether working days are whole days or so many hours from the receipt.
        pause: what a pause gives back to a limit in working days.
        downtime_ours, downtime_ministry, downtime_national: whether time in which that system stood still is used up.
        acceptance_hours: working hours in which an online filing is answered.
        return_within_days: working days in which a dossier found not eligible is returned.
        return_restarts: after such a return the limit starts from zero when the dossier is complete.
        extensions_at_most: how often a due date may be put off; extension_notice_days: at the latest so many working
            days before it.
        entry_days_chairman, entry_days_minister, entry_days_shortened: working days within which procedures published
            by a decision stand in the national database: of a provincial Chairman, of a minister, of a shortened text.
        laws: field name -> legal source.
    """

    codes: tuple[str, ...] = ()
    late_after: time = time(15)
    late_moves_handover: bool = True
    late_moves_same_day: bool = True
    late_moves_day_limits: bool = False
    first_day_counts: bool = False
    rest_day_moves_end: bool = True
    day_count: DayCount = DayCount.WHOLE_DAYS
    pause: PauseRule = PauseRule.WORKING_TIME
    downtime_ours: bool = True
    downtime_ministry: bool = True
    downtime_national: bool = True
    acceptance_hours: int = 8
    return_within_days: int = 3
    return_restarts: bool = True
    extensions_at_most: int = 1
    extension_notice_days: int = 1
    entry_days_chairman: int = 5
    entry_days_minister: int = 10
    entry_days_shortened: int = 2
    laws: Mapping[str, Text] = field(default_factory=dict)

    def downtime_counts(self, whose: str) -> bool:
        """Say whether time in which the system of `whose` stood still is used up as ever."""
        return bool(getattr(self, f"downtime_{Whose(whose)}"))


SETTINGS = frozenset(item.name for item in fields(DeadlineRules)) - {"codes", "laws"}


def _spoken(vi: str, en: str) -> str:
    return en if en and (get_language() or "").startswith("en") else vi


bilingual = lazy(_spoken, str)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One named rule as it is in force from `since` up to but not including `until`.

    Attributes:
        setting: the field of DeadlineRules that it sets; value: to what.
        is_default: it holds for every procedure; otherwise only where a procedure chose its code.
        is_verified: the text of the law was read and says so.
    """

    code: str
    setting: str
    value: Any
    name: str
    name_en: str = ""
    explanation: str = ""
    explanation_en: str = ""
    law: str = ""
    law_en: str = ""
    is_default: bool = True
    is_verified: bool = False
    since: date | None = None
    until: date | None = None

    def is_in_force(self, ordinal: int) -> bool:
        """Say whether the rule holds on the day of that proleptic ordinal."""
        starts = self.since is None or self.since.toordinal() <= ordinal
        return starts and (self.until is None or ordinal < self.until.toordinal())


class RuleBook:
    """All named rules with their dates; asked for the values of a day. Immutable, compared by identity."""

    __slots__ = ("_changes", "_made", "known", "rows")

    def __init__(self, rows: Sequence[RuleRow]) -> None:
        self.rows = tuple(rows)
        self.known = frozenset(row.code for row in rows)
        days = {day.toordinal() for row in rows for day in (row.since, row.until) if day}
        self._changes = sorted(days)
        self._made: dict[tuple[tuple[str, ...], int], DeadlineRules] = {}

    def on(self, ordinal: int, codes: tuple[str, ...] = ()) -> DeadlineRules:
        """Return the values in force on a day: the defaults, then the chosen rules over them.

        A chosen rule that is not in force that day changes nothing.

        Raises:
            RuleUnknown: a code that no rule ever had.
        """
        key = codes, bisect_right(self._changes, ordinal)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(ordinal, codes)
        return made

    def _make(self, ordinal: int, codes: tuple[str, ...]) -> DeadlineRules:
        for code in codes:
            if code not in self.known:
                raise RuleUnknown(code=code, known=", ".join(sorted(self.known)))
        in_force = [row for row in self.rows if row.is_in_force(ordinal)]
        chosen = [row for code in codes for row in in_force if row.code == code and not row.is_default]
        rows = {row.setting: row for row in (*(row for row in in_force if row.is_default), *chosen)}
        return DeadlineRules(
            codes=tuple(row.code for row in rows.values()),
            **{row.setting: row.value for row in rows.values()},
            laws={row.setting: bilingual(row.law, row.law_en) for row in rows.values()},
        )


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule as shown: `value_text` says the `value` in words; `until_on` is the last day, None while in force."""

    code: str
    setting: str
    name: Text
    explanation: Text
    law: Text
    value_text: Text
    value: Any
    is_default: bool
    is_verified: bool
    since: date | None
    until_on: date | None
    is_in_force: bool
