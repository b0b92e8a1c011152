"""Which open dossiers would be due at another time under other calendars: the preview of a change."""

from collections.abc import Callable, Iterator
from datetime import datetime

from motcua.casework.dossiers import clocks
from motcua.casework.dossiers.deadlines import due_instants
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.types import MovedPage, MovedRow, State
from motcua.foundation.calendars.types import WorkingCalendar

_BATCH = 2000
_READ = (
    "public_id", "code", "competent_agency_id", "limit_value", "limit_unit", "statutory_value", "statutory_unit",
    "deadline_rules", "accepted_at", "restarted_at", "due_at",
)  # fmt: skip


def due_dates_moved(
    *,
    agency_ids: set[int] | None,
    calendars: Callable[[int], WorkingCalendar],
    at: datetime,
    limit: int = 25,
    after: int | None = None,
) -> MovedPage:
    """Return a page of dossiers whose promised date would move, by id, with the exact total; nothing is written.

    Args:
        agency_ids: competent agencies looked at; None: all. calendars: agency id to the calendar that would hold.
        after: `next_key` of the page before.
    """
    rows: list[MovedRow] = []
    total = looked_at = 0
    has_more = False
    for dossier, due in _computed(agency_ids, calendars):
        looked_at += 1
        if due is None or dossier.due_at is None or due == dossier.due_at:
            continue
        total += 1
        if after is not None and dossier.pk <= after:
            continue
        if len(rows) < limit:
            rows.append(MovedRow(dossier.shown_code, dossier.public_id, dossier.due_at, due, dossier.pk))
        else:
            has_more = True
    return MovedPage(tuple(rows), total, looked_at, rows[-1].key if has_more else None)


def _computed(
    agency_ids: set[int] | None, calendars: Callable[[int], WorkingCalendar]
) -> Iterator[tuple[Dossier, datetime | None]]:
    found = Dossier.objects.filter(state=State.IN_PROCESS, due_at__isnull=False)
    if agency_ids is not None:
        found = found.filter(competent_agency_id__in=agency_ids)
    last = 0
    while batch := list(found.filter(pk__gt=last).order_by("pk").only(*_READ)[:_BATCH]):
        known = clocks.clocks_of(batch)
        for dossier in batch:
            clock = known.get(dossier.pk)
            yield dossier, due_instants(clock, calendars(clock.competent_id))[0] if clock else None
        last = batch[-1].pk
