"""Remembers up to when the histories were planned, so that an interrupted play goes on with the same plan."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a plan depends on; `is_done` when everything up to `until` was played."""

    until: str
    dossiers: int
    days: int
    is_done: bool = False

    @property
    def instant(self) -> datetime:
        """The end of the histories."""
        return datetime.fromisoformat(self.until)

    def working_days(self) -> list[date]:
        """Return the working days of the period, the last one included when it is one."""
        last = self.instant.date()
        calendar = calendars.calendar_for(None, on=last)
        span = (last - timedelta(days=offset) for offset in range(self.days, -1, -1))
        return [
            day
            for day in span
            if calendars.is_open(calendar, datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM))
        ]

    def write(self, file: Path, *, is_done: bool) -> None:
        """Keep the anchor in `file`."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self) | {"is_done": is_done}) + "\n", encoding="utf-8")


def read(file: Path) -> Anchor | None:
    """Return the anchor kept in `file`, None when there is none that can be read."""
    try:
        return Anchor(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
