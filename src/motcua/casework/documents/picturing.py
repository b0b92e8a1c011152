"""A page of a stored PDF as a picture: phones show no PDF inside a page, and some browsers show none at all.

Typst draws the page, so nothing of the PDF is run. A drawing that fails leaves the file itself to be opened.
"""

import tempfile
import threading
from pathlib import Path

import structlog
import typst

from motcua.casework.documents.file_types import OpenFile
from motcua.foundation.core.types import NotFound

log = structlog.get_logger(__name__)

MOST_PAGES = 40
_WIDTH_PT, _PIXELS_PER_INCH = 600, 120.0
_SOURCE = f"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("page.pdf", page: int(sys.inputs.page), width: {_WIDTH_PT}pt)
"""
# A page may hold a big scan: two at a time keep a small server within its memory.
_room = threading.BoundedSemaphore(2)


def draw_page(opened: OpenFile, page: int) -> bytes:
    """Return one page, counted from 1, as PNG; the caller closes the file.

    Raises:
        NotFound: not a PDF, no such page, or the page cannot be drawn.
    """
    pages = opened.card.pages or 1
    if opened.card.kind != "pdf" or not 1 <= page <= min(pages, MOST_PAGES):
        raise NotFound
    with _room, tempfile.TemporaryDirectory(prefix="motcua-page-") as folder:
        (Path(folder) / "page.pdf").write_bytes(opened.stream.read())
        source = Path(folder) / "page.typ"
        source.write_text(_SOURCE, encoding="utf-8")
        try:
            drawn = typst.compile(
                str(source), root=folder, format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"page": str(page)}
            )
        except typst.TypstError as error:
            log.warning("page_not_drawn", file=opened.card.public_id, page=page)
            raise NotFound from error
    if not isinstance(drawn, bytes):
        raise NotFound
    return drawn
