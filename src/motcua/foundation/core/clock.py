"""The clock. Only faces, jobs and commands read it; services get the instant as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in Vietnam's time zone."""
    return datetime.now(tz=VIETNAM)


def civil_day(at: datetime) -> date:
    """Return the civil day in Vietnam of the aware instant `at`."""
    return at.astimezone(VIETNAM).date()
