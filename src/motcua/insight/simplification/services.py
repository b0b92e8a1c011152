"""Changes to plans of review and to proposals."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound, Stale
from motcua.insight.simplification import acts
from motcua.insight.simplification.costs import dossier_cost
from motcua.insight.simplification.models import CostLine, Happening, Proposal, ReviewPlan
from motcua.insight.simplification.types import (
    CostInput,
    NothingProposed,
    PlanInput,
    ProposalInput,
    ProposalState,
    Side,
    WrongState,
)

__all__ = ["carry_out", "decide", "hand_in", "make_plan", "propose", "rewrite", "take_back"]

MOST_LINES = 60
DAYS_COUNTED = 365


def make_plan(*, plan: PlanInput, actor: Actor, at: datetime) -> int:
    """Keep a year's plan of review; return its id.

    Raises:
        NotAllowed: the actor does not plan reviews. Invalid: the year has a plan of this title.
    """
    registry.check(acts.PLAN, actor)
    if ReviewPlan.objects.filter(year=plan.year, title=plan.title).exists():
        raise Invalid({"title": [_("There is a plan of this name for the year already.")]})
    row = ReviewPlan.objects.create(
        year=plan.year,
        title=plan.title,
        decision_number=plan.decision_number,
        decision_on=plan.decision_on,
        signer=plan.signer,
        note=plan.note,
        made_by_id=actor.person_id,
        made_at=at,
    )
    return row.pk


@transaction.atomic
def propose(*, procedure_code: str, agency_id: int, proposal: ProposalInput, actor: Actor, at: datetime) -> UUID:
    """Begin a proposal about a procedure in force; return its public id.

    Raises:
        NotAllowed: the actor does not propose, or not for that agency. NotFound: no such procedure in force.
        Invalid: lines of cost that cannot be.
    """
    registry.check(acts.PROPOSE, actor)
    names = {post.agency_id: post.agency_name for post in actor.posts}
    if agency_id not in names:
        raise NotAllowed
    page = procedures.procedure_page(procedure_code, on=civil_day(at))
    until = civil_day(at)
    since = until - timedelta(days=DAYS_COUNTED - 1)
    row = Proposal(
        procedure_id=page.procedure_id,
        procedure_name=page.name,
        agency_id=agency_id,
        agency_name=names[agency_id],
        counted_since=since,
        counted_until=until,
        changed_at=at,
    )
    _fill(row, proposal)
    row.save()
    _write_lines(row, proposal)
    _note(row, "propose", "", actor, at)
    return row.public_id


@transaction.atomic
def rewrite(*, public_id: UUID, proposal: ProposalInput, lock: int, actor: Actor, at: datetime) -> None:
    """Change a proposal that is still being written.

    Raises:
        NotFound, WrongState, Stale: somebody changed it meanwhile. Invalid: lines of cost that cannot be.
    """
    row = _locked(public_id, acts.PROPOSE, actor, ProposalState.DRAFT)
    if row.lock_version != lock:
        raise Stale
    _fill(row, proposal)
    row.changed_at, row.lock_version = at, row.lock_version + 1
    row.save()
    _write_lines(row, proposal)
    _note(row, "rewrite", "", actor, at)


@transaction.atomic
def hand_in(*, public_id: UUID, actor: Actor, at: datetime) -> None:
    """Hand a proposal in for the decision.

    Raises:
        NothingProposed: it has no cost as it is, or does not say what would change. NotFound, WrongState.
    """
    row = _locked(public_id, acts.PROPOSE, actor, ProposalState.DRAFT)
    if not row.change.strip() or not row.lines.filter(side=Side.BEFORE).exists():
        raise NothingProposed
    _move(row, ProposalState.SUBMITTED, "hand_in", "", actor, at)


@transaction.atomic
def take_back(*, public_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a proposal back before it is decided, to write it anew.

    Raises:
        NotFound, WrongState.
    """
    row = _locked(public_id, acts.PROPOSE, actor, ProposalState.SUBMITTED)
    _move(row, ProposalState.DRAFT, "take_back", "", actor, at)


@transaction.atomic
def decide(
    *, public_id: UUID, is_approved: bool, decision_number: str, decided_on: date, note: str, actor: Actor, at: datetime
) -> None:
    """Approve or decline a proposal that was handed in.

    Raises:
        Invalid: declined without a reason, or a day that has not come. NotFound, WrongState, NotAllowed.
    """
    row = _locked(public_id, acts.DECIDE, actor, ProposalState.SUBMITTED)
    wrong: dict[str, list[str]] = {}
    if not is_approved and not note.strip():
        wrong["note"] = [_("Say why it is declined; the agency reads it.")]
    if decided_on > civil_day(at):
        wrong["decided_on"] = [_("The day of the decision has not come yet.")]
    if wrong:
        raise Invalid(wrong)
    row.decision_number, row.decided_on = decision_number, decided_on
    state = ProposalState.APPROVED if is_approved else ProposalState.DECLINED
    _move(row, state, "approve" if is_approved else "decline", note, actor, at)


@transaction.atomic
def carry_out(*, public_id: UUID, on: date, note: str, actor: Actor, at: datetime) -> None:
    """Say that an approved proposal was carried out on a day; from then on its saving counts as reached.

    Raises:
        Invalid: the day lies before the decision or has not come. NotFound, WrongState, NotAllowed.
    """
    row = _locked(public_id, acts.DECIDE, actor, ProposalState.APPROVED)
    if row.decided_on is not None and not row.decided_on <= on <= civil_day(at):
        raise Invalid({"on": [_("Enter a day from the decision until today.")]})
    row.carried_out_on = on
    _move(row, ProposalState.CARRIED_OUT, "carry_out", note, actor, at)


def _locked(public_id: UUID, act: str, actor: Actor, state: ProposalState) -> Proposal:
    registry.check(act, actor)
    row = Proposal.objects.select_for_update().filter(public_id=public_id).first()
    if row is None or not registry.can(actor, act, row):
        raise NotFound
    if row.state != state:
        raise WrongState
    return row


def _move(row: Proposal, state: ProposalState, act: str, note: str, actor: Actor, at: datetime) -> None:
    row.state, row.changed_at, row.lock_version = state, at, row.lock_version + 1
    row.save()
    _note(row, act, note, actor, at)


def _note(row: Proposal, act: str, note: str, actor: Actor, at: datetime) -> None:
    Happening.objects.create(proposal=row, act=act, note=note.strip(), person_id=actor.person_id, at=at)


def _fill(row: Proposal, proposal: ProposalInput) -> None:
    if proposal.plan_id is not None and not ReviewPlan.objects.filter(pk=proposal.plan_id).exists():
        raise Invalid({"plan": [_("Choose a plan of the list.")]})
    row.plan_id = proposal.plan_id
    row.title, row.kind, row.authority = proposal.title, proposal.kind, proposal.authority
    row.reason, row.change = proposal.reason, proposal.change
    counted = dossiers.received_by_procedure(
        since=row.counted_since, until=row.counted_until, procedure_ids=[row.procedure_id]
    )
    row.is_counted = proposal.dossiers_a_year is None
    own = counted.get(row.procedure_id, 0)
    row.dossiers_a_year = own if proposal.dossiers_a_year is None else proposal.dossiers_a_year
    row.before_vnd, row.after_vnd = dossier_cost(proposal.before), dossier_cost(proposal.after)


def _write_lines(row: Proposal, proposal: ProposalInput) -> None:
    row.lines.all().delete()
    CostLine.objects.bulk_create([*_lines(row, Side.BEFORE, proposal.before), *_lines(row, Side.AFTER, proposal.after)])


def _lines(row: Proposal, side: Side, lines: Sequence[CostInput]) -> list[CostLine]:
    if len(lines) > MOST_LINES:
        raise Invalid({"lines": [_("At most %(most)s lines of cost.") % {"most": MOST_LINES}]})
    return [
        CostLine(
            proposal=row,
            side=side,
            position=position,
            activity=line.activity,
            hours=line.hours,
            wage_vnd=line.wage_vnd,
            fee_vnd=line.fee_vnd,
            other_vnd=line.other_vnd,
            times=line.times,
        )
        for position, line in enumerate(lines)
    ]
