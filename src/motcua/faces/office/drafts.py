"""Drafts of a result: files put beside a dossier while its text is being written, until one is signed."""

from datetime import datetime
from uuid import UUID

from motcua.casework.documents import selectors as documents
from motcua.casework.documents.types import FileCard, Purpose
from motcua.casework.dossiers.types import FileView


def draft_key(dossier_id: int) -> str:
    """Return whose the draft files are."""
    return f"result:{dossier_id}"


def drafts(dossier_id: int) -> list[FileCard]:
    """Return the drafts of a dossier's result, oldest first; the caller has checked access."""
    return [card for card in documents.files_of(draft_key(dossier_id)) if card.purpose == Purpose.DRAFT_RESULT]


def draft_views(dossier_id: int) -> tuple[FileView, ...]:
    """Return the drafts as files of the viewer, newest first."""
    return tuple(_view(card, card.uploaded_at) for card in reversed(drafts(dossier_id)))


def is_draft_of(dossier_id: int, file_id: UUID) -> bool:
    """Say whether a file is a draft of this dossier's result."""
    return any(card.public_id == str(file_id) for card in documents.files_of(draft_key(dossier_id)))


def _view(card: FileCard, added_at: datetime) -> FileView:
    return FileView(
        id=UUID(card.public_id), name=card.name, media_type=card.media_type, size=card.size, page_count=card.pages,
        sha256=card.sha256, added_at=added_at, is_superseded=False, warnings=card.warnings,
    )  # fmt: skip
