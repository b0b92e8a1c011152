"""Called processes as child dossiers of other agencies: opened, answered and given up after commit.

Parent and child are never locked in one transaction: what one does to the other goes through the outbox. A child is
found again by its parent's waiting task, so that a delivery that comes twice opens and answers once.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture, placement, policies, sealing
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import ChildDossier, Dossier, JournalEntry, Party, Result
from motcua.casework.dossiers.services import child_papers
from motcua.casework.dossiers.services.citizens import take_back
from motcua.casework.dossiers.services.filing import file_online
from motcua.casework.dossiers.services.happenings import take_step
from motcua.casework.dossiers.types import Channel, FilingInput, Outcome, PartyRole, State
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import OfferCard
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import ClosedTask, RunNotRunning, TaskAlreadyDone, TaskNotFound
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotAllowed, NotFound, Refusal

# How a child ended -> outcomes of the call that fit, the first one offered is taken; else the last one drawn.
_ENDINGS = {
    State.NOT_ACCEPTED: ("refused",),
    State.WITHDRAWN: ("withdrawn", "refused"),
    State.STOPPED: ("stopped", "refused"),
}
_SAVED = ("asked_agency_ids", "lock_version", "journal_seq", "journal_hash")


def open_child(*, run_id: int, token_id: int, node: str, calls: str, at: datetime) -> int | None:
    """File the dossier that a parent's process calls for, at the agency that offers the procedure; return its id.

    It waits at that agency's desk for acceptance, under its own clock, like any filing. What keeps it from being filed
    is noted at the call, which stays open: an officer records the answer by hand. Idempotent by `token_id`.
    """
    parent = Dossier.objects.filter(run_id=run_id).first()
    if parent is None:
        return None
    with transaction.atomic():
        ChildDossier.objects.get_or_create(
            token_id=token_id, defaults={"parent": parent, "node": node, "opened_at": at}
        )
        link = ChildDossier.objects.select_for_update().get(token_id=token_id)
        if link.child_id is None and link.withdrawn_at is None:
            try:
                with transaction.atomic():
                    filing = _filing(parent, token_id, calls, at=at)
                    link.child_id = file_online(filing=filing, actor=SYSTEM, at=at).dossier_id
                    link.agency_id, link.problem = filing.competent_agency_id, ""
            except Refusal as refusal:
                link.problem = refusal.code[:40]
            link.save(update_fields=["child", "agency_id", "problem"])
    _note_opened(parent.pk, link, at=at)
    return link.child_id


def _filing(parent: Dossier, token_id: int, calls: str, *, at: datetime) -> FilingInput:
    offer = _offer(parent, calls, at=at)
    choice = procedures.intake_choice(offer.id, on=civil_day(at))
    people = Party.objects.filter(dossier=parent, is_current=True).exclude(role=PartyRole.RECIPIENT)
    return FilingInput(
        offer_id=offer.id,
        case_id=choice.cases[0].id,
        channel=Channel.ONLINE if "online" in choice.offer.channels else Channel.POST,
        parties=tuple(sealing.open_party(party) for party in people.order_by("role", "ordinal")),
        papers=child_papers.papers_for(parent, choice.cases[0]),
        answers=child_papers.answers_for(parent, choice),
        key=f"child:{token_id}",
        competent_agency_id=offer.agency_id or parent.competent_agency_id,
        citizen_person_id=parent.citizen_id,
        summary=parent.shown_code,
    )


def _offer(parent: Dossier, calls: str, *, at: datetime) -> OfferCard:
    """Return the offer of the competent agency, of the receiving one, else the only one that any agency makes.

    Raises:
        OfferNotFound.
    """
    on = civil_day(at)
    for agency_id in (parent.competent_agency_id, parent.receiving_agency_id):
        try:
            return procedures.offer_for(code=calls, agency_id=agency_id, on=on)
        except NotFound:
            continue
    return procedures.only_offer(calls, on=on)


@transaction.atomic
def _note_opened(parent_id: int, link: ChildDossier, *, at: datetime) -> None:
    """Write into the parent's journal what became of the call; the child's agency sees the parent from now on."""
    act = "child_opened" if link.child_id else "child_not_opened"
    parent = Dossier.objects.locked().get(pk=parent_id)
    if JournalEntry.objects.filter(dossier_id=parent.pk, act=act, token_id=link.token_id).exists():
        return
    child = Dossier.objects.filter(pk=link.child_id or 0).first()
    if child is not None:
        asked = {*parent.asked_agency_ids, child.competent_agency_id, child.receiving_agency_id}
        parent.asked_agency_ids = sorted(asked)
    facts = picture.facts_of(parent) | {"child": link.child_id, "problem": link.problem}
    unit_id = child.competent_agency_id if child else None
    parent.lock_version += 1
    journal.record(
        parent,
        [Line(act=act, node=link.node, unit_id=unit_id, token_id=link.token_id, facts=facts)],
        actor=SYSTEM,
        at=at,
    )
    parent.save(update_fields=list(_SAVED))


def answer_parent(*, child_id: int, at: datetime) -> bool:
    """Give the parent its child's result; False when it was given before, or the parent no longer waits.

    Lateness stays where it was: while the call was open, its holder held the parent.
    """
    link = ChildDossier.objects.filter(child_id=child_id).first()
    child = Dossier.objects.filter(pk=child_id).first()
    if link is None or child is None or child.is_open:
        return False
    _record_end(link, child)
    if link.answered_at or link.withdrawn_at:
        return False
    with transaction.atomic():
        parent = Dossier.objects.locked().get(pk=link.parent_id)
        answered = ChildDossier.objects.filter(pk=link.pk, answered_at=None).update(answered_at=at)
        if not answered or parent.run_id is None:
            return False
        task = next((item for item in workflow_reads.open_tasks(parent.run_id) if item.token_id == link.token_id), None)
        if task is None:
            return False
        code = _outcome_of(child, [item.code for item in task.outcomes])
        try:
            with transaction.atomic():
                step = workflow.answer_call(
                    run_id=parent.run_id, token_id=link.token_id, outcome=code, at=at, **placement.of(at)
                )
        except (TaskAlreadyDone, TaskNotFound, RunNotRunning):
            return False
        take_step(parent, step, actor=SYSTEM, at=at, more=_came(link, child))
    return True


def _record_end(link: ChildDossier, child: Dossier) -> None:
    """Keep at the parent's line what the child ended with: number, title and file by reference; once."""
    if link.ended_at is not None:
        return
    result = Result.objects.filter(dossier=child).exclude(number="").first()
    link.code, link.ended_as = child.shown_code, child.state
    link.ended_at = child.finished_at or child.closed_at
    if result is not None:
        link.result_number, link.result_title = result.number, result.title
        link.result_is_refusal, link.result_file_id = result.is_refusal, result.file_id or result.scan_id
    link.save(
        update_fields=[
            "code", "ended_as", "ended_at", "result_number", "result_title", "result_is_refusal", "result_file",
        ]
    )  # fmt: skip


def _came(link: ChildDossier, child: Dossier) -> dict[str, object]:
    """Return what the parent's journal says of the answer: whose, under which number, and when it was given."""
    return {
        "child": child.pk,
        "child_agency": child.competent_agency_id,
        "child_code": child.shown_code,
        "result_number": link.result_number,
        "ended_at": link.ended_at.isoformat() if link.ended_at else None,
    }


def _outcome_of(child: Dossier, offered: list[str]) -> str:
    """Return the outcome of the call that the child's end means."""
    state = State(child.state)
    if state in {State.FINISHED, State.RETURNED} and child.outcome != Outcome.REFUSED:
        return offered[0]
    fitting = _ENDINGS.get(state, ("refused",))
    return next((code for code in fitting if code in offered), offered[-1])


def withdraw_child(*, token_id: int, at: datetime) -> bool:
    """Take the child back when its parent no longer waits for it; one that has a result keeps it."""
    with transaction.atomic():
        ChildDossier.objects.filter(token_id=token_id, answered_at=None, withdrawn_at=None).update(withdrawn_at=at)
    link = ChildDossier.objects.filter(token_id=token_id, withdrawn_at__isnull=False).first()
    if link is None or link.child_id is None:
        return False
    with transaction.atomic():
        child = Dossier.objects.locked().get(pk=link.child_id)
        if not child.is_open or Result.objects.filter(dossier=child).exists():
            return False
        take_back(child, reason=_("The dossier that called for it no longer waits for it."), actor=SYSTEM, at=at)
    return True


def retry_call(*, task_id: UUID, actor: Actor, at: datetime) -> bool:
    """Try once more to open the child dossier of a waiting call; False when it cannot be opened yet.

    An answer that was recorded meanwhile is left as it is. Idempotent, as `open_child`.

    Raises:
        NotFound: no such task, or not the actor's to see. NotAllowed: none of the actor's posts does the step.
    """
    task = workflow_reads.task_for(task_id)
    parent = Dossier.objects.filter(run_id=task.run_id).first()
    if parent is None or not policies.can_see(actor, parent) or not task.spec.calls:
        raise NotFound
    if not policies.posts_for_task(actor, unit_id=task.unit_id, role=task.role, person_id=task.person_id, act=task.act):
        raise NotAllowed
    if isinstance(task, ClosedTask):
        return False
    child_id = open_child(run_id=task.run_id, token_id=task.token_id, node=task.node, calls=task.spec.calls, at=at)
    return child_id is not None
