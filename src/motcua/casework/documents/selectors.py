"""Reading stored files. Whether the reader may see a file is the caller's question, asked before."""

from collections.abc import Iterable
from uuid import UUID

import structlog
from django.conf import settings

from motcua.casework.documents import filestore
from motcua.casework.documents.file_types import FileCard, FileState, OpenFile
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.picturing import MOST_PAGES, draw_page
from motcua.casework.documents.serving import file_response, paper_response, picture_response
from motcua.foundation.core import statements
from motcua.foundation.core.types import NotFound

__all__ = [
    "file_card",
    "file_response",
    "files",
    "files_by_owner",
    "files_of",
    "most_pages",
    "open_file",
    "page_picture",
    "paper_response",
    "picture_response",
    "upload_limit_mb",
]

log = structlog.get_logger(__name__)
_IDS_OF_OWNERS = "SELECT id FROM documents_file WHERE owner_key = ANY(%s::text[])"


def file_card(public_id: str | UUID) -> FileCard:
    """Return one file, refused ones included.

    Raises:
        NotFound: there is none.
    """
    return _row(public_id).card()


def files(ids: Iterable[int]) -> dict[int, FileCard]:
    """Return the files with these primary keys by key, in one query; missing ones are left out."""
    return {row.pk: row.card() for row in StoredFile.objects.filter(pk__in=list(ids)).order_by("pk")}


def files_of(owner_key: str) -> list[FileCard]:
    """Return the files of one owner, oldest first."""
    return [row.card() for row in StoredFile.objects.filter(owner_key=owner_key).order_by("pk")]


def files_by_owner(owner_keys: Iterable[str]) -> dict[str, list[FileCard]]:
    """Return the files of several owners, oldest first; owners without files are left out.

    One prepared statement where there are none, as at most takings-in at a counter; two where there are some.
    """
    found: dict[str, list[FileCard]] = {}
    with statements.prepared() as cursor:
        cursor.execute(_IDS_OF_OWNERS, [list(owner_keys)])
        ids = [row[0] for row in cursor.fetchall()]
    for row in StoredFile.objects.filter(pk__in=ids).order_by("pk") if ids else ():
        found.setdefault(row.owner_key, []).append(row.card())
    return found


def open_file(public_id: str | UUID, *, preview: bool = False) -> OpenFile:
    """Open one file for reading; the caller closes it.

    Args:
        preview: the clean copy, where the original would act by itself.

    Raises:
        NotFound: there is none, it was refused, or its content is gone.
    """
    row = _row(public_id)
    if row.state == FileState.REFUSED:
        raise NotFound
    key = (preview and row.preview_key) or row.key
    try:
        return OpenFile(card=row.card(), stream=filestore.open_key(key), size=filestore.size_of(key))
    except FileNotFoundError as error:
        log.exception("stored_file_missing", file=str(public_id))
        raise NotFound from error


def page_picture(public_id: str | UUID, page: int) -> bytes:
    """Return a page of a stored PDF, counted from 1, as PNG.

    Raises:
        NotFound: no such file, not a PDF, no such page, or it cannot be drawn.
    """
    opened = open_file(public_id, preview=True)
    with opened.stream:
        return draw_page(opened, page)


def most_pages() -> int:
    """Return how many pages of one file are drawn; more are read in the file itself."""
    return MOST_PAGES


def upload_limit_mb() -> int:
    """Return how many megabytes one file may have, for telling people before they choose."""
    return settings.MOTCUA_UPLOAD_LIMIT_MB


def _row(public_id: str | UUID) -> StoredFile:
    try:
        return StoredFile.objects.get(public_id=UUID(str(public_id)))
    except (StoredFile.DoesNotExist, ValueError) as error:
        raise NotFound from error
