"""Papers, files, supplements and results of one dossier as pictures."""

from collections.abc import Iterable
from uuid import UUID

from motcua.casework.documents import selectors as documents
from motcua.casework.documents.types import FileCard
from motcua.casework.dossiers.models import (
    CertifiedOriginal,
    ChildDossier,
    Dossier,
    DossierPaper,
    PaperFile,
    Result,
    SupplementItem,
    SupplementRequest,
)
from motcua.casework.dossiers.types import CertifiedView, FileView, PaperView, ResultView, SupplementView


def file_view(card: FileCard, *, superseded: bool = False) -> FileView:
    """Return the picture of a stored file."""
    return FileView(
        id=UUID(card.public_id),
        name=card.name,
        media_type=card.media_type,
        size=card.size,
        page_count=card.pages,
        sha256=card.sha256,
        added_at=card.uploaded_at,
        is_superseded=superseded,
        warnings=card.warnings,
    )


def papers_of(dossier: Dossier, supplements: Iterable[SupplementView]) -> tuple[PaperView, ...]:
    """Return the papers in order, each with its present and earlier files and what is wanted of it. Three queries."""
    rows = list(DossierPaper.objects.filter(dossier=dossier).order_by("ordinal"))
    links = list(PaperFile.objects.filter(paper__dossier=dossier).order_by("paper_id", "ordinal", "pk"))
    cards = documents.files(link.file_id for link in links)
    wanted = {
        paper_id: reason
        for request in supplements
        if request.sent_at and not request.answered_at
        for paper_id, _name, reason in request.items
    }
    return tuple(
        PaperView(
            id=row.pk,
            name=row.name,
            kind=row.kind,
            originals=row.originals,
            certified=row.certified,
            plain=row.plain,
            files=_files(links, cards, row.pk, superseded=False),
            earlier_files=_files(links, cards, row.pk, superseded=True),
            wanted=wanted.get(row.pk, ""),
        )
        for row in rows
    )


def _files(
    links: list[PaperFile], cards: dict[int, FileCard], paper_id: int, *, superseded: bool
) -> tuple[FileView, ...]:
    return tuple(
        file_view(cards[link.file_id], superseded=superseded)
        for link in links
        if link.paper_id == paper_id and (link.superseded_at is not None) == superseded and link.file_id in cards
    )


def supplements_of(dossier: Dossier) -> tuple[SupplementView, ...]:
    """Return the requests for supplements, oldest first, without those that were dropped unsent. Two queries."""
    known = SupplementRequest.objects.filter(dossier=dossier)
    requests = list(known.exclude(sent_at__isnull=True, answered_at__isnull=False).order_by("ordinal"))
    if not requests:
        return ()
    items: dict[int, list[tuple[int | None, str, str]]] = {}
    for item in SupplementItem.objects.filter(request__in=requests).select_related("paper").order_by("pk"):
        items.setdefault(item.request_id, []).append(
            (item.paper_id, item.paper.name if item.paper else "", item.reason)
        )
    return tuple(
        SupplementView(
            ordinal=request.ordinal,
            is_before_acceptance=request.is_before_acceptance,
            items=tuple(items.get(request.pk, ())),
            note=request.note,
            answer_by_on=request.answer_by_on,
            sent_at=request.sent_at,
            answered_at=request.answered_at,
        )
        for request in requests
    )


def result_of(dossier: Dossier) -> ResultView | None:
    """Return the recorded result, None before it is signed."""
    result = Result.objects.filter(dossier=dossier).first()
    if result is None:
        return None
    cards = documents.files(key for key in (result.file_id, result.scan_id) if key)
    return ResultView(
        title=result.title,
        is_refusal=result.is_refusal,
        number=result.number,
        signed_how=result.signed_how,
        signer_name=result.signer_name,
        capacity=result.capacity,
        signed_at=result.signed_at,
        issued_at=result.issued_at,
        returned_to=result.returned_to,
        file=file_view(cards[result.file_id]) if result.file_id in cards else None,
        scan=file_view(cards[result.scan_id]) if result.scan_id in cards else None,
    )


def certified_of(dossier: Dossier) -> tuple[CertifiedView, ...]:
    """Return the originals of a certification, in order."""
    return tuple(
        CertifiedView(row.ordinal, row.description, row.pages, row.copies, row.fee_vnd, row.number)
        for row in CertifiedOriginal.objects.filter(dossier=dossier).order_by("ordinal")
    )


def has_file(dossier_id: int, file_public_id: UUID) -> int | None:
    """Return the id of a stored file if it belongs to the dossier: to a paper, to its result, or to what another
    agency gave for it under a number.
    """
    card_id = (
        PaperFile.objects.filter(paper__dossier_id=dossier_id, file__public_id=file_public_id)
        .values_list("file_id", flat=True)
        .first()
    )
    if card_id is None:
        for name in ("file", "scan"):
            card_id = card_id or (
                Result.objects.filter(dossier_id=dossier_id, **{f"{name}__public_id": file_public_id})
                .values_list(f"{name}_id", flat=True)
                .first()
            )
    return card_id or _of_children(dossier_id, file_public_id)


def _of_children(dossier_id: int, file_public_id: UUID) -> int | None:
    """Return the id of a stored file if it is the numbered result of another agency's dossier for this one."""
    mine = ChildDossier.objects.filter(parent_id=dossier_id)
    kept = mine.filter(result_file__public_id=file_public_id).values_list("result_file_id", flat=True).first()
    if kept is not None:
        return kept
    issued = Result.objects.filter(dossier_id__in=mine.values("child_id")).exclude(number="")
    for name in ("file", "scan"):
        found = issued.filter(**{f"{name}__public_id": file_public_id}).values_list(f"{name}_id", flat=True).first()
        if found is not None:
            return found
    return None
