"""What a citizen does with a filed dossier: answer a supplement, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture, policies
from motcua.casework.dossiers.events import DossierWithdrawn, SupplementAnswered
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, ReplacedResult, Result
from motcua.casework.dossiers.services import acting, clock, happenings, steps, supplements
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import (
    DossierClosed,
    NoSupplementAsked,
    Proof,
    State,
    StepInput,
    SupplementAnswer,
    Waiting,
)
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act
from motcua.foundation.accounts.types import Actor, RepresentedAct
from motcua.foundation.core.types import Invalid, NotFound

# Name of the message that a process may draw on the edge of its tasks.
WITHDRAWAL = "withdrawal"


@transaction.atomic
def answer_supplement(
    *, dossier_id: int, answers: tuple[SupplementAnswer, ...], actor: Actor, at: datetime, proof: Proof | None = None
) -> Dossier:
    """Hand in what was asked for; before acceptance the desk sees it again, later the process goes on.

    Raises:
        NotFound: not the actor's dossier, and no proof for it.
        RepresentationEnded, RepresentationTooNarrow: it was filed for somebody for whom the actor may not (any more).
        NoSupplementAsked: nothing is asked, or it was answered before.
        Invalid: no file was given.
    """
    dossier = _own(dossier_id, actor, proof, at=at)
    supplements.open_request(dossier)
    if not any(answer.file_ids for answer in answers):
        raise Invalid({"files": [_("Add at least one of the papers asked for.")]})
    supplements.add_answer_files(dossier, answers, at=at)
    if dossier.state == State.FILED:
        supplements.answered_before_acceptance(dossier, actor=actor, at=at)
        return dossier
    tasks = workflow_reads.open_tasks(dossier.run_id) if dossier.run_id else ()
    task = next((item for item in tasks if item.act == Act.WAIT_SUPPLEMENT), None)
    if task is None:
        raise NoSupplementAsked
    steps.advance(dossier, task, task.outcomes[0].code, given=StepInput(), actor=actor, post=None, at=at)
    publish(SupplementAnswered, dossier, at=at, is_before_acceptance=False, acceptance_due_at=None)
    return dossier


@transaction.atomic
def withdraw(*, dossier_id: int, reason: str, actor: Actor, at: datetime, proof: Proof | None = None) -> Dossier:
    """Take a dossier back before it is decided; its run is cancelled and form 05 can be printed.

    Where the process draws a way for the message `withdrawal`, that way is gone instead.

    Raises:
        NotFound: not the actor's dossier, and no proof for it.
        RepresentationEnded, RepresentationTooNarrow: it was filed for somebody for whom the actor may not (any more).
        DossierClosed: it was decided or closed before; a result that is being corrected was decided.

    Law: Circular 03/2025/TT-VPCP, form 05: stop on the citizen's request before a result is decided.
    """
    dossier = _own(dossier_id, actor, proof, at=at)
    decided = Result.objects.filter(dossier=dossier).exists()
    if not dossier.is_open or decided or ReplacedResult.objects.filter(dossier=dossier).exists():
        raise DossierClosed
    if dossier.run_id is not None and _drawn(dossier, actor=actor, at=at):
        return Dossier.objects.get(pk=dossier.pk)
    return take_back(dossier, reason=reason, actor=actor, at=at)


def _drawn(dossier: Dossier, *, actor: Actor, at: datetime) -> bool:
    """Go the way that the process draws for a withdrawal at its present step; False where it draws none."""
    if dossier.is_suspended or dossier.run_id is None:
        return False
    if workflow_reads.waiting_for(dossier.run_id, WITHDRAWAL) is None:
        return False
    return happenings.deliver_message(
        dossier_id=dossier.pk, name=WITHDRAWAL, key=f"{WITHDRAWAL}:{dossier.lock_version}", actor=actor, at=at
    )


def take_back(dossier: Dossier, *, reason: str, actor: Actor, at: datetime) -> Dossier:
    """Withdraw a locked open dossier: its run is cancelled. Private to this app's services."""
    was_accepted, due_at = dossier.accepted_at is not None, dossier.due_at
    if dossier.run_id is not None:
        workflow.cancel_run(run_id=dossier.run_id, actor_person_id=actor.person_id, post_id=None, at=at)
        clock.end_pause(dossier, at=at)
    supplements.close_open(dossier, at=at)
    dossier.state, dossier.waiting_for, dossier.closed_at = State.WITHDRAWN, Waiting.NOBODY, at
    dossier.acceptance_due_at = None
    dossier.lock_version += 1
    journal.record(
        dossier,
        [Line(act="withdrawn", facts=picture.facts_of(dossier) | {"suspended": False}, changed=reason)],
        actor=actor,
        at=at,
    )
    dossier.save(
        update_fields=[
            "state", "waiting_for", "closed_at", "acceptance_due_at", "is_suspended", "lock_version", "journal_seq",
            "journal_hash",
        ]
    )  # fmt: skip
    publish(DossierWithdrawn, dossier, at=at, was_accepted=was_accepted, due_at=due_at)
    return dossier


def _own(dossier_id: int, actor: Actor, proof: Proof | None, *, at: datetime) -> Dossier:
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    proved = proof is not None and proof.dossier_id == dossier_id
    if dossier is None or not (proved or policies.can_act_as_party(actor, dossier)):
        raise NotFound
    acting.still_may(dossier, act=RepresentedAct.ANSWER, actor=actor, at=at)
    return dossier
