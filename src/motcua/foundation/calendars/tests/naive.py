"""The same arithmetic done the slow and obvious way, minute by minute and day by day, to compare with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.calendars.tests.moments import VIETNAM
from motcua.foundation.calendars.types import DayKind, Pause, SpecialDays, WeekHours

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Naive:
    """Rows as entered; every answer is found by walking."""

    hours: Sequence[WeekHours]
    special_days: Sequence[SpecialDays]

    def weekday_worked(self, day: date) -> int | None:
        """Return whose weekday's hours (1 to 7) hold on `day`; None when closed."""
        for row in self.special_days:
            if row.since <= day < row.until:
                if row.kind != DayKind.MAKEUP:
                    return None
                return row.replaces_on.isoweekday() if row.replaces_on else 1
        return day.isoweekday()

    def minutes_of(self, day: date) -> list[datetime]:
        """Return the starts of the counted minutes of `day`."""
        weekday = self.weekday_worked(day)
        midnight = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
        rows = [row for row in self.hours if row.weekday == weekday and row.counts_for_deadlines]
        return [
            moment
            for moment in (midnight + MINUTE * minute for minute in range(1440))
            if any(row.starts <= moment.time() < row.ends for row in rows)
        ]

    def counted_minutes(self, since: datetime) -> Iterator[datetime]:
        """Yield the starts of counted minutes from `since` on, without end."""
        day = since.date()
        while True:
            yield from (minute for minute in self.minutes_of(day) if minute >= since)
            day += timedelta(days=1)

    def working_seconds(self, a: datetime, b: datetime) -> int:
        """Return counted seconds from `a` to `b` >= `a`."""
        total = 0
        for minute in self.counted_minutes(a):
            if minute >= b:
                return total
            total += 60
        raise AssertionError

    def add(self, at: datetime, seconds: int) -> datetime:
        """Return the first instant with that much counted time since `at`."""
        for minute in self.counted_minutes(at):
            seconds -= 60
            if seconds == 0:
                return minute + MINUTE
        raise AssertionError

    def due_after_working_days(self, received: datetime, days: int, pauses: Sequence[Pause]) -> datetime:
        """Return the due instant of a limit in working days."""
        start = received.date() + timedelta(days=1)
        wanted, day = 0, start
        while days:
            minutes = len(self.minutes_of(day))
            days -= bool(minutes)
            wanted += minutes
            day += timedelta(days=1)
        return self._count(datetime(start.year, start.month, start.day, tzinfo=VIETNAM), wanted, pauses)

    def due_after_working_hours(self, received: datetime, hours: int, pauses: Sequence[Pause]) -> datetime:
        """Return the due instant of a limit in working hours."""
        return self._count(received, hours * 60, pauses)

    def _count(self, since: datetime, wanted: int, pauses: Sequence[Pause]) -> datetime:
        for minute in self.counted_minutes(since):
            if any(pause.starts_at <= minute < pause.ends_at for pause in pauses):
                continue
            wanted -= 1
            if wanted == 0:
                return minute + MINUTE
        raise AssertionError
