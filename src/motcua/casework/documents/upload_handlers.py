"""Stops an oversized upload while it arrives, so that a 100 MB file fills neither memory nor disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from motcua.casework.documents.receiving import MEGABYTE


class OversizedFile(UploadedFile):
    """A file of which only the size is known; `store_upload` refuses it by that."""


class LimitHandler(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS: passes chunks on up to the limit, then only counts them."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin counting."""
        super().new_file(*args, **kwargs)
        self.limit = settings.MOTCUA_UPLOAD_LIMIT_MB * MEGABYTE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Return the chunk for the next handler, None beyond the limit."""
        return raw_data if start + len(raw_data) <= self.limit else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return a file without content for an oversized one; leave the others to the next handler."""
        if file_size <= self.limit:
            return None
        return OversizedFile(name=self.file_name, content_type=self.content_type, size=file_size)
