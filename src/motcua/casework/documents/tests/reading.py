"""Reads the words of a PDF back, without programs that a machine may not have."""

import io
import re
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class ReadPaper:
    """A printed paper as read back.

    Attributes:
        words: all letters of all pages without blanks, in the order of printing.
        pages: sizes in whole millimetres.
    """

    words: str
    pages: list[tuple[int, int]]
    title: str
    language: str
    is_tagged: bool

    def says(self, text: str) -> bool:
        """Tell whether `text` was printed, whatever the line breaks."""
        return squeeze(text) in self.words


def squeeze(text: str) -> str:
    """Return `text` without blanks and break marks."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def read(content: bytes) -> ReadPaper:
    """Return what the PDF says."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata() as metadata:
            title = str(metadata.get("dc:title", ""))
        return ReadPaper(
            words=squeeze("".join(_words(page) for page in pdf.pages)),
            pages=[_size(page) for page in pdf.pages],
            title=title,
            language=str(pdf.Root.get("/Lang", "")),
            is_tagged=bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)),
        )


def _size(page: pikepdf.Page) -> tuple[int, int]:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    return round((right - left) / 72 * 25.4), round((top - bottom) / 72 * 25.4)


def _words(page: pikepdf.Page) -> str:
    letters = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said, now = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = letters[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            said += [_decode(bytes(piece), now) for piece in pieces if isinstance(piece, pikepdf.String)]
    return "".join(said)


def _decode(codes: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            found |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found
