"""Files as people send them, good and bad, made on the spot."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
from PIL import Image, ImageDraw


def pdf(*, pages: int = 1, password: str = "", change: object = None) -> bytes:
    """Return a PDF of empty pages; `change` is a function that gets the open document."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(420, 595))
    if callable(change):
        change(document)
    target = io.BytesIO()
    if password:
        document.save(target, encryption=pikepdf.Encryption(owner="o", user=password))
    else:
        document.save(target)
    return target.getvalue()


def with_javascript(document: pikepdf.Pdf) -> None:
    """Let the document greet by a script when opened."""
    document.Root.OpenAction = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert('xin chào')")
    )


def with_attachment(document: pikepdf.Pdf) -> None:
    """Hide a file in the document."""
    document.attachments["ẩn.exe"] = b"MZ hidden"


def with_script_link(document: pikepdf.Pdf) -> None:
    """Put a link that starts a program on the first page, written inside the page itself."""
    document.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name("/Annot"),
                Subtype=pikepdf.Name("/Link"),
                Rect=pikepdf.Array([0, 0, 10, 10]),
                A=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="calc.exe"),
            )
        ]
    )


def with_view_at_opening(document: pikepdf.Pdf) -> None:
    """Let the document open at its first page, as many printers' programs write it."""
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name("/Fit")])


def with_signature(document: pikepdf.Pdf) -> None:
    """Mark the document as signed."""
    signature = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name("/Sig"), ByteRange=pikepdf.Array([0, 1, 2, 3]))
    )
    field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), T="ký", V=signature))
    document.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array([field]))


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (900, 1200), blank: bool = False) -> bytes:
    """Return a picture of a written page."""
    image = Image.new("RGB", size, "white")
    if not blank:
        draw = ImageDraw.Draw(image)
        for line in range(20, size[1], 40):
            draw.line((40, line, size[0] - 40, line), fill="black", width=6)
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    """Return a small docx; `more` maps part names (`__` for `/`) to contents."""
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<r/>", "word/document.xml": b"<w:document/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def xlsx() -> bytes:
    """Return a small xlsx."""
    return archive({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<r/>", "xl/workbook.xml": b"<workbook/>"})


class Endless:
    """A file that goes on for `size` bytes without ever being in memory; counts what was read of it."""

    def __init__(self, size: int, head: bytes = b"%PDF-1.7\n") -> None:
        self.left, self.head, self.handed_out = size, head, 0

    def chunks(self, chunk_size: int) -> Iterator[bytes]:
        """Yield the head and then blanks."""
        yield self.head
        while self.left > 0:
            self.left -= chunk_size
            self.handed_out += chunk_size
            yield b" " * chunk_size
