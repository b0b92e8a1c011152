"""A supplement beyond those that the law allows: an officer asks a leader with the reason, the leader decides."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, SupplementApproval, SupplementRequest
from motcua.casework.dossiers.types import (
    OPEN_STATES,
    ApprovalDecided,
    ApprovalNotNeeded,
    ApprovalPending,
    DossierClosed,
    ExtensionState,
    State,
    SupplementAlreadyAsked,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import HeldPost, Role

ASKERS = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER})


@transaction.atomic
def ask_for_second_supplement(*, dossier_id: int, reason: str, actor: Actor, at: datetime) -> SupplementApproval:
    """Ask a leader to let the applicant be asked once more; a leader of the competent agency approves it at once.

    Raises:
        NotFound: no such dossier. DossierClosed: it is over.
        NotAllowed: no post of the actor's handles it at the competent agency, or before acceptance receives it.
        ApprovalNotNeeded: a request is still free. ApprovalPending: one is asked for or unused.
        Invalid: `reason` is empty.

    Law: Decree 61/2018/NĐ-CP, art. 11(2c): asked for once; how often without a leader is
    MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL.
    """
    dossier = _locked(dossier_id)
    if dossier.state not in OPEN_STATES:
        raise DossierClosed
    post = _asking_post(actor, dossier)
    if not needs_approval(dossier):
        raise ApprovalNotNeeded
    if _open(dossier) is not None:
        raise ApprovalPending
    if not reason.strip():
        raise Invalid({"reason": [_("Say what is missing and why it was not asked for the first time.")]})
    row = SupplementApproval.objects.create(
        dossier=dossier, state=ExtensionState.PROPOSED, reason=reason.strip(), asked_at=at, asked_by=actor.person_id
    )
    if post.role == Role.LEADER:
        _decide(dossier, row, post, is_granted=True, answer=reason, actor=actor, at=at)
    else:
        _write(dossier, row, "second_supplement_asked", post, changed=reason, actor=actor, at=at)
    return row


@transaction.atomic
def decide_second_supplement(
    *, approval_id: int, is_granted: bool, answer: str, actor: Actor, at: datetime
) -> SupplementApproval:
    """Approve or decline a second supplement, with the reason.

    Raises:
        NotFound: no such request. NotAllowed: the actor leads no agency that is competent for it.
        ApprovalDecided: somebody decided before. DossierClosed: it is over meanwhile.
        Invalid: `answer` is empty.
    """
    found = SupplementApproval.objects.filter(pk=approval_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NotFound
    dossier = _locked(found)
    post = leader_post(actor, dossier)
    row = SupplementApproval.objects.select_for_update().get(pk=approval_id)
    if row.state != ExtensionState.PROPOSED:
        raise ApprovalDecided
    if is_granted and dossier.state not in OPEN_STATES:
        raise DossierClosed
    if not answer.strip():
        raise Invalid({"answer": [_("Say why you approve or decline; it stays in the journal.")]})
    _decide(dossier, row, post, is_granted=is_granted, answer=answer, actor=actor, at=at)
    return row


def needs_approval(dossier: Dossier) -> bool:
    """Tell whether the applicant was asked as often as is allowed without a leader, in the present phase."""
    before = dossier.state == State.FILED
    sent = SupplementRequest.objects.filter(dossier=dossier, is_before_acceptance=before, sent_at__isnull=False)
    return sent.count() >= settings.MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL


def require(dossier: Dossier) -> None:
    """Refuse a further request that no leader approved. For this app's services.

    Raises:
        SupplementAlreadyAsked.
    """
    unused = SupplementApproval.objects.filter(dossier=dossier, state=ExtensionState.GRANTED, used_at__isnull=True)
    if not unused.exists():
        raise SupplementAlreadyAsked


def use(dossier: Dossier, *, at: datetime) -> None:
    """Use the approval up: the request was sent. For this app's services."""
    rows = SupplementApproval.objects.filter(dossier=dossier, state=ExtensionState.GRANTED, used_at__isnull=True)
    rows.update(used_at=at)


def leader_post(actor: Actor, dossier: Dossier) -> HeldPost:
    """Return the actor's post as a leader of the competent agency. For this app's services.

    Raises:
        NotAllowed: there is none.
    """
    for post in actor.posts:
        if post.role == Role.LEADER and post.agency_id == dossier.competent_agency_id:
            return post
    raise NotAllowed


def _asking_post(actor: Actor, dossier: Dossier) -> HeldPost:
    for post in actor.posts:
        if post.role in ASKERS and post.agency_id == dossier.competent_agency_id:
            return post
        at_desk = post.role == Role.RECEPTIONIST and dossier.receiving_agency_id in {post.agency_id, post.unit_id}
        if at_desk and dossier.state == State.FILED:
            return post
    raise NotAllowed


def _open(dossier: Dossier) -> SupplementApproval | None:
    rows = SupplementApproval.objects.filter(dossier=dossier, used_at__isnull=True)
    return rows.exclude(state=ExtensionState.DECLINED).first()


def _locked(dossier_id: int) -> Dossier:
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    return dossier


def _decide(
    dossier: Dossier,
    row: SupplementApproval,
    post: HeldPost,
    *,
    is_granted: bool,
    answer: str,
    actor: Actor,
    at: datetime,
) -> None:
    row.state = ExtensionState.GRANTED if is_granted else ExtensionState.DECLINED
    row.answer, row.decided_at, row.decided_by, row.approver_name = answer.strip(), at, actor.person_id, actor.name
    row.save()
    act = "second_supplement_approved" if is_granted else "second_supplement_declined"
    _write(dossier, row, act, post, changed=answer, actor=actor, at=at)


def _write(
    dossier: Dossier, row: SupplementApproval, act: str, post: HeldPost, *, changed: str, actor: Actor, at: datetime
) -> None:
    dossier.lock_version += 1
    line = Line(act, post_id=post.post_id, unit_id=post.unit_id, facts={"approval": row.pk}, changed=changed)
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=["lock_version", "journal_seq", "journal_hash"])
