"""Suspending a dossier: the clock stands for somebody outside until the suspension ends; then the rest goes on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers.holding import SUSPENDED
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, Pause
from motcua.casework.dossiers.services import clock
from motcua.casework.dossiers.types import DossierClosed, DossierSuspended, NotSuspended, State, Waiting
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars.types import StopHolder
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations.types import HeldPost, Role

SUSPENDERS = frozenset({Role.DIVISION_HEAD, Role.LEADER})
_SAVED = [
    "waiting_for", "restarted_at", "due_at", "statutory_due_at", "is_suspended", "lock_version", "journal_seq",
    "journal_hash",
]  # fmt: skip


@transaction.atomic
def suspend(*, dossier_id: int, holder: str, reason: str, ground: str, actor: Actor, at: datetime) -> Dossier:
    """Let the clock stand for `holder` (a StopHolder code): a court, a public posting, a survey and the like.

    Nobody works on it meanwhile.

    Raises:
        NotFound: no such dossier.
        NotAllowed: the actor heads no division and leads no agency that is competent for it.
        DossierClosed: it is not in process.
        DossierSuspended: its clock stands already.
        Invalid: `holder` is unknown, `reason` or `ground` is empty.
    """
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    post = _post(actor, dossier)
    if dossier.state != State.IN_PROCESS:
        raise DossierClosed
    if Pause.objects.filter(dossier=dossier, ended_at__isnull=True).exists():
        raise DossierSuspended(_("The clock of this dossier stands already."))
    _check(holder, reason, ground)
    clock.stop(
        dossier, holder=holder, reason_code=SUSPENDED, reason=reason.strip(), ground=ground.strip()[:300], at=at,
        person_id=actor.person_id,
    )  # fmt: skip
    dossier.is_suspended, dossier.waiting_for = True, clock.group_of(holder)
    _write(dossier, "suspended", post, changed=reason, holder=holder, actor=actor, at=at)
    return dossier


def _check(holder: str, reason: str, ground: str) -> None:
    wrong: dict[str, list[str]] = {}
    if holder not in StopHolder.values:
        wrong["holder"] = [_("Choose whom the dossier waits for")]
    if not reason.strip():
        wrong["reason"] = [_("Say why, so that the next person, and the applicant, know.")]
    if not ground.strip():
        wrong["ground"] = [_("Name the article of law that lets the clock stand")]
    if wrong:
        raise Invalid(wrong)


@transaction.atomic
def end_suspension(*, dossier_id: int, actor: Actor, at: datetime, note: str = "") -> Dossier:
    """Let the rest of the limit go on.

    Raises:
        NotFound, NotAllowed: as for suspending.
        NotSuspended: it is not, or no longer.
    """
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    post = _post(actor, dossier)
    pause = Pause.objects.filter(dossier=dossier, ended_at__isnull=True).first()
    if not dossier.is_suspended or pause is None:
        raise NotSuspended
    dossier.is_suspended, dossier.waiting_for = False, Waiting.NOBODY
    clock.go_on(dossier, pause, at=at, person_id=actor.person_id)
    tasks = list(workflow.open_tasks(dossier.run_id)) if dossier.run_id else []
    clock.follow(dossier, tasks, at=at, person_id=actor.person_id)
    _write(dossier, "suspension_ended", post, changed=note, holder=pause.holder, actor=actor, at=at)
    return dossier


def _post(actor: Actor, dossier: Dossier) -> HeldPost:
    for post in actor.posts:
        if post.role in SUSPENDERS and post.agency_id == dossier.competent_agency_id:
            return post
    raise NotAllowed


def _write(
    dossier: Dossier, act: str, post: HeldPost, *, changed: str, holder: str, actor: Actor, at: datetime
) -> None:
    facts = picture.facts_of(dossier) | {"suspended": dossier.is_suspended, "holder": holder}
    line = Line(act, post_id=post.post_id, unit_id=post.unit_id, facts=facts, changed=changed)
    dossier.lock_version += 1
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=_SAVED)
