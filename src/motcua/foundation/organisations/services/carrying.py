"""Carrying a planned reorganisation out on its day: the structure at once, then what hangs on it in batches."""

from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations.models import (
    Agency,
    AgencySuccession,
    Reorganisation,
    ReorganisationItem,
    ReorganisationProgress,
)
from motcua.foundation.organisations.reorganising import keeping, registry, statements
from motcua.foundation.organisations.reorganising.previewing import outlook
from motcua.foundation.organisations.selectors import forget_directory
from motcua.foundation.organisations.types import (
    Follower,
    Inheritance,
    ItemAct,
    ReorganisationBlocked,
    ReorganisationState,
)

BATCH = 200
_log = structlog.get_logger(__name__)


def carry_out_due(*, at: datetime, batch: int = BATCH) -> int:
    """Carry out every planned reorganisation whose day has begun, and finish those under way; return how many.

    May be called again at any time: what is done is not done twice, and what was interrupted goes on. One that has
    become impossible meanwhile stays planned, its page says why, and the others go on.
    """
    open_states = (ReorganisationState.PLANNED, ReorganisationState.UNDER_WAY)
    due = Reorganisation.objects.filter(state__in=open_states, on__lte=civil_day(at)).order_by("on", "pk")
    done = 0
    for reorganisation_id in due.values_list("pk", flat=True):
        try:
            carry_out(reorganisation_id=reorganisation_id, at=at, batch=batch)
        except ReorganisationBlocked as refusal:
            _log.warning("reorganisation_blocked", reorganisation=reorganisation_id, reason=str(refusal))
        else:
            done += 1
    return done


def carry_out(*, reorganisation_id: int, at: datetime, batch: int = BATCH) -> None:
    """Carry one out whose day has begun; idempotent and restartable, one transaction a batch.

    Raises:
        ReorganisationBlocked: something came between since it was planned; nothing was changed.
    """
    _change_structure(reorganisation_id, at)
    item = Reorganisation.objects.get(pk=reorganisation_id)
    if item.state != ReorganisationState.UNDER_WAY:
        return
    inheritance = _inheritance(item)
    for follower in registry.followers():
        if follower.follow is not None and not follower.at_once:
            _follow(item, follower, inheritance, at=at, batch=batch)
    with transaction.atomic():
        item = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
        if item.state == ReorganisationState.UNDER_WAY:
            item.state = ReorganisationState.CARRIED_OUT
            item.save(update_fields=["state"])
            keeping.tell(item, "carried_out", by=None, at=at)


@transaction.atomic
def _change_structure(reorganisation_id: int, at: datetime) -> None:
    item = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    if item.state != ReorganisationState.PLANNED or item.on > civil_day(at):
        return
    seen = outlook(item)
    blocking = [problem for problem in seen.problems if problem.is_blocking]
    if blocking:
        raise ReorganisationBlocked(blocking)
    keeping.keep_derived(item.pk, seen.changes)
    Agency.objects.bulk_create(
        [
            Agency(code=change.agency_code, kind=change.kind, is_demonstration=item.is_demonstration)
            for change in seen.changes
            if change.act == ItemAct.CREATE
        ],
        batch_size=1000,
    )
    _run_statements(item, at)
    item.state, item.carried_out_at = ReorganisationState.UNDER_WAY, at
    item.save(update_fields=["state", "carried_out_at"])
    keeping.tell(item, "structure_changed", by=None, at=at)
    forget_directory()
    transaction.on_commit(forget_directory)
    inheritance = _inheritance(item)
    for follower in registry.followers():
        if follower.follow is not None and follower.at_once:
            _all_at_once(item, follower, inheritance, at)


def _run_statements(item: Reorganisation, at: datetime) -> None:
    values: dict[str, Any] = {"id": item.pk, "on": item.on, "at": at, "basis": _basis(item)}
    with connection.cursor() as cursor:
        # Whole tables are joined with whole tables. Where the planner knows nothing of them yet (they were filled a
        # moment ago), it would go row by row through ten thousand agencies; and the time for one request is too short.
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL statement_timeout = '5min'")
        for statement in statements.in_order():
            cursor.execute(statement, values)
        cursor.execute("RESET enable_nestloop; RESET statement_timeout")


def _basis(item: Reorganisation) -> str:
    return " ".join(part for part in (item.decision_number, item.decided_by) if part)[:250]


def _inheritance(item: Reorganisation) -> Inheritance:
    links = AgencySuccession.objects.filter(reorganisation=item, is_default=True)
    ends = ReorganisationItem.objects.filter(reorganisation=item).exclude(act=ItemAct.SPLIT, survives=True)
    codes = list(
        ends.filter(act__in=[ItemAct.MERGE, ItemAct.SPLIT, ItemAct.ABOLISH]).values_list("agency_code", flat=True)
    )
    return Inheritance(
        reorganisation_id=item.pk,
        on=item.on,
        heirs=dict(links.values_list("predecessor_id", "successor_id")),
        ended=frozenset(Agency.objects.filter(code__in=codes).values_list("pk", flat=True)),
        decision=item.decision_number,
    )


def _all_at_once(item: Reorganisation, follower: Follower, inheritance: Inheritance, at: datetime) -> None:
    assert follower.follow is not None  # noqa: S101 - narrows the type
    moved = 0
    while (now := follower.follow(inheritance, at, 1_000_000)) > 0:
        moved += now
    ReorganisationProgress.objects.create(reorganisation=item, follower=follower.code, moved=moved, finished_at=at)


def _follow(item: Reorganisation, follower: Follower, inheritance: Inheritance, *, at: datetime, batch: int) -> None:
    """Move things in batches, each with its progress in one transaction."""
    assert follower.follow is not None  # noqa: S101 - narrows the type
    ReorganisationProgress.objects.get_or_create(reorganisation=item, follower=follower.code)
    moved = 1
    while moved:
        with transaction.atomic():
            progress = ReorganisationProgress.objects.select_for_update().get(
                reorganisation=item, follower=follower.code
            )
            if progress.finished_at is not None:
                return
            moved = follower.follow(inheritance, at, batch)
            progress.moved += moved
            progress.finished_at = None if moved else at
            progress.save(update_fields=["moved", "finished_at"])
