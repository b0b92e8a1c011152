"""Drafts as their owner sees them."""

from datetime import datetime
from uuid import UUID

from motcua.casework.documents import selectors as documents
from motcua.casework.dossiers.models import Draft, DraftFile
from motcua.casework.dossiers.selectors.papers import file_view
from motcua.casework.dossiers.services.drafts import draft_content, load_draft
from motcua.casework.dossiers.types import Delivery, DraftRow, DraftView, FileView
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound


def draft_view(*, public_id: UUID, secret: str, actor: Actor, at: datetime) -> DraftView:
    """Return the draft of a secret link or of the actor's account.

    Raises:
        NotFound: no such draft, wrong secret, somebody else's.
        DraftExpired: its time is over.
        OfferNotFound: the procedure is no longer offered.
    """
    return _view(load_draft(public_id=public_id, secret=secret, actor=actor, at=at), at=at)


def draft_file(*, public_id: UUID, secret: str, file_public_id: UUID, actor: Actor, at: datetime) -> int | None:
    """Return the id of a stored file if it belongs to the draft."""
    draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=at)
    return (
        DraftFile.objects.filter(draft=draft, file__public_id=file_public_id).values_list("file_id", flat=True).first()
    )


def draft_rows(*, actor: Actor, at: datetime) -> tuple[DraftRow, ...]:
    """Return the unsubmitted drafts of a signed-in citizen for a list, the last saved first.

    The number of queries does not follow the rows. Drafts of procedures no longer offered are left out.
    """
    found = Draft.objects.filter(registry.within("draft", actor), dossier_id__isnull=True, expires_at__gt=at)
    rows = list(
        found.order_by("-saved_at").values_list("public_id", "offer__procedure_id", "saved_at", "expires_at")[:20]
    )
    refs = procedures.procedure_refs({row[1] for row in rows}, on=civil_day(at))
    return tuple(
        DraftRow(public_id, refs[procedure_id].code, refs[procedure_id].name, saved_at, expires_at)
        for public_id, procedure_id, saved_at, expires_at in rows
        if procedure_id in refs
    )


def draft_procedure(*, public_id: UUID, secret: str, actor: Actor, at: datetime) -> str:
    """Return the procedure code of a draft, expired or not, for saying what became of it; '' when it is not theirs."""
    try:
        draft = load_draft(public_id=public_id, secret=secret, actor=actor, at=datetime.min.replace(tzinfo=at.tzinfo))
    except NotFound:
        return ""
    return Draft.objects.values_list("offer__procedure__code", flat=True).get(pk=draft.pk)


def _view(draft: Draft, *, at: datetime) -> DraftView:
    content = draft_content(draft)
    choice = procedures.intake_choice(draft.offer_id, on=civil_day(at))
    links = list(DraftFile.objects.filter(draft=draft).order_by("pk"))
    cards = documents.files(link.file_id for link in links)
    files: dict[int | None, tuple[tuple[int, FileView], ...]] = {}
    for link in links:
        if link.file_id in cards:
            entry = (link.pk, file_view(cards[link.file_id]))
            files[link.component_id] = (*files.get(link.component_id, ()), entry)
    case = choice.case(draft.case_id) if draft.case_id else None
    fees = choice.fees_for(case_id=draft.case_id, channel="online") if case else ()
    return DraftView(
        public_id=draft.public_id,
        choice=choice,
        case=case,
        competent_agency_id=content.get("competent_agency_id"),
        parties=tuple(content.get("parties", ())),
        answers=content.get("answers", {}),
        delivery=content.get("delivery", Delivery.DESK),
        delivery_address=content.get("delivery_address", ""),
        done=tuple(content.get("done", ())),
        files=files,
        saved_at=draft.saved_at,
        expires_at=draft.expires_at,
        dossier_id=draft.dossier_id,
        owned=draft.owner_id is not None,
        fee_vnd=sum(fee.amount_vnd or 0 for fee in fees),
        representation=content.get("representation", ""),
    )
