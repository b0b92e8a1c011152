"""How long like dossiers took, and what that says of one of them."""

from collections.abc import Collection
from datetime import datetime

from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.insight.forecasts.models import Forecast
from motcua.insight.forecasts.types import Like, Outlook, Stage, Took

__all__ = ["forecast_for", "forecasts_for", "outlook"]

PROVINCE = 0


def forecast_for(*, like: Like) -> Took | None:
    """Return how long like dossiers took: of the agency, else of the province, else None (too few). One query."""
    return forecasts_for(likes=[like]).get(like)


def forecasts_for(*, likes: Collection[Like]) -> dict[Like, Took]:
    """Return the same of many; those without enough like dossiers are left out. One query, none for nothing."""
    if not likes:
        return {}
    rows = Forecast.objects.filter(
        procedure_code__in={like.procedure_code for like in likes},
        case_key__in={like.case_key for like in likes},
        agency_id__in={like.agency_id for like in likes} | {PROVINCE},
    ).values_list("procedure_code", "case_key", "agency_id", "count", "median_seconds", "p90_seconds")
    kept = {row[:3]: row[3:] for row in rows}
    found: dict[Like, Took] = {}
    for like in likes:
        for agency_id in (like.agency_id, PROVINCE):
            numbers = kept.get((like.procedure_code, like.case_key, agency_id))
            if numbers:
                found[like] = Took(*numbers, is_whole_province=agency_id == PROVINCE)
                break
    return found


def outlook(
    *, took: Took, agency_id: int, since: datetime, paused_seconds: int, is_standing: bool, at: datetime
) -> Outlook:
    """Return when a dossier taken in at `since` is likely to be done, on the agency's calendar. No query.

    Args:
        paused_seconds: working time for which its clock stood so far; like dossiers are measured without theirs.
        is_standing: the clock stands at `at`.
    """
    calendar = calendars.calendar_for(agency_id or None, on=civil_day(at))
    half_at = calendars.add_working_seconds(calendar, since, took.median_seconds + paused_seconds)
    most_at = calendars.add_working_seconds(calendar, since, took.p90_seconds + paused_seconds)
    stage = Stage.AHEAD if at <= half_at else Stage.PAST_HALF if at <= most_at else Stage.PAST_MOST
    return Outlook(took, Stage.STANDING if is_standing else stage, half_at, most_at)
