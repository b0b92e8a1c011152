"""The date of the result if everything were handed in now, and the rows that explain it."""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.procedures.types import LimitLine
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Ledger, Limit, LimitUnit, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Promise:
    """What may be promised.

    Attributes:
        received_at: now, or when the desk next opens.
        is_now: the desk is open at this moment.
        limit: the limit that the date rests on.
        ledger: why this date.
        late_hour: for a same-day procedure, the hour after which the result comes the next working day.
    """

    received_at: datetime
    is_now: bool
    due_at: datetime
    limit: Limit
    ledger: Ledger
    late_hour: int | None


def promise(line: LimitLine | None, *, calendar: WorkingCalendar, now: datetime) -> Promise | None:
    """Return the promise, or None when nothing is published or a person must look at the limit first."""
    if line is None or line.needs_review or line.unit == LimitUnit.NONE:
        return None
    limit = Limit(line.value, LimitUnit(line.unit))
    received_at = calendars.next_working_instant(calendar, now)
    rules = calendars.rules_for(on=received_at.date())
    due_at = calendars.due_at(limit=limit, received_at=received_at, calendar=calendar, rules=rules)
    if due_at is None:
        return None
    ledger = calendars.ledger(calendar=calendar, received_at=received_at, limit=limit, until=due_at, rules=rules)
    late_hour = rules.late_after.hour if limit.unit == LimitUnit.SAME_DAY else None
    return Promise(
        received_at=received_at,
        is_now=received_at == now,
        due_at=due_at,
        limit=limit,
        ledger=ledger,
        late_hour=late_hour,
    )
