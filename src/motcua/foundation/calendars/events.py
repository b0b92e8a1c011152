"""Facts about working time, in the past tense."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.foundation.core.outbox import Event


@dataclass(frozen=True, slots=True)
class CalendarChanged(Event):
    """Days or hours of a calendar changed; open dossiers of its agencies may be due at another time.

    Attributes:
        change_id: of the history's entry; `services.record_recomputation` reports on it.
        agency_id: whose calendar; None the province's, inherited by all.
        first_day, last_day: the days touched; `last_day` None: from then on.
        by: person id, None for the system.
    """

    topic: ClassVar[str] = "calendars.changed"
    subject_field: ClassVar[str] = "calendar_id"
    change_id: int
    calendar_id: int
    agency_id: int | None
    first_day: date
    last_day: date | None
    reason: str
    by: int | None


@dataclass(frozen=True, slots=True)
class DowntimeRecorded(Event):
    """A downtime was recorded, ended or withdrawn.

    Attributes:
        counts: whether the time is used up for every procedure; False also when a procedure may have chosen a rule that
            gives it back; did_count: the same before.
        by: person id, None for the system.
    """

    topic: ClassVar[str] = "calendars.downtime_recorded"
    subject_field: ClassVar[str] = "downtime_id"
    downtime_id: int
    whose: str
    starts_at: datetime
    ends_at: datetime | None
    counts: bool
    did_count: bool
    by: int | None
