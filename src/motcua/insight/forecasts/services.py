"""Making all forecasts anew from the dossiers that were finished; nothing else writes them."""

from array import array
from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import SettledTime
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.insight.forecasts.models import Forecast
from motcua.insight.forecasts.selectors import PROVINCE
from motcua.insight.forecasts.types import Like

# Two rebuildings wait for each other; the number is this app's own.
LOCK = 0x4D435F46
Key = tuple[str, str, int]


def rebuild_forecasts(*, at: datetime) -> int:
    """Throw all forecasts away and make them from what was finished in the months before `at`; return how many.

    Readers see the old ones until the new ones are whole. Running it twice gives the same rows.
    """
    since = at - timedelta(days=settings.MOTCUA_FORECAST_DAYS)
    groups: dict[Key, array[int]] = defaultdict(lambda: array("q"))
    for batch in dossiers.settled_times(since=since, until=at):
        for item in batch:
            _add(groups, item)
    rows = [
        _row(key, sorted(times), at=at) for key, times in groups.items() if len(times) >= settings.MOTCUA_FORECAST_LEAST
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        Forecast.objects.all().delete()
        Forecast.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _add(groups: dict[Key, "array[int]"], item: SettledTime) -> None:
    """Count a dossier to its own agency and to the province, in its case and among all cases."""
    seconds = working_time(item)
    one = Like(item.procedure_code, item.case_name, item.competent_id)
    for case_key in (one.case_key, ""):
        for agency_id in (item.competent_id, PROVINCE):
            groups[item.procedure_code, case_key, agency_id].append(seconds)


def working_time(item: SettledTime) -> int:
    """Return the working seconds from acceptance to finish, without those for which the clock stood."""
    calendar = calendars.calendar_for(item.competent_id, on=civil_day(item.accepted_at))
    whole = calendars.working_seconds(calendar, item.accepted_at, item.finished_at)
    stood = sum(
        calendars.working_seconds(calendar, max(start, item.accepted_at), min(end, item.finished_at))
        for start, end in item.pauses
        if start < item.finished_at and end > item.accepted_at
    )
    return max(0, whole - stood)


def _row(key: Key, times: list[int], *, at: datetime) -> Forecast:
    procedure_code, case_key, agency_id = key
    return Forecast(
        procedure_code=procedure_code,
        case_key=case_key,
        agency_id=agency_id,
        count=len(times),
        median_seconds=nearest_rank(times, 50),
        p90_seconds=nearest_rank(times, 90),
        until_on=civil_day(at),
    )


def nearest_rank(ordered: list[int], percent: int) -> int:
    """Return the smallest of the ordered values that at least `percent` of a hundred do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
