"""Rebuilding all facts and roll-ups from the dossiers; the relay keeps them otherwise."""

from datetime import date

from django.db import connection, transaction

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierDates
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.relay import LOCK
from motcua.insight.statistics import counting
from motcua.insight.statistics.models import OpenByDueDay
from motcua.insight.statistics.types import FactState, Settled

TABLES = (
    "statistics_dossier_fact", "statistics_agency_field_day", "statistics_agency_day", "statistics_open_by_due_day",
)  # fmt: skip


def rebuild_statistics() -> int:
    """Throw all facts and roll-ups away and make them again from the dossiers; return how many facts.

    The facts of destroyed dossiers have nothing to be made from any more: they are kept and counted again.
    Takes the relay's lock and one snapshot, so that an event is either in the dossier read or still to be delivered.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _rebuild()


def _rebuild() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        destroyed = counting.load_facts(dossiers.destroyed_ids())
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    count = 0
    for batch in dossiers.all_dates(batch=2000):
        counting.write_changes({}, {item.dossier_id: _fact(item) for item in batch})
        count += len(batch)
    counting.write_changes({}, destroyed)
    return count + len(destroyed)


def _fact(item: DossierDates) -> counting.Fact:
    state, settled, law, ended_on = FactState.FILED, Settled.NO, Settled.NO, None
    if item.state == "filed":
        state = FactState.FILED_WAITING if item.waiting_for == "citizen" else FactState.FILED
    elif item.state == "in_process":
        state = FactState.PAUSED if item.is_paused else FactState.OPEN
    elif item.finished_at is not None:
        state, ended_on = FactState.SETTLED, civil_day(item.finished_at)
        settled = counting.settled_class(ended_on, item.due_at)
        law = counting.settled_class(ended_on, item.statutory_due_at or item.due_at)
    elif item.closed_at is not None:
        ended_on = civil_day(item.closed_at)
        state = FactState.WITHDRAWN if item.accepted_at else FactState.NOT_COUNTED
    return counting.Fact(
        dossier_id=item.dossier_id,
        receiving_id=item.receiving_id,
        competent_id=item.competent_id,
        field_id=item.field_id,
        channel=item.channel,
        state=state,
        settled=settled,
        acceptance_due_at=item.acceptance_due_at if state == FactState.FILED else None,
        received_on=civil_day(item.accepted_at) if item.accepted_at else None,
        due_at=item.due_at,
        ended_on=ended_on,
        last_event_id=item.last_event_id,
        received_under_id=item.received_under_id,
        statutory_due_at=item.statutory_due_at,
        settled_law=law,
    )


def sweep_empty_rows(*, before: date) -> int:
    """Delete stock rows of past due days that reached zero; return how many."""
    return OpenByDueDay.objects.filter(count=0, due_on__lt=before).delete()[0]
