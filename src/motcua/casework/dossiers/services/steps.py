"""Doing a step of the process: what a task's act means for the dossier."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import change_sql, journal, picture, placement, policies
from motcua.casework.dossiers.events import DossierMoved
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.prospects import needs_of, next_name, wants_papers
from motcua.casework.dossiers.services import clock, endings, results, returning, set_days, supplements
from motcua.casework.dossiers.services.intake import chosen_post
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.types import (
    DossierClosed,
    DossierSuspended,
    NeedsForm,
    PlainStep,
    SignedHow,
    State,
    StepInput,
    StopEffect,
    Waiting,
)
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act, Holder, Step, Task, TaskTaken
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import HeldPost

SAVED = (
    "state", "waiting_for", "outcome", "restarted_at", "due_at", "statutory_due_at", "is_suspended", "finished_at",
    "closed_at", "supplement_count", "lock_version",
    "journal_seq", "journal_hash",
)  # fmt: skip


@transaction.atomic
def complete_step(
    *,
    dossier_id: int,
    task_id: UUID,
    outcome: str,
    actor: Actor,
    at: datetime,
    given: StepInput | None = None,
    post_id: int | None = None,
    expected_lock: int | None = None,
) -> Step:
    """Finish a task of a dossier with one of the outcomes that the process offers.

    What the act needs comes in `given`: what is missing for a supplement, the signature, the reason of a refusal, the
    recipient. Locks the dossier, then the run and its tokens, then the number row.

    Raises:
        NotAllowed, WhichPost: none, or several, of the actor's posts may do it.
        TaskAlreadyDone: somebody else finished it (409, who and when).
        Stale: the page was older than the run.
        Invalid: what the outcome needs is missing; `fields` says where.
        DossierClosed: the dossier ended meanwhile.
    """
    dossier, task = change_sql.locked_with_task(task_id)
    if dossier.pk != dossier_id:
        raise NotFound
    return _checked(
        dossier, task, outcome, given=given or StepInput(), actor=actor, post_id=post_id, at=at,
        expected_lock=expected_lock,
    )  # fmt: skip


@transaction.atomic
def complete_plain_step(
    *, task_id: UUID, outcome: str, actor: Actor, at: datetime, note: str = "", post_id: int | None = None
) -> PlainStep:
    """Finish a task whose outcome asks for nothing but a note; otherwise as `complete_step`.

    The everyday click: the task's page is not read, only the dossier's locked row.

    Raises:
        NeedsForm: the outcome asks for more, the task is done, or the actor may not; show its page, which says so.
        WhichPost, DossierClosed: as for `complete_step`.
    """
    dossier, task = change_sql.locked_with_task(task_id)
    graph = workflow_reads.graph(task.version_id)
    asked = needs_of(graph, task, outcome) - ({"reason"} if note.strip() else set())
    if asked or task.spec.outcome(outcome) is None or not policies.can_see(actor, dossier):
        raise NeedsForm
    _checked(dossier, task, outcome, given=StepInput(note=note), actor=actor, post_id=post_id, at=at)
    return PlainStep(dossier.public_id, dossier.shown_code, task.spec, next_name(graph, task.spec, outcome))


def _checked(
    dossier: Dossier,
    task: Task,
    outcome: str,
    *,
    given: StepInput,
    actor: Actor,
    post_id: int | None,
    at: datetime,
    expected_lock: int | None = None,
) -> Step:
    """Do the step of a locked dossier in the one post that may."""
    post = _post_for(task, outcome, task.person_id, given, actor, post_id)
    if dossier.state not in {State.IN_PROCESS, State.FINISHED}:
        raise DossierClosed
    if dossier.is_suspended:
        raise DossierSuspended
    step = advance(dossier, task, outcome, given=given, actor=actor, post=post, at=at, expected_lock=expected_lock)
    if step.closed.person_id != task.person_id:  # given to somebody while this waited for the dossier's lock
        _post_for(task, outcome, step.closed.person_id, given, actor, post.post_id)
    return step


def _post_for(
    task: Task, outcome: str, person_id: int | None, given: StepInput, actor: Actor, post_id: int | None
) -> HeldPost:
    is_signed = not outcome.startswith(policies.UNSIGNED)  # ink is recorded for a leader, a return is the leader's own
    by_paper = is_signed and given.signature is not None and given.signature.how == SignedHow.PAPER
    posts = policies.posts_for_task(
        actor, unit_id=task.unit_id, role=task.role, person_id=person_id, act=task.act, by_paper=by_paper
    )
    return chosen_post(posts, post_id)


def advance(
    dossier: Dossier,
    task: Task,
    outcome: str,
    *,
    given: StepInput,
    actor: Actor,
    post: HeldPost | None,
    at: datetime,
    expected_lock: int | None = None,
) -> Step:
    """Do the step on a locked dossier whose actor was checked. Private to this app's services."""
    _check_reason(task, outcome, given)
    _check_papers(task, outcome, given)
    if given.is_return:
        returning.check(dossier, at=at)
    if given.supplement:
        supplements.prepare(dossier, given, actor=actor, at=at, before_acceptance=False)
    step = workflow.complete_task(
        run_id=task.run_id,
        token_id=task.token_id,
        outcome=outcome,
        actor_person_id=actor.person_id,
        post_id=post.post_id if post else None,
        at=at,
        expected_lock=expected_lock,
        asked=_asked(dossier, given, at=at),
        **placement.of(at),
    )
    changed = _effect(dossier, task, step, given, actor=actor, post=post, at=at)
    effect = returning.effect_of(dossier) if given.is_return else StopEffect.RESUME
    carry(dossier, step, given, actor=actor, at=at, effect=effect)
    if given.next_person_id is not None:
        _give_on(step, given.next_person_id, at=at)
    dossier.lock_version += 1
    record(dossier, step, actor=actor, post=post, at=at, note=given.note, changed=changed)
    return step


def _asked(dossier: Dossier, given: StepInput, *, at: datetime) -> tuple[int, ...]:
    """Return the agencies asked, once they are known to exist; from now on they see the dossier.

    Raises:
        Invalid: one of them is none, or ended.
    """
    if not given.asked:
        return ()
    listing = organisations.directory(on=civil_day(at))
    present = [listing.present(agency_id) for agency_id in given.asked]
    if any(card is None for card in present):
        raise Invalid({"asked": [_("One of these agencies no longer exists. Choose again.")]})
    asked = tuple(dict.fromkeys(card.id for card in present if card is not None))
    dossier.asked_agency_ids = sorted({*dossier.asked_agency_ids, *asked})
    Dossier.objects.filter(pk=dossier.pk).update(asked_agency_ids=dossier.asked_agency_ids)
    return asked


def carry(
    dossier: Dossier,
    step: Step,
    given: StepInput,
    *,
    actor: Actor,
    at: datetime,
    effect: str = StopEffect.RESUME,
) -> None:
    """Bring clock, waiting state and end of a dossier in line with a step of its run. For this app's services."""
    _follow_tasks(dossier, step, at=at, person_id=actor.person_id, effect=effect)
    if step.ended and dossier.state == State.IN_PROCESS:
        endings.ended_without_result(dossier, step, given, actor=actor, at=at)


def _give_on(step: Step, person_id: int, *, at: datetime) -> None:
    """Hand the next task to the person chosen: the process leaves open who of the post does it.

    Raises:
        Invalid: there is not one next task of the staff, or the person does not hold the post that does it.
    """
    task = step.opened[0] if len(step.opened) == 1 else None
    if task is None or task.holder != Holder.STAFF:
        raise Invalid({"next_person": [_("Here the process itself says who goes on. Leave this empty.")]})
    if person_id not in dict(accounts.holders(task.unit_id, task.role, on=civil_day(at))):
        raise Invalid(
            {"next_person": [_("This person does not hold the post that does the next step. Choose another.")]}
        )
    workflow.assign_task(token_id=task.token_id, person_id=person_id, at=at)


def _check_reason(task: Task, outcome: str, given: StepInput) -> None:
    chosen = task.spec.outcome(outcome)
    if chosen is None or not chosen.needs_reason:
        return
    if not (given.note.strip() or given.refusal_reason.strip() or given.supplement):
        raise Invalid({"note": [_("Say why, so that the next person, and the applicant, know.")]})


def _check_papers(task: Task, outcome: str, given: StepInput) -> None:
    """Refuse to go on without what the process as approved wants: papers attached, a signature that is digital."""
    if wants_papers(task.spec, outcome):
        kept = [*given.paper_file_ids, *[None] * len(task.spec.papers)]
        missing = {
            f"paper_{number}": [_("Attach: %(paper)s") % {"paper": paper}]
            for number, paper in enumerate(task.spec.papers)
            if kept[number] is None
        }
        if missing:
            raise Invalid(missing)
    in_ink = given.signature is not None and given.signature.how == SignedHow.PAPER
    if task.spec.signature and in_ink and not outcome.startswith(policies.UNSIGNED):
        raise Invalid({"how": [_("This process wants a digital signature here.")]})


def _effect(
    dossier: Dossier, task: Task, step: Step, given: StepInput, *, actor: Actor, post: HeldPost | None, at: datetime
) -> str:
    act, outcome = task.act, step.closed.outcome
    if act in policies.SIGN_ACTS and not outcome.startswith(policies.UNSIGNED):
        results.sign(dossier, task, outcome, given, actor=actor, post=post, at=at)
    elif act == Act.ISSUE:
        results.issue(dossier, step, given, actor=actor, at=at)
    elif act == Act.TO_DESK:
        results.to_desk(dossier, at=at)
    elif act == Act.RETURN_RESULT:
        results.hand_over(dossier, given, at=at)
    elif act == Act.WAIT_SUPPLEMENT:
        supplements.close_open(dossier, at=at)
    if any(opened.act == Act.WAIT_SUPPLEMENT for opened in step.opened):
        supplements.send(dossier, at=at)
        set_days.follow(dossier, step.opened)
    return "|".join((given.note, given.refusal_reason, *(item.reason for item in given.supplement)))


def _follow_tasks(dossier: Dossier, step: Step, *, at: datetime, person_id: int | None, effect: str) -> None:
    touched = (step.closed, *step.opened, *step.withdrawn)
    own = all(task.holder == Holder.STAFF and not task.pauses for task in touched)
    if dossier.waiting_for == Waiting.NOBODY and own and step.opened:
        return  # somebody inside goes on, and no clock was touched
    tasks = step.opened if step.ended or step.was_alone else workflow_reads.open_tasks(step.run_id)
    clock.follow(dossier, list(tasks), at=at, person_id=person_id, effect=effect)


def record(
    dossier: Dossier,
    step: Step,
    *,
    actor: Actor,
    post: HeldPost | None,
    at: datetime,
    note: str,
    changed: str,
    act: str = "task_done",
    more: dict[str, Any] | None = None,
) -> None:
    """Write a step down: dossier, journal line and event, in one statement. Private to this app's services."""
    closed = step.closed
    facts = picture.facts_of(dossier) | {"opened": [task.node for task in step.opened], "has_note": bool(note.strip())}
    facts |= more or {}
    if post is not None and post.standing_for_id is not None:
        facts["for_person"] = post.standing_for_id
    line = Line(
        act=act,
        node=closed.node,
        outcome=closed.outcome,
        post_id=post.post_id if post else None,
        unit_id=closed.unit_id,
        token_id=closed.token_id,
        facts=facts,
        changed=changed,
    )
    moved = event_of(
        DossierMoved,
        dossier,
        at=at,
        node=closed.node,
        outcome=closed.outcome,
        opened=tuple(task.node for task in step.opened),
    )
    rows = journal.rows_of(dossier, [line], actor=actor, at=at)
    change_sql.save(dossier, SAVED, rows, outbox.row_of(moved, at=at))


@transaction.atomic
def assign(*, dossier_id: int, task_id: UUID, person_id: int | None, actor: Actor, at: datetime) -> None:
    """Give a task of my unit to one person, or back to everybody of the post.

    Raises:
        NotAllowed: the task is not in one of my units, I neither lead it nor take it myself, or the person does not
            hold the post that does it.
        TaskTaken: it is a colleague's, and I do not lead the unit.
    """
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    task = workflow_reads.task_for(task_id)
    if task.run_id != dossier.run_id:
        raise NotFound
    post = chosen_post(policies.posts_that_assign(actor, task.unit_id, task.role, to=person_id)[:1], None)
    holders = dict(accounts.holders(task.unit_id, task.role, on=civil_day(at)))
    if person_id is not None and person_id not in holders:
        raise NotAllowed
    if task.person_id not in {None, actor.person_id} and post.role not in policies.LEADS:
        raise TaskTaken(person_id=task.person_id, name=holders.get(task.person_id, ""))
    workflow.assign_task(token_id=task.token_id, person_id=person_id, at=at)
    dossier.lock_version += 1
    line = Line(
        act="assigned", node=task.node, post_id=post.post_id, unit_id=task.unit_id, token_id=task.token_id,
        facts={"to": person_id, "from": task.person_id},
    )  # fmt: skip
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=["lock_version", "journal_seq", "journal_hash"])
