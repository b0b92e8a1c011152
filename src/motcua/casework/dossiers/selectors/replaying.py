"""Last year's dossiers walked through a draft: what would change for them. Nothing is written."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.casework.dossiers.clocks import calendar_of, clocks_of
from motcua.casework.dossiers.deadlines import ClockOf, due_instants
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.reckoning import READ
from motcua.casework.dossiers.terms import PUBLISHED_CHANNEL
from motcua.casework.dossiers.types import Channel
from motcua.casework.dossiers.types.replaying import ReplayedRecord, ReplayedTerms, ReplayedWay, ReplayedWays
from motcua.casework.procedures.types.intake import TriedTerms, applied_fees, applied_limit
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.services.rehearsal import Done, Replay, added_and_left_out, rehearse, replay
from motcua.casework.workflow.types import Graph
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisations

MOST = 2000


def replay_process(
    *, actor: Actor, code: str, graph: Graph, since: date, until: date, most: int = MOST
) -> ReplayedWays:
    """Walk the dossiers of a process that were filed on `since` to `until` (inside) through another drawing of it.

    The newest `most` that the actor sees, with what was really done in them; four statements.
    """
    found = _filed(actor, since, until).filter(process_version__definition__code=code, run__isnull=False)
    rows = list(found.order_by("-pk").only("public_id", "code", "intake_number", "run_id", "process_version_id")[:most])
    histories = workflow.histories([row.run_id for row in rows if row.run_id])
    before = {row.process_version_id: workflow.graph(row.process_version_id) for row in rows}
    ways, replays = [], []
    for row in rows:
        steps = [Done(node, outcome) for node, outcome in histories.get(row.run_id or 0, ())]
        own = before[row.process_version_id]
        done = replay(graph, steps, known=own.nodes)
        replays.append(done)
        ways.append(_way(row, done, rehearse(own, steps).hours))
    added, left_out = added_and_left_out(replays)
    return ReplayedWays(since, until, found.count(), tuple(ways), dict(added), dict(left_out))


def _way(row: Dossier, done: Replay, hours: Any) -> ReplayedWay:
    stuck = done.rehearsal.stuck
    return ReplayedWay(
        public_id=row.public_id,
        code=row.shown_code,
        reason=stuck.reason if stuck else "",
        node=stuck.node if stuck else "",
        outcome=stuck.code if stuck else "",
        added=done.added,
        left_out=done.left_out,
        hours_before=hours,
        hours_after=done.rehearsal.hours,
    )


def replay_record(*, actor: Actor, terms: TriedTerms, since: date, until: date, most: int = MOST) -> ReplayedRecord:
    """Give the dossiers of a procedure that were filed on `since` to `until` (inside) the limits and fees of a draft.

    Stops, new dates and downtimes count as they did. The newest `most` that the actor sees.
    """
    found = _filed(actor, since, until).filter(procedure_version__procedure__code=terms.code)
    rows = list(found.order_by("-pk").select_related("case").only(*READ, "fee_vnd", "case__name")[:most])
    clocks = clocks_of(rows)
    return ReplayedRecord(since, until, found.count(), tuple(_terms(row, terms, clocks.get(row.pk)) for row in rows))


def _terms(row: Dossier, terms: TriedTerms, clock: ClockOf | None) -> ReplayedTerms:
    channel = PUBLISHED_CHANNEL[Channel(row.channel)]
    case = terms.case_named(row.case.name)
    due_before = due_instants(clock, calendar_of(clock))[0] if clock else None
    told = ReplayedTerms(
        row.public_id, row.shown_code, row.case.name, row.channel, "", due_before, due_before, row.fee_vnd, row.fee_vnd
    )
    if case is None and terms.cases:
        return replace(told, reason="case")
    limit = applied_limit(terms.limits, case_id=case, channel=channel, place_kind=_place(row))
    if limit is not None and limit.needs_review:
        return replace(told, reason="doubt")
    fee = sum(line.amount_vnd or 0 for line in applied_fees(terms.fees, case_id=case, channel=channel))
    return replace(told, due_after=_due(row, clock, limit), fee_after=fee)


def _due(row: Dossier, clock: ClockOf | None, limit: Any) -> datetime | None:
    if clock is None or limit is None or limit.unit == LimitUnit.NONE:
        return None
    tried = replace(clock, limit=Limit(limit.value, LimitUnit(limit.unit)))
    return due_instants(tried, calendar_of(tried))[0]


def _place(row: Dossier) -> str:
    day = row.filed_at.astimezone(VIETNAM).date()
    card = organisations.directory(on=day).find(row.competent_agency_id)
    return (card.place_kind if card else "") or "any"


def _filed(actor: Actor, since: date, until: date) -> Any:
    first, behind = (datetime.combine(day, time(), tzinfo=VIETNAM) for day in (since, until + timedelta(days=1)))
    return Dossier.objects.visible_to(actor).filter(filed_at__gte=first, filed_at__lt=behind)
