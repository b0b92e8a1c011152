"""Worked examples of a rule that is about to change: the same receipts, counted by what holds and by what would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit, RuleChange, Text, WorkingCalendar
from motcua.foundation.core.clock import VIETNAM

_HOURS = (time(9), time(16))
_LIMITS = (
    Limit(0, LimitUnit.SAME_DAY),
    Limit(8, LimitUnit.WORKING_HOUR),
    Limit(5, LimitUnit.WORKING_DAY),
    Limit(10, LimitUnit.DAY),
    Limit(1, LimitUnit.MONTH),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A receipt with its limit, when it is due by the rules in force, and by those proposed."""

    received_at: datetime
    limit: Text
    before: datetime | None
    after: datetime | None


def examples(change: RuleChange, proposed: Callable[[int | None, date], WorkingCalendar]) -> list[Example]:
    """Return the receipts on the first day of a change that come out differently; none where no such one does."""
    now = calendars.calendar_for(None, on=change.since)
    then = proposed(None, change.since)
    day = change.since
    while not now.is_working_day(day):
        day += timedelta(days=1)
    codes = () if change.enter and change.enter.is_default else (change.code,)
    known = tuple(code for code in codes if code in now.rulebook.known)
    found = []
    for hour in _HOURS:
        at = datetime.combine(day, hour, tzinfo=VIETNAM)
        old, new = now.rules_of(at, known), then.rules_of(at, codes)
        for limit in _LIMITS:
            before = calendars.due_at(limit=limit, received_at=at, calendar=now, rules=old)
            after = calendars.due_at(limit=limit, received_at=at, calendar=then, rules=new)
            found.append(Example(at, str(limit), before, after))
        answered = [
            calendars.add_working_seconds(now, at, rules.acceptance_hours * 3600) for rules in (old, new)
        ]  # fmt: skip
        found.append(Example(at, _("answer to an online filing"), *answered))
    return [example for example in found if example.before != example.after]
