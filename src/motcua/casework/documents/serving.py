"""A stored file as an HTTP answer whose headers leave nothing to a browser's guessing."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from motcua.casework.documents.file_types import OpenFile

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
# PDF viewers of some browsers do not start in a sandbox, and style themselves; scripts stay forbidden all the same.
_PDF_POLICY = f"{_NOTHING}; object-src 'self'; style-src 'unsafe-inline'"
_OTHER_POLICY = f"{_NOTHING}; sandbox"


def file_response(opened: OpenFile, *, download: bool = False) -> FileResponse:
    """Return `opened` as an answer; the caller has asked whether the reader may have it.

    PDF and pictures are shown in the page unless `download`; Word and Excel are always downloaded. Open with
    `open_file(…, preview=True)` for showing and without it for downloading the original.
    """
    inline = opened.card.is_viewable and not download
    response = FileResponse(
        opened.stream, as_attachment=not inline, filename=opened.card.name, content_type=opened.card.media_type
    )
    response["Content-Length"] = str(opened.size)
    return _guarded(response, is_pdf=opened.card.kind == "pdf")


def paper_response(content: bytes, *, name: str, download: bool = False) -> HttpResponse:
    """Return a rendered paper, shown in the page unless `download`."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    return _guarded(response, is_pdf=True)


def picture_response(content: bytes) -> HttpResponse:
    """Return the picture of a page; a stored file never changes, so the reader's browser may keep it for an hour."""
    response = _guarded(HttpResponse(content, content_type="image/png"), is_pdf=False)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _guarded(response: Any, *, is_pdf: bool) -> Any:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF_POLICY if is_pdf else _OTHER_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"  # the viewer shows it in a frame of our own page
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    return response
