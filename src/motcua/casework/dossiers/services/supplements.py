"""Asking the citizen once, completely, for what is missing (form 02), and taking the answer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture
from motcua.casework.dossiers.events import SupplementAnswered, SupplementAsked
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, DossierPaper, PaperFile, SupplementItem, SupplementRequest
from motcua.casework.dossiers.services import asking_again
from motcua.casework.dossiers.services.intake import receiving_post
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import (
    DossierNotPending,
    NoSupplementAsked,
    State,
    StepInput,
    SupplementAnswer,
    Waiting,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, Stale


@transaction.atomic
def ask_before_acceptance(
    *,
    dossier_id: int,
    given: StepInput,
    actor: Actor,
    at: datetime,
    post_id: int | None = None,
    lock_version: int | None = None,
) -> Dossier:
    """Ask for everything missing of an online filing, before acceptance: no clock of the law runs yet.

    Raises:
        DossierNotPending, NotAllowed, WhichPost, Stale: as for accepting.
        SupplementAlreadyAsked: it was asked as often as allowed, and no leader approved another.
        Invalid: no paper is marked, or a reason is missing.

    Law: Decree 61/2018, art. 11 and 17(2): one full guidance, form 02.
    """
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    post = receiving_post(actor, dossier.receiving_agency_id, post_id)
    if dossier.state != State.FILED or dossier.waiting_for == Waiting.CITIZEN:
        raise DossierNotPending
    if lock_version is not None and lock_version != dossier.lock_version:
        raise Stale
    request = prepare(dossier, given, actor=actor, at=at, before_acceptance=True)
    request.sent_at = at
    request.save(update_fields=["sent_at"])
    if request.ordinal > settings.MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL:
        asking_again.use(dossier, at=at)
    dossier.waiting_for = Waiting.CITIZEN
    dossier.acceptance_due_at = None
    _save(dossier, "supplement_asked", actor=actor, at=at, post_id=post.post_id, unit_id=post.unit_id,
          changed="|".join(item.reason for item in given.supplement))  # fmt: skip
    publish(SupplementAsked, dossier, at=at, is_before_acceptance=True)
    return dossier


def prepare(
    dossier: Dossier, given: StepInput, *, actor: Actor, at: datetime, before_acceptance: bool
) -> SupplementRequest:
    """Write the request; it is sent when the process reaches its waiting step."""
    if not given.supplement or any(not item.reason.strip() for item in given.supplement):
        raise Invalid({"supplement": [_("Mark each paper that is missing or wrong, and say what is to be mended.")]})
    mine = SupplementRequest.objects.filter(dossier=dossier)
    asked = mine.filter(is_before_acceptance=before_acceptance, sent_at__isnull=False)
    if asked.count() >= settings.MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL:
        asking_again.require(dossier)
    close_open(dossier, at=at)  # one that was prepared and not sent gives way
    ordinal = (mine.aggregate(top=Max("ordinal"))["top"] or 0) + 1
    by_day = given.supplement_due_on or civil_day(at) + timedelta(days=settings.MOTCUA_SUPPLEMENT_DAYS)
    request = SupplementRequest.objects.create(
        dossier=dossier, ordinal=ordinal, is_before_acceptance=before_acceptance, note=given.note, answer_by_on=by_day,
        prepared_at=at, prepared_by=actor.person_id,
    )  # fmt: skip
    own = set(DossierPaper.objects.filter(dossier=dossier).values_list("pk", flat=True))
    SupplementItem.objects.bulk_create(
        SupplementItem(request=request, paper_id=item.paper_id if item.paper_id in own else None, reason=item.reason)
        for item in given.supplement
    )
    return request


def send(dossier: Dossier, *, at: datetime) -> None:
    """Send the prepared request: the process waits for the citizen from now on.

    Raises:
        Invalid: nothing was prepared, so the citizen would not know what to bring.
    """
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).first()
    if request is None:
        raise Invalid({"supplement": [_("Mark each paper that is missing or wrong, and say what is to be mended.")]})
    request.sent_at = at
    request.save(update_fields=["sent_at"])
    if dossier.supplement_count >= settings.MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL:
        asking_again.use(dossier, at=at)
    dossier.supplement_count += 1
    publish(SupplementAsked, dossier, at=at, is_before_acceptance=False)


def close_open(dossier: Dossier, *, at: datetime) -> None:
    """Mark the open request as answered."""
    SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).update(answered_at=at)


def add_answer_files(dossier: Dossier, answers: tuple[SupplementAnswer, ...], *, at: datetime) -> None:
    """Put the new files to their papers; earlier files of the same paper are superseded, never deleted."""
    papers = {paper.pk: paper for paper in DossierPaper.objects.filter(dossier=dossier)}
    for answer in (answer for answer in answers if answer.file_ids):
        paper = papers.get(answer.paper_id or 0)
        if paper is None:
            place = len(papers) + 1
            paper = DossierPaper.objects.create(dossier=dossier, ordinal=place, name=answer.name or _("Further paper"))
            papers[paper.pk] = paper
        else:
            PaperFile.objects.filter(paper=paper, superseded_at__isnull=True).update(superseded_at=at)
        PaperFile.objects.bulk_create(
            PaperFile(paper=paper, file_id=file_id, ordinal=place, added_at=at)
            for place, file_id in enumerate(answer.file_ids, start=1)
        )


def answered_before_acceptance(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Give the filing back to the desk with a fresh acceptance clock."""
    calendar = calendars.calendar_for(dossier.receiving_agency_id, on=civil_day(at))
    close_open(dossier, at=at)
    dossier.waiting_for = Waiting.NOBODY
    seconds = calendar.rules_of(at).acceptance_hours * 3600
    dossier.acceptance_due_at = calendars.add_working_seconds(calendar, at, seconds)
    _save(dossier, "supplement_answered", actor=actor, at=at)
    publish(SupplementAnswered, dossier, at=at, is_before_acceptance=True, acceptance_due_at=dossier.acceptance_due_at)


def open_request(dossier: Dossier) -> SupplementRequest:
    """Return the request that the citizen has to answer.

    Raises:
        NoSupplementAsked: there is none.
    """
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True, sent_at__isnull=False).first()
    if request is None:
        raise NoSupplementAsked
    return request


def _save(
    dossier: Dossier,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    post_id: int | None = None,
    unit_id: int | None = None,
    changed: str = "",
) -> None:
    dossier.lock_version += 1
    line = Line(act=act, post_id=post_id, unit_id=unit_id, facts=picture.facts_of(dossier), changed=changed)
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=["waiting_for", "acceptance_due_at", "lock_version", "journal_seq", "journal_hash"])
