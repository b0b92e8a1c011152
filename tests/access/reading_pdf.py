"""The words of a PDF, without tools of the system: what its fonts say their glyphs mean, what its data say it is."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_SINGLE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?=[\r\n<]|endbfchar)")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")


def text_of_pdf(content: bytes) -> str:
    """Return all words of a PDF in the order of its pages, its data first; once by lines and once without breaks."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        words = [str(value) for value in pdf.docinfo.values()]
        words += ["".join(_shown(page, page.get("/Resources"))) for page in pdf.pages]
    text = "\n".join(words)
    return f"{text}\n{text.replace(chr(10), '')}"


def _shown(holder: Any, resources: Any) -> Iterator[str]:
    fonts = {str(name): _meanings(font) for name, font in (resources or {}).get("/Font", {}).items()}
    inside = (resources or {}).get("/XObject", {})
    meanings: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(holder):
        name = str(operator)
        if name == "Tf":
            meanings = fonts.get(str(operands[0]), {})
        elif name == "Tj":
            yield _words(bytes(operands[0]), meanings)
        elif name == "TJ":
            yield "".join(_words(bytes(part), meanings) for part in operands[0] if isinstance(part, pikepdf.String))
        elif name == "ET":
            yield "\n"
        elif name == "Do" and (drawn := inside.get(str(operands[0]))) is not None and drawn.get("/Subtype") == "/Form":
            yield from _shown(drawn, drawn.get("/Resources", resources))


def _words(raw: bytes, meanings: dict[int, str]) -> str:
    return "".join(meanings.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))


def _meanings(font: Any) -> dict[int, str]:
    """Return glyph -> text from a font's table, which every PDF of ours has: readers with a screen reader need it."""
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {int(code, 16): _text(text) for code, text in _SINGLE.findall(part + "\n")}
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text, listed in _RANGE.findall(part):
            codes = range(int(first, 16), int(last, 16) + 1)
            if listed:
                texts = [_text(item) for item in re.findall(r"<([0-9A-Fa-f]+)>", listed)]
            else:
                start = int(text, 16)
                texts = [_text(f"{start + step:0{len(text)}x}") for step in range(len(codes))]
            found |= dict(zip(codes, texts, strict=False))
    return found


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", "replace")
