"""Which procedures a process serves, and the legal limits that it has to keep."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.procedures.models import Offer, ProcedureVersion
from motcua.casework.procedures.selectors.lines import limit_line
from motcua.casework.procedures.types import LimitLine
from motcua.foundation.calendars.types import LimitUnit

# Working hours of one unit. Calendar days and months hold days off: five working days a week are assumed, rounded down.
_HOURS = {LimitUnit.SAME_DAY: 8.0, LimitUnit.WORKING_HOUR: 1.0, LimitUnit.WORKING_DAY: 8.0, LimitUnit.DAY: 40 / 7}
_DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class ProcessLimit:
    """A limit of a procedure that a process serves.

    Attributes:
        hours: working hours, None without a limit; is_rough: reckoned from calendar days or months.
    """

    code: str
    name: str
    limit: LimitLine
    hours: int | None
    is_rough: bool


def limits_of_process(process_code: str, *, on: date) -> tuple[ProcessLimit, ...]:
    """Return the limits of all procedures that some agency does by this process on `on`, the shortest first.

    Three statements, however many there are.
    """
    procedures = Offer.objects.filter(process_code=process_code, valid__contains=on).values("procedure_id")
    versions = (
        ProcedureVersion.objects.filter(procedure__in=procedures, valid__contains=on)
        .select_related("procedure")
        .prefetch_related("limits", "cases")
        .order_by("sort_key", "pk")
    )
    found = []
    for version in versions:
        cases = {case.pk: case.name for case in version.cases.all()}
        # An addition for a kind of place only lengthens the limit that stands beside it.
        rows = [row for row in version.limits.all() if not row.is_addition]
        for row in sorted(rows, key=lambda limit: limit.position):
            line = limit_line(row, cases)
            hours, rough = working_hours(line.value, line.unit)
            found.append(ProcessLimit(version.procedure.code, version.name, line, hours, rough))
    return tuple(sorted(found, key=lambda item: (item.hours is None, item.hours or 0)))


def working_hours(value: int, unit: str) -> tuple[int | None, bool]:
    """Return (working hours of a limit, whether they are reckoned from calendar days); None without a limit."""
    if unit == LimitUnit.NONE:
        return None, False
    if unit == LimitUnit.MONTH:
        return int(value * _DAYS_A_MONTH * _HOURS[LimitUnit.DAY]), True
    count = 1 if unit == LimitUnit.SAME_DAY else value
    return int(count * _HOURS[LimitUnit(unit)]), unit == LimitUnit.DAY
