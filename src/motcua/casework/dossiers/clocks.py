"""Reading what a dossier's due instants follow from: its row, stops, extension, and downtimes that are given back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.casework.dossiers.deadlines import ClockOf, PutOff, Stop, rules_of
from motcua.casework.dossiers.models import Dossier, Extension, Pause
from motcua.casework.dossiers.types import ExtensionState
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Downtime, Limit, LimitUnit, WorkingCalendar
from motcua.foundation.core.clock import civil_day

_LONGEST = timedelta(days=3660)
_STOP = ("started_at", "ended_at", "holder", "reason_code", "effect", "reason", "ground", "due_before")


def clock_of(dossier: Dossier) -> ClockOf | None:
    """Return the clock of a dossier; None before acceptance or without a limit. Three narrow queries at most."""
    if dossier.counts_from is None or dossier.limit_unit == LimitUnit.NONE:
        return None
    return made(
        dossier,
        stops=stops_of([dossier.pk]).get(dossier.pk, ()),
        put_off=put_offs_of([dossier.pk]).get(dossier.pk),
        downtimes=given_back(tuple(dossier.deadline_rules), since=dossier.counts_from),
    )


def made(
    dossier: Dossier,
    *,
    stops: tuple[Stop, ...],
    put_off: PutOff | None,
    downtimes: tuple[Downtime, ...] = (),
) -> ClockOf:
    """Return the clock of an accepted dossier whose stops, extension and given-back downtimes are at hand."""
    since = dossier.counts_from
    assert since is not None  # noqa: S101 - the caller asked
    return ClockOf(
        limit=Limit(dossier.limit_value, LimitUnit(dossier.limit_unit)),
        statutory=Limit(dossier.statutory_value, LimitUnit(dossier.statutory_unit)),
        counts_from=since,
        competent_id=dossier.competent_agency_id,
        rules=tuple(dossier.deadline_rules),
        stops=stops,
        put_off=put_off,
        downtimes=downtimes,
    )


def calendar_of(clock: ClockOf) -> WorkingCalendar:
    """Return the calendar that a clock counts by: the competent agency's of the day since which it counts."""
    return calendars.calendar_for(clock.competent_id, on=civil_day(clock.counts_from))


def stops_of(dossier_ids: Iterable[int]) -> dict[int, tuple[Stop, ...]]:
    """Return the stops of dossiers, oldest first. One query."""
    found: dict[int, tuple[Stop, ...]] = {}
    rows = Pause.objects.filter(dossier_id__in=list(dossier_ids)).order_by("started_at", "pk")
    for dossier_id, *values in rows.values_list("dossier_id", *_STOP):
        found[dossier_id] = (*found.get(dossier_id, ()), Stop(*values))
    return found


def put_offs_of(dossier_ids: Iterable[int]) -> dict[int, PutOff]:
    """Return the granted extensions of dossiers. One query."""
    rows = Extension.objects.filter(dossier_id__in=list(dossier_ids), state=ExtensionState.GRANTED)
    return {
        dossier_id: PutOff(to, granted_at)
        for dossier_id, to, granted_at in rows.values_list("dossier_id", "new_due_at", "decided_at")
        if granted_at is not None
    }


def given_back(codes: tuple[str, ...], *, since: datetime) -> tuple[Downtime, ...]:
    """Return the downtimes since an instant whose time is given back by decision or by the rules. One query."""
    rules = rules_of(codes, since=since) if codes else None
    return tuple(item for item in calendars.downtimes(since, since + _LONGEST, rules=rules) if not item.counts)


def clocks_of(dossiers: Iterable[Dossier]) -> dict[int, ClockOf]:
    """Return the clocks of accepted dossiers with a limit, by id. Two queries, and one a choice of rules."""
    counted = [row for row in dossiers if row.counts_from is not None and row.limit_unit != LimitUnit.NONE]
    if not counted:
        return {}
    ids = [row.pk for row in counted]
    stops, put_offs = stops_of(ids), put_offs_of(ids)
    oldest = min(row.accepted_at for row in counted if row.accepted_at is not None)
    downtimes: dict[tuple[str, ...], tuple[Downtime, ...]] = {}
    found = {}
    for row in counted:
        codes = tuple(row.deadline_rules)
        if codes not in downtimes:
            downtimes[codes] = given_back(codes, since=oldest)
        found[row.pk] = made(
            row, stops=stops.get(row.pk, ()), put_off=put_offs.get(row.pk), downtimes=_after(row, downtimes[codes])
        )
    return found


def _after(dossier: Dossier, downtimes: tuple[Downtime, ...]) -> tuple[Downtime, ...]:
    since = dossier.counts_from
    return tuple(item for item in downtimes if since is not None and (item.ends_at is None or item.ends_at > since))
