"""Limits, pauses, rules, calendars and ledgers as frozen values: importable by every app above, free of queries."""

from motcua.foundation.calendars.types.days import (
    CalendarNotFound,
    CalendarWithoutHours,
    DayKind,
    DayOffNotice,
    DayStatus,
    OpeningNote,
    OutsideCalendar,
    Ranges,
    SpecialDays,
    WeekHours,
    WorkingCalendar,
)
from motcua.foundation.calendars.types.ledger import Interval, IntervalKind, Ledger, hours_and_minutes
from motcua.foundation.calendars.types.limits import (
    Holding,
    Limit,
    LimitNotUnderstood,
    LimitUnit,
    Pause,
    PauseRule,
    Rules,
    Text,
)

__all__ = [
    "CalendarNotFound",
    "CalendarWithoutHours",
    "DayKind",
    "DayOffNotice",
    "DayStatus",
    "Holding",
    "Interval",
    "IntervalKind",
    "Ledger",
    "Limit",
    "LimitNotUnderstood",
    "LimitUnit",
    "OpeningNote",
    "OutsideCalendar",
    "Pause",
    "PauseRule",
    "Ranges",
    "Rules",
    "SpecialDays",
    "Text",
    "WeekHours",
    "WorkingCalendar",
    "hours_and_minutes",
]
