"""Doing a step of an internal case, and withdrawing one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.internal import placement, policies
from motcua.casework.internal.acts import KIND
from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.services.recording import follow, write
from motcua.casework.internal.types import CaseClosed, CaseState, CaseStepInput, EntryAct, NumberTaken
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act, ClosedTask, Outcome, OutcomeNotOffered, Step, Task
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor, ActorKind, WhichPost
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import HeldPost


@transaction.atomic
def complete_case_step(
    *,
    case_id: UUID,
    task_id: UUID,
    outcome: str,
    actor: Actor,
    at: datetime,
    given: CaseStepInput | None = None,
    post_id: int | None = None,
    expected_lock: int | None = None,
) -> Step:
    """Finish a step of a case with one of the outcomes drawn; an opinion asked is such a step. Locks case, then run.

    Raises:
        NotFound: no such case or step for the actor. CaseClosed: it ended meanwhile.
        NotAllowed, WhichPost: none, or several, of the actor's posts may.
        TaskAlreadyDone: somebody was faster. Stale: the page was older than the run.
        Invalid: a reason, the agencies asked, number, day or file is missing. NumberTaken.
    """
    given = given or CaseStepInput()
    case = _locked(case_id, actor)
    task = workflow_reads.task_for(task_id)
    if task.run_id != case.run_id:
        raise NotFound
    if case.state != CaseState.RUNNING:
        raise CaseClosed
    post = _post(actor, task, post_id)
    chosen = task.spec.outcome(outcome)
    if chosen is None:
        raise OutcomeNotOffered
    _check(case, task, chosen, given, at=at)
    step = workflow.complete_task(
        run_id=task.run_id, token_id=task.token_id, outcome=outcome, actor_person_id=actor.person_id,
        post_id=post.post_id if post else None, at=at, expected_lock=expected_lock,
        asked=_asked(given, at=at), **placement.of(at),
    )  # fmt: skip
    _effect(case, step.closed, given, at=at)
    if given.next_person_id is not None:
        _give_on(step, given.next_person_id, at=at)
    write(
        case, EntryAct.STEP, actor=actor, at=at, task=step.closed, post=post, note=given.note, file_ids=given.file_ids
    )
    follow(case, opened=step.opened, ended=step.ended, at=at)
    return step


@transaction.atomic
def withdraw_case(*, case_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """End a case before its end; what was done stays to be read.

    Raises:
        NotFound. NotAllowed: neither did the actor start it nor lead its agency. CaseClosed.
        Invalid: no reason is given, or the document has its number: it is ended by another document only.
    """
    case = _locked(case_id, actor)
    if not policies.may_withdraw(actor, case):
        raise NotAllowed
    if case.state != CaseState.RUNNING:
        raise CaseClosed
    if case.document_number:
        raise Invalid({"reason": [_("The document has its number. Only another document can end it.")]})
    if not reason.strip():
        raise Invalid({"reason": [_("Say why the case is withdrawn.")]})
    workflow.cancel_run(run_id=case.run_id, actor_person_id=actor.person_id, post_id=None, at=at)
    case.state, case.ended_at = CaseState.WITHDRAWN, at
    write(case, EntryAct.WITHDRAWN, actor=actor, at=at, note=reason)
    case.save()


def _locked(case_id: UUID, actor: Actor) -> InternalCase:
    case = InternalCase.objects.select_for_update().filter(public_id=case_id).first()
    if case is None or not (actor.kind == ActorKind.SYSTEM or registry.sees(KIND, actor, case)):
        raise NotFound
    return case


def _post(actor: Actor, task: Task, post_id: int | None) -> HeldPost | None:
    if actor.kind == ActorKind.SYSTEM:
        return None
    posts = [post for post in policies.posts_for(actor, task) if post_id in {None, post.post_id}]
    if not posts:
        raise NotAllowed
    if len(posts) > 1:
        raise WhichPost(posts=tuple(posts))
    return posts[0]


def _check(case: InternalCase, task: Task, chosen: Outcome, given: CaseStepInput, *, at: datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if chosen.needs_reason and not given.note.strip():
        wrong["note"] = [_("Say why, so that the next person knows.")]
    if task.act == Act.ISSUE and not isinstance(task, ClosedTask):
        if not given.number.strip():
            wrong["number"] = [_("Enter the number of the document, such as 15/2026/QĐ-UBND.")]
        if given.issued_on is None:
            wrong["issued_on"] = [_("Enter the day on which the document is issued.")]
        elif given.issued_on > civil_day(at):
            wrong["issued_on"] = [_("This day is still to come.")]
        if not given.file_ids:
            wrong["attachments"] = [_("Attach the signed document.")]
    if wrong:
        raise Invalid(wrong)
    issuer_id = organisations.agency_of_unit(task.unit_id, on=civil_day(at))
    taken = InternalCase.objects.filter(issuer_id=issuer_id, document_number=given.number.strip()).exclude(pk=case.pk)
    if task.act == Act.ISSUE and taken.exists():
        raise NumberTaken


def _asked(given: CaseStepInput, *, at: datetime) -> tuple[int, ...]:
    listing = organisations.directory(on=civil_day(at))
    if any(agency_id not in listing.agencies for agency_id in given.asked):
        raise Invalid({"asked": [_("One of these agencies no longer exists. Choose again.")]})
    return tuple(dict.fromkeys(given.asked))


def _effect(case: InternalCase, closed: ClosedTask, given: CaseStepInput, *, at: datetime) -> None:
    if closed.act == Act.SIGN and not closed.outcome.startswith(policies.UNSIGNED):
        case.signed_at = at
    elif closed.act == Act.ISSUE:
        case.document_number, case.issued_on = given.number.strip(), given.issued_on
        case.issuer_id = organisations.agency_of_unit(closed.unit_id, on=civil_day(at))


def _give_on(step: Step, person_id: int, *, at: datetime) -> None:
    task = step.opened[0] if len(step.opened) == 1 else None
    if task is None or person_id not in dict(accounts.holders(task.unit_id, task.role, on=civil_day(at))):
        raise Invalid({"next_person": [_("This person does not hold the post that does the next step.")]})
    workflow.assign_task(token_id=task.token_id, person_id=person_id, at=at)
