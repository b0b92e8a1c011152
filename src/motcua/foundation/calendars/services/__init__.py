"""Changes of calendars, rules and registers. Who may ask for them is decided above, where posts are known."""

from motcua.foundation.calendars.services.changing import change_calendar, record_recomputation, record_special_days
from motcua.foundation.calendars.services.inheriting import hand_calendars_over, own_calendars
from motcua.foundation.calendars.services.packaging import create_calendar, load_packaged_calendar
from motcua.foundation.calendars.services.registering import (
    end_downtime,
    enter_desk_turn,
    record_downtime,
    remove_desk_turn,
    withdraw_downtime,
)
from motcua.foundation.calendars.services.ruling import end_rule, enter_rule, load_packaged_rules

__all__ = [
    "change_calendar",
    "create_calendar",
    "end_downtime",
    "end_rule",
    "enter_desk_turn",
    "enter_rule",
    "hand_calendars_over",
    "load_packaged_calendar",
    "load_packaged_rules",
    "own_calendars",
    "record_downtime",
    "record_recomputation",
    "record_special_days",
    "remove_desk_turn",
    "withdraw_downtime",
]
