"""Which open dossiers hang on working time and when each of them is due: for a recomputation and for its preview."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from motcua.casework.dossiers import clocks
from motcua.casework.dossiers.deadlines import due_instants
from motcua.casework.dossiers.models import Dossier, SupplementRequest
from motcua.casework.dossiers.types import State
from motcua.casework.workflow import selectors as workflow_reads
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import WorkingCalendar
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

# From an agency and the day since which time counts to the calendar.
Calendars = Callable[[int, date], WorkingCalendar]
READ = (
    "public_id", "code", "intake_number", "field_id", "channel", "receiving_agency_id", "competent_agency_id", "run_id",
    "state", "waiting_for", "outcome", "limit_value", "limit_unit", "statutory_value", "statutory_unit",
    "deadline_rules", "filed_at", "acceptance_due_at", "accepted_at", "restarted_at", "due_at", "statutory_due_at",
    "journal_seq", "journal_hash",
)  # fmt: skip


def open_dossiers(agency_ids: set[int] | None, *, at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers in process, and those whose acceptance waits, that working time of the agencies may move.

    Args:
        agency_ids: agencies whose working time changed; None: all.
    """
    waits = Q(state=State.FILED, acceptance_due_at__isnull=False)
    rows = Dossier.objects.only(*READ)
    if agency_ids is None:
        return rows.filter(Q(state=State.IN_PROCESS) | waits)
    units = {unit for agency in agency_ids for unit in _units_of(agency, at=at)}
    works = Q(competent_agency_id__in=agency_ids) | Exists(workflow_reads.open_in_units(units, run=OuterRef("run_id")))
    return rows.filter(Q(state=State.IN_PROCESS) & works | waits & Q(receiving_agency_id__in=agency_ids))


def _units_of(agency_id: int, *, at: datetime) -> Iterator[int]:
    on = civil_day(at)
    for unit in organisations.directory(on=on).agencies:
        if unit == agency_id or organisations.agency_of_unit(unit, on=on) == agency_id:
            yield unit


def calendars_in_force(agency_id: int, on: date) -> WorkingCalendar:
    """Return the calendar of an agency as it is: the plain case of `Calendars`."""
    return calendars.calendar_for(agency_id, on=on)


def due_of(
    dossiers: Iterable[Dossier], calendar_of: Calendars
) -> Iterator[tuple[Dossier, datetime | None, datetime | None]]:
    """Yield the running dossiers with what is promised and the statutory end where it is another instant."""
    running = [row for row in dossiers if row.state == State.IN_PROCESS and row.due_at is not None]
    known = clocks.clocks_of(running)
    for row in running:
        clock = known.get(row.pk)
        if clock is not None:
            calendar = calendar_of(clock.competent_id, civil_day(clock.counts_from))
            yield row, *due_instants(clock, calendar)


def acceptance_of(dossiers: Iterable[Dossier], calendar_of: Calendars) -> Iterator[tuple[Dossier, datetime]]:
    """Yield the filed dossiers with the instant by which they are to be answered. One query where there are any."""
    filed = [row for row in dossiers if row.state == State.FILED]
    answered = dict(
        SupplementRequest.objects.filter(dossier_id__in=[row.pk for row in filed], answered_at__isnull=False)
        .values("dossier_id")
        .annotate(last=Max("answered_at"))
        .values_list("dossier_id", "last")
    ) if filed else {}  # fmt: skip
    for row in filed:
        since = answered.get(row.pk) or row.filed_at
        calendar = calendar_of(row.receiving_agency_id, civil_day(since))
        seconds = calendar.rules_of(since).acceptance_hours * 3600
        yield row, calendars.add_working_seconds(calendar, since, seconds)
