"""Closed dossiers opened again by a leader: closed by mistake, or with a wrong result that is corrected."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import clocks, deadlines, journal, picture, placement
from motcua.casework.dossiers.deadlines import Stop
from motcua.casework.dossiers.events import DossierReopened
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, DueDateChange, Pause, Reopening, ReplacedResult, Result
from motcua.casework.dossiers.services import clock
from motcua.casework.dossiers.services.asking_again import leader_post
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import (
    Fault,
    NoResultToCorrect,
    NotReopenable,
    Outcome,
    ReopeningDates,
    State,
    StopEffect,
    Waiting,
)
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act, Node, NotReturnable
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars.types import LimitUnit, StopHolder
from motcua.foundation.core.types import Invalid, NotFound

CLOSED = "closed"
CORRECTABLE = frozenset({State.FINISHED, State.RETURNED})
REOPENABLE = frozenset({State.RETURNED, State.WITHDRAWN, State.STOPPED})
# Where a correction begins: what the result says is written, checked or signed anew.
WRITING = frozenset({Act.EXAMINE, Act.DRAFT, Act.CHECK, Act.SIGN, Act.SIGN_REFUSAL})
_SAVED = [
    "state", "waiting_for", "outcome", "restarted_at", "due_at", "statutory_due_at", "is_suspended", "finished_at",
    "closed_at", "lock_version", "journal_seq", "journal_hash",
]  # fmt: skip


@transaction.atomic
def reopen(
    *, dossier_id: int, step: str, effect: str, reason: str, ground: str, actor: Actor, at: datetime
) -> Reopening:
    """Open a closed dossier again at a step done before; as a leader of the competent agency.

    Args:
        step: id of one of `steps_into`; effect: a StopEffect: the rest of the limit goes on, or it starts from zero.
        reason, ground: why, and on which ground (decision on a complaint, article of law).

    Raises:
        NotFound, NotAllowed: no such dossier; the actor leads no competent agency.
        NotReopenable: it is open, was never accepted, or has no process.
        Invalid: reason, ground, step or effect is missing.
    """
    dossier = _locked(dossier_id)
    if dossier.state not in REOPENABLE or dossier.run_id is None:
        raise NotReopenable
    row = Reopening(reason=reason.strip(), ground=ground.strip()[:300], step=step, effect=effect)
    return _open(dossier, row, actor=actor, at=at)


@transaction.atomic
def correct_result(
    *,
    dossier_id: int,
    step: str,
    effect: str,
    fault: str,
    reason: str,
    ground: str,
    fee_vnd: int = 0,
    actor: Actor,
    at: datetime,
) -> Reopening:
    """Open a dossier again because its issued result is wrong; the earlier result is kept, marked replaced.

    Args:
        fault: a Fault; the agency's own costs the applicant nothing, whatever `fee_vnd` says.
        reason: what is wrong; the applicant reads it, with the apology where the fault is the agency's.

    Raises:
        NotFound, NotAllowed, Invalid: as for `reopen`.
        NoResultToCorrect: no result was issued, or it has not reached the desk.

    Law: Decree 61/2018/NĐ-CP, art. 21: a wrong result is corrected; the agency bears the cost of its own fault.
    """
    dossier = _locked(dossier_id)
    if dossier.state not in CORRECTABLE or dossier.run_id is None:
        raise NoResultToCorrect
    if not Result.objects.filter(dossier=dossier, issued_at__isnull=False).exists():
        raise NoResultToCorrect
    row = Reopening(
        reason=reason.strip(), ground=ground.strip()[:300], step=step, effect=effect, is_correction=True, fault=fault,
        fee_vnd=0 if fault == Fault.AGENCY else fee_vnd,
    )  # fmt: skip
    return _open(dossier, row, actor=actor, at=at)


def steps_into(dossier: Dossier, *, is_correction: bool) -> tuple[Node, ...]:
    """Return the steps at which a closed dossier may be opened again, the last one first."""
    if dossier.run_id is None:
        return ()
    nodes = workflow_reads.ways_into(dossier.run_id, workflow_reads.graph(dossier.process_version_id))
    return tuple(node for node in nodes if not is_correction or node.act in WRITING)


def dates_of(dossier: Dossier, *, at: datetime) -> ReopeningDates:
    """Return when it would be due if opened again at `at`, by both rules."""
    stopped = dossier.finished_at or dossier.closed_at
    known = clocks.clock_of(dossier)
    if known is None or stopped is None:
        return ReopeningDates(None, None)
    calendar = clocks.calendar_of(known)
    closed = Stop(stopped, at, StopHolder.CITIZEN, CLOSED)
    rest = deadlines.due_instants(replace(known, stops=(*known.stops, closed)), calendar)[0]
    anew = replace(known, counts_from=at)
    return ReopeningDates(rest, deadlines.due_instants(anew, clocks.calendar_of(anew))[0])


def _locked(dossier_id: int) -> Dossier:
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    return dossier


def _check(dossier: Dossier, row: Reopening) -> None:
    wrong: dict[str, list[str]] = {}
    if not row.reason:
        wrong["reason"] = [_("Say why it is opened again; the applicant reads it.")]
    if not row.ground:
        wrong["ground"] = [_("Name the ground: a decision on a complaint, an inspection, an article of law.")]
    if row.effect not in StopEffect.values:
        wrong["effect"] = [_("Choose how the time goes on")]
    if row.is_correction and row.fault not in Fault.values:
        wrong["fault"] = [_("Choose whose fault it is")]
    if row.fee_vnd < 0:
        wrong["fee_vnd"] = [_("A fee cannot be negative.")]
    if row.step not in {node.id for node in steps_into(dossier, is_correction=row.is_correction)}:
        wrong["step"] = [str(NotReturnable.message)]
    if wrong:
        raise Invalid(wrong)


def _open(dossier: Dossier, row: Reopening, *, actor: Actor, at: datetime) -> Reopening:
    post = leader_post(actor, dossier)
    _check(dossier, row)
    assert dossier.run_id is not None  # noqa: S101 - the callers asked
    row.dossier, row.former_state, row.opened_at = dossier, dossier.state, at
    row.finished_before, row.closed_before, row.old_due_at = dossier.finished_at, dossier.closed_at, dossier.due_at
    row.person_id, row.person_name = actor.person_id, actor.name
    if dossier.state == State.FINISHED:  # the result lies at the desk, whose step ends here
        workflow.cancel_run(run_id=dossier.run_id, actor_person_id=actor.person_id, post_id=post.post_id, at=at)
    run = workflow.reopen_run(run_id=dossier.run_id, node=row.step, at=at, **placement.of(at))
    _let_time_go_on(dossier, row, person_id=actor.person_id, at=at)
    row.new_due_at = dossier.due_at
    row.save()
    replaced = _replace_result(dossier, row, at=at)
    dossier.state, dossier.outcome, dossier.waiting_for = State.IN_PROCESS, Outcome.NONE, Waiting.NOBODY
    dossier.finished_at = dossier.closed_at = None
    dossier.lock_version += 1
    more: dict[str, Any] = {
        "reopening": row.pk,
        "to_step": row.step,
        "opened": [task.node for task in run.opened],
        "suspended": False,
    }
    more |= {"fault": row.fault, "fee_vnd": row.fee_vnd, "replaced": replaced.number if replaced else ""}
    line = Line(
        "correction_opened" if row.is_correction else "reopened", node=row.step, post_id=post.post_id,
        unit_id=post.unit_id, facts=picture.facts_of(dossier) | more, changed=f"{row.reason}|{row.ground}",
    )  # fmt: skip
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=_SAVED)
    publish(
        DossierReopened, dossier, at=at, old_due_at=row.old_due_at, due_at=dossier.due_at,
        statutory_due_at=dossier.statutory_due_at, is_correction=row.is_correction, fault=row.fault,
    )  # fmt: skip
    return row


def _let_time_go_on(dossier: Dossier, row: Reopening, *, person_id: int | None, at: datetime) -> None:
    """Count the time for which it was closed as a stop; then the rest of the limit goes on, or all of it anew."""
    dossier.is_suspended = False
    stopped = dossier.finished_at or dossier.closed_at
    if dossier.limit_unit == LimitUnit.NONE or dossier.accepted_at is None or stopped is None:
        return
    Pause.objects.create(
        dossier=dossier, holder=StopHolder.CITIZEN, reason_code=CLOSED, effect=row.effect,
        reason=_("Closed until it was opened again"), ground=row.ground, started_at=stopped, started_by=person_id,
        ended_at=at, due_before=dossier.due_at,
    )  # fmt: skip
    if row.effect == StopEffect.RESTART:
        dossier.restarted_at = at
    old = dossier.due_at
    dossier.due_at, dossier.statutory_due_at = clock.legal_due_instants(dossier)
    DueDateChange.objects.create(
        dossier=dossier, old_due_at=old, new_due_at=dossier.due_at, reason_code="reopened", reason=row.reason,
        changed_at=at, person_id=person_id,
    )  # fmt: skip


def _replace_result(dossier: Dossier, row: Reopening, *, at: datetime) -> ReplacedResult | None:
    """Keep the result as it was; its number stays in the book, struck through by the remark."""
    result = Result.objects.filter(dossier=dossier).first()
    if result is None:
        return None
    names = [field.attname for field in Result._meta.concrete_fields if not field.primary_key]
    kept = ReplacedResult(reopening=row, replaced_at=at, **{name: getattr(result, name) for name in names})
    kept.remark = f"Thay thế theo việc sửa, mở lại hồ sơ ngày {at:%d/%m/%Y}: {row.ground}"[:300]  # of a Vietnamese book
    result.delete()
    kept.save()
    return kept
