"""Drafts of online filings: saved at every step, resumed by link or account, submitted once, gone when expired."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.casework.documents import services as documents
from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Dossier, Draft, DraftFile
from motcua.casework.dossiers.services import acting
from motcua.casework.dossiers.services.filing import file_online
from motcua.casework.dossiers.types import Channel, Delivery, DraftExpired, Filed, FilingInput, PaperInput, PartyInput
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class StartedDraft:
    """A new draft and the secret of its link, which is nowhere stored in clear."""

    public_id: UUID
    secret: str


def start_draft(
    *,
    offer_id: int,
    competent_agency_id: int | None,
    actor: Actor,
    at: datetime,
    case_id: int | None = None,
    representation: UUID | None = None,
) -> StartedDraft:
    """Begin a draft for an offer; signed-in citizens own theirs, everybody else holds the secret link.

    Args:
        representation: under which the citizen acts for somebody else; looked at again when the draft is filed.
    """
    secret = secrets.token_urlsafe(18)
    content: dict[str, Any] = {
        "competent_agency_id": competent_agency_id,
        "answers": {},
        "parties": [],
        "delivery": Delivery.DESK,
        "delivery_address": "",
        "done": [],
        "key": secrets.token_hex(16),
        "representation": str(representation or ""),
    }
    draft = Draft.objects.create(
        secret_digest=_digest(secret),
        owner_id=actor.person_id if actor.kind == ActorKind.CITIZEN else None,
        offer_id=offer_id,
        case_id=case_id,
        content_cipher=sealing.seal(content, purpose=sealing.DRAFT),
        created_at=at,
        saved_at=at,
        expires_at=at + timedelta(days=settings.MOTCUA_DRAFT_DAYS),
    )
    return StartedDraft(draft.public_id, secret)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def load_draft(*, public_id: UUID, secret: str, actor: Actor, at: datetime, lock: bool = False) -> Draft:
    """Return the draft of a link or of the actor's account. Private to this app.

    Raises:
        NotFound: no such draft, wrong secret, somebody else's.
        DraftExpired: its time is over.
    """
    rows = Draft.objects.select_for_update() if lock else Draft.objects
    draft = rows.filter(public_id=public_id).first()
    if draft is None:
        raise NotFound
    by_link = bool(secret) and hmac.compare_digest(bytes(draft.secret_digest), _digest(secret))
    by_account = draft.owner_id is not None and draft.owner_id == actor.person_id
    if not (by_link or by_account):
        raise NotFound
    if draft.expires_at <= at and draft.dossier_id is None:
        raise DraftExpired
    return draft


def draft_content(draft: Draft) -> dict[str, Any]:
    """Return what was entered so far. Private to this app."""
    return sealing.unseal(draft.content_cipher, purpose=sealing.DRAFT)


@transaction.atomic
def save_draft(
    *, public_id: UUID, secret: str, actor: Actor, at: datetime, case_id: int | None = None, **changes: Any
) -> None:
    """Keep what was entered in a step: any of answers, parties, delivery, delivery_address, done, competent_agency_id.

    Answers are merged with those of earlier steps; `whole_answers` and all other entries replace. Keeping extends the
    draft's life.

    Raises:
        NotFound, DraftExpired: as for loading.
    """
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at, lock=True)
    if draft.dossier_id is not None:
        return
    content = draft_content(draft)
    answers = changes.pop("answers", None)
    if answers is not None:
        content["answers"] = content["answers"] | answers
    if "whole_answers" in changes:
        content["answers"] = changes.pop("whole_answers")
    content |= changes
    draft.content_cipher = sealing.seal(content, purpose=sealing.DRAFT)
    if case_id is not None:
        draft.case_id = case_id
    draft.saved_at = at
    draft.expires_at = at + timedelta(days=settings.MOTCUA_DRAFT_DAYS)
    draft.save(update_fields=["content_cipher", "case", "saved_at", "expires_at"])


@transaction.atomic
def add_draft_file(
    *, public_id: UUID, secret: str, component_id: int | None, file_id: int, actor: Actor, at: datetime
) -> int:
    """Put a stored file to a paper of the draft; return the id of the link."""
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at, lock=True)
    if draft.dossier_id is not None:
        raise NotFound
    return DraftFile.objects.create(draft=draft, component_id=component_id, file_id=file_id, added_at=at).pk


@transaction.atomic
def remove_draft_file(*, public_id: UUID, secret: str, draft_file_id: int, actor: Actor, at: datetime) -> None:
    """Take a file off the draft; the stored file is swept later."""
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at, lock=True)
    DraftFile.objects.filter(draft=draft, pk=draft_file_id).delete()


@transaction.atomic
def discard_draft(*, public_id: UUID, secret: str, actor: Actor, at: datetime) -> None:
    """Delete a draft that was not submitted, with its files.

    Raises:
        NotFound, DraftExpired: as for loading; a submitted draft is not found.
    """
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at, lock=True)
    if draft.dossier_id is not None:
        raise NotFound
    files = list(DraftFile.objects.filter(draft=draft).values_list("file__public_id", "file__owner_key"))
    draft.delete()
    for file_public_id, owner_key in files:
        documents.discard_file(public_id=str(file_public_id), owner_key=owner_key)


@transaction.atomic
def submit_draft(*, public_id: UUID, secret: str, actor: Actor, at: datetime, helper: Actor | None = None) -> Filed:
    """File the draft; a second submit gives the same dossier. Its personal content is destroyed with the submit.

    Args:
        helper: the guide at a kiosk who is signed in there; written down as helper, never as a party.

    Raises:
        HelperIsApplicant: the guide's own identity number is among the parties.
        Invalid: case, applicant or another part is missing; `fields` names the step.
        RepresentationEnded, RepresentationTooNarrow: the citizen may not (any more) act for the applicant.
        NotFound, DraftExpired, NotOffered.
    """
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at, lock=True)
    if draft.dossier_id is not None:
        earlier = Dossier.objects.get(pk=draft.dossier_id)
        return Filed(earlier.pk, earlier.public_id, earlier.intake_number or "", earlier.code or "", is_new=False)
    content = draft_content(draft)
    if content.get("representation"):
        acting.stand_in(content, code=_code_of(draft, on=civil_day(at)), actor=actor, at=at)
    filing = _filing(draft, content, actor, on=civil_day(at))
    if helper is not None:
        filing = acting.helped(filing, helper)
    filed = file_online(filing=filing, actor=actor, at=at)
    draft.dossier_id = filed.dossier_id
    draft.content_cipher = sealing.seal({"key": content["key"]}, purpose=sealing.DRAFT)
    draft.save(update_fields=["dossier_id", "content_cipher"])
    return filed


def _code_of(draft: Draft, *, on: date) -> str:
    return procedures.intake_choice(draft.offer_id, on=on).code


def _filing(draft: Draft, content: dict[str, Any], actor: Actor, *, on: date) -> FilingInput:
    parties = tuple(_party(item) for item in content["parties"])
    if draft.case_id is None or not parties:
        raise Invalid({"case" if draft.case_id is None else "parties": []})
    return FilingInput(
        offer_id=draft.offer_id,
        case_id=draft.case_id,
        channel=Channel.ONLINE,
        key=f"draft:{content['key']}",
        parties=parties,
        papers=_papers(draft, on=on),
        answers=content["answers"],
        delivery=content["delivery"],
        delivery_address=content["delivery_address"],
        competent_agency_id=content["competent_agency_id"],
        citizen_person_id=actor.person_id if actor.kind == ActorKind.CITIZEN else None,
        representation=content.get("representation", ""),
    )


def _party(item: dict[str, Any]) -> PartyInput:
    born = item.get("born_on")
    return PartyInput(**{**item, "born_on": date.fromisoformat(born) if born else None})


def _papers(draft: Draft, *, on: date) -> tuple[PaperInput, ...]:
    files: dict[int | None, list[int]] = {}
    for link in DraftFile.objects.filter(draft=draft).order_by("pk"):
        files.setdefault(link.component_id, []).append(link.file_id)
    case = procedures.intake_choice(draft.offer_id, on=on).case(draft.case_id or 0)
    wanted = case.papers if case else ()
    papers = [
        PaperInput(component_id=line.id, kind=line.kind, file_ids=tuple(files.pop(line.id, ()))) for line in wanted
    ]
    further = [file_id for ids in files.values() for file_id in ids]
    if further:
        papers.append(PaperInput(name="Giấy tờ khác", file_ids=tuple(further)))
    return tuple(papers)
