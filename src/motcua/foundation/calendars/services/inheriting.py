"""Calendars and desk turns of agencies that end go to their heirs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.calendars import loading
from motcua.foundation.calendars.models import Calendar, DayException, DeskTurn, OfficeHours


def own_calendars(*, agency_ids: Sequence[int], on: date) -> dict[int, int]:
    """Return how many calendars and desk turns of their own the agencies have on `on`, those without left out."""
    found: dict[int, int] = {}
    for table in (Calendar, DeskTurn):
        for agency_id in _open(table, agency_ids, on).values_list("agency_id", flat=True):
            found[agency_id] = found.get(agency_id, 0) + 1
    return found


def _open(table: type[models.Model], agency_ids: Sequence[int], on: date) -> models.QuerySet[Any]:
    # what begins that very day is the heir's already
    eve = on - timedelta(days=1)
    found = table._default_manager.filter(agency_id__in=list(agency_ids), valid__contains=eve)
    return found.filter(valid__contains=on).order_by("pk")


@transaction.atomic
def hand_calendars_over(*, agency_ids: Sequence[int], heirs: Mapping[int, int], on: date, at: datetime) -> int:
    """End the calendars and desk turns of agencies that end on `on`; the heir goes on with a copy from that day.

    An heir with a calendar of its own keeps it; of several predecessors' calendars the first one goes on. Promised due
    instants do not move. Returns how many ended; a second call finds none.
    """
    ended = 0
    for calendar in _open(Calendar, agency_ids, on):
        heir, until = heirs.get(calendar.agency_id), calendar.valid.upper
        _end(calendar, on)
        span = DateRange(on, until)
        if heir is not None and not Calendar.objects.filter(agency_id=heir, valid__overlap=span).exists():
            _copy(calendar, heir, span, at)
        ended += 1
    for turn in _open(DeskTurn, agency_ids, on):
        heir, until = heirs.get(turn.agency_id), turn.valid.upper
        _end(turn, on)
        if heir is not None:
            turn.pk, turn.agency_id, turn.valid, turn.entered_at = None, heir, DateRange(on, until), at
            turn.save(force_insert=True)
        ended += 1
    if ended:
        loading.forget_calendars()
        transaction.on_commit(loading.forget_calendars)
    return ended


def _end(row: Any, on: date) -> None:
    row.valid = DateRange(row.valid.lower, on)
    row.save(update_fields=["valid"])


def _copy(source: Calendar, heir: int, span: DateRange, at: datetime) -> None:
    made = Calendar.objects.create(
        code=f"{source.code[:28]}-{span.lower:%y%m%d}",
        agency_id=heir,
        name=source.name,
        name_en=source.name_en,
        changed_at=at,
        valid=span,
    )
    for table in (OfficeHours, DayException):
        for row in table._default_manager.filter(calendar=source, valid__overlap=span).order_by("pk"):
            lower = max(row.valid.lower, span.lower) if row.valid.lower else span.lower
            row.pk, row.calendar, row.valid = None, made, DateRange(lower, row.valid.upper)
            row.save(force_insert=True)
