"""Limits as people write them, in Vietnamese or English."""

import re

from motcua.foundation.calendars.types import Limit, LimitNotUnderstood, LimitUnit
from motcua.foundation.core.folding import fold

_COUNTED = re.compile(r"(\d{1,5}) ?([a-z ]+)")
_UNITS = {
    LimitUnit.WORKING_HOUR: {"working hour", "working hours", "gio lam viec", "gio"},
    LimitUnit.WORKING_DAY: {"working day", "working days", "ngay lam viec"},
    LimitUnit.DAY: {"day", "days", "calendar day", "calendar days", "ngay"},
    LimitUnit.MONTH: {"month", "months", "thang"},
}
_FIXED = {
    LimitUnit.SAME_DAY: {"same day", "within the day", "trong ngay", "ngay trong ngay"},
    LimitUnit.NONE: {"none", "no limit", "khong", "khong quy dinh"},
}


def parse_limit(text: str) -> Limit:
    """Return the limit written as "5 working days", "5 ngày làm việc", "same day" or "none"; case and marks are free.

    Raises:
        LimitNotUnderstood: it is none of these.
    """
    words = fold(text.replace("_", " "))
    for unit, forms in _FIXED.items():
        if words in forms:
            return Limit(0, unit)
    counted = None if text.lstrip().startswith(("-", "−")) else _COUNTED.fullmatch(words)
    if counted:
        for unit, forms in _UNITS.items():
            if counted[2] in forms:
                return Limit(int(counted[1]), unit)
    raise LimitNotUnderstood
