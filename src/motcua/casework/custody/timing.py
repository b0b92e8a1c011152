"""Until when paper is to be handed over. Private."""

from datetime import datetime

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

# "The first hour": counted by the calendar of the agency that hands over.
HOUR = 3600


def due_to_hand_over(since: datetime, *, unit_id: int, at: datetime) -> datetime:
    """Return until when a folder that waits since an instant is to be handed over by a unit.

    The end of office hours that day; received after the late hour (15:00 by the rules of counting) or outside working
    days, the end of the first working hour of the next working day. The late hour and whether it moves the hand-over
    are rules with dates (see calendars): the office changes them, not the program.

    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    agency_id = organisations.agency_of_unit(unit_id, on=civil_day(at))
    calendar = calendars.calendar_for(agency_id, on=civil_day(since))
    passes_at = calendars.handover_at(calendar, since)
    if civil_day(passes_at) == civil_day(since):
        same_day = Limit(0, LimitUnit.SAME_DAY)
        end = calendars.due_at(limit=same_day, received_at=since, calendar=calendar)
        if end is not None and civil_day(end) == civil_day(since):
            return end
    return calendars.add_working_seconds(calendar, passes_at, HOUR)
