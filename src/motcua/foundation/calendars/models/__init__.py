"""Tables of calendars: days and hours, rules of counting, and the registers of changes, downtimes and desk turns."""

from motcua.foundation.calendars.models.days import Calendar, DayException, OfficeHours
from motcua.foundation.calendars.models.registers import CalendarEdit, DeskTurn, SystemDowntime
from motcua.foundation.calendars.models.rules import DeadlineRule, RuleEdit

__all__ = [
    "Calendar",
    "CalendarEdit",
    "DayException",
    "DeadlineRule",
    "DeskTurn",
    "OfficeHours",
    "RuleEdit",
    "SystemDowntime",
]
