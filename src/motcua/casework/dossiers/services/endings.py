"""Ends without a result: refused before acceptance, refused at the desk, stopped."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers.events import DossierNotAccepted, DossierStopped, ProcessingFinished, ResultReturned
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, RefusalNotice
from motcua.casework.dossiers.services import clock
from motcua.casework.dossiers.services.intake import receiving_post
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.services.supplements import close_open
from motcua.casework.dossiers.types import DossierNotPending, Outcome, State, StepInput, Waiting
from motcua.casework.workflow.types import Act, Step
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, Stale


@transaction.atomic
def refuse_filing(
    *,
    dossier_id: int,
    reason: str,
    legal_basis: str,
    actor: Actor,
    at: datetime,
    post_id: int | None = None,
    lock_version: int | None = None,
) -> Dossier:
    """Refuse an online filing before acceptance, with the legal reason (form 03).

    Raises:
        DossierNotPending, NotAllowed, WhichPost, Stale: as for accepting.
        Invalid: the reason is missing.

    Law: Decree 61/2018, art. 17: refusal with form 03 and its reason.
    """
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    post = receiving_post(actor, dossier.receiving_agency_id, post_id)
    if dossier.state != State.FILED:
        raise DossierNotPending
    if lock_version is not None and lock_version != dossier.lock_version:
        raise Stale
    missing = {}
    if not reason.strip():
        missing["reason"] = [_("Say why the dossier is not accepted, in words that the applicant understands.")]
    if not legal_basis.strip():
        missing["legal_basis"] = [_("Name the article of law on which the refusal rests.")]
    if missing:
        raise Invalid(missing)
    RefusalNotice.objects.create(
        dossier=dossier, reason=reason, legal_basis=legal_basis, given_at=at, person_id=actor.person_id
    )
    close_open(dossier, at=at)
    dossier.state, dossier.waiting_for, dossier.closed_at = State.NOT_ACCEPTED, Waiting.NOBODY, at
    dossier.outcome, dossier.acceptance_due_at = Outcome.REFUSED, None
    dossier.lock_version += 1
    line = Line(
        act="not_accepted", post_id=post.post_id, unit_id=post.unit_id, facts=picture.facts_of(dossier), changed=reason
    )
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(
        update_fields=[
            "state", "waiting_for", "closed_at", "outcome", "acceptance_due_at", "lock_version", "journal_seq",
            "journal_hash",
        ]
    )  # fmt: skip
    publish(DossierNotAccepted, dossier, at=at)
    return dossier


def ended_without_result(dossier: Dossier, step: Step, given: StepInput, *, actor: Actor, at: datetime) -> None:
    """Close a dossier whose process ended before a result reached the desk (not saved here).

    Refused at the desk counts as settled with form 03; anything else is a stop with notice.
    """
    due_at = dossier.due_at
    clock.end_pause(dossier, at=at)
    close_open(dossier, at=at)
    dossier.waiting_for, dossier.closed_at = Waiting.NOBODY, at
    if step.closed.act == Act.REFUSE_AT_DESK:
        RefusalNotice.objects.create(
            dossier=dossier, is_before_acceptance=False, reason=given.refusal_reason or given.note, given_at=at,
            person_id=actor.person_id,
        )  # fmt: skip
        dossier.state, dossier.outcome, dossier.finished_at = State.RETURNED, Outcome.REFUSED, at
        publish(
            ProcessingFinished, dossier, at=at, due_at=due_at, accepted_at=dossier.accepted_at, is_refusal=True,
            statutory_due_at=dossier.statutory_due_at,
        )  # fmt: skip
        publish(ResultReturned, dossier, at=at)
        return
    dossier.state = State.STOPPED
    publish(DossierStopped, dossier, at=at, due_at=due_at)
