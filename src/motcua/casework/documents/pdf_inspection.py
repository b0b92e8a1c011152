"""PDF: does it open, how many pages, is it signed, does anything in it act by itself."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from motcua.casework.documents.file_types import FileBroken, FileEncrypted

# Every flaw of a stranger's document would otherwise be an error line in the log.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
# Actions that reach out of the page. GoTo, URI, Named and Thread only move the reader or wait for a click.
ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToE"}
HARMLESS_AT_OPENING = {"/GoTo", "/Named"}
TAIL = 4096
# What the library raises on the many ways in which a document can be wrong.
DAMAGED = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an opened PDF shows."""

    pages: int
    is_signed: bool
    warnings: tuple[str, ...]


def inspect(path: Path) -> Seen:
    """Open the PDF at `path` and look.

    Raises:
        FileEncrypted: it needs a password.
        FileBroken: it does not open, has no page, or its end is missing.
    """
    try:
        with pikepdf.open(path) as pdf:
            promised = int(pdf.Root.Pages.get("/Count", 0))
            if not len(pdf.pages) or len(pdf.pages) < promised or (_was_rebuilt(pdf) and not _has_end(path)):
                raise FileBroken
            return _look(pdf)
    except pikepdf.PasswordError as error:
        raise FileEncrypted from error
    except DAMAGED as error:
        raise FileBroken from error


def write_clean_copy(source: Path, target: Path) -> None:
    """Write to `target` what `source` shows, without anything that acts and without attachments.

    The source is never touched: a signature over it stays whole.

    Raises:
        FileBroken: it cannot be written anew.
    """
    try:
        with pikepdf.open(source) as pdf:
            _disarm_catalogue(pdf.Root)
            for item in _dictionaries(pdf):
                _disarm(item)
            pdf.save(target)
    except DAMAGED as error:
        raise FileBroken from error


def _disarm_catalogue(root: Any) -> None:
    _drop(root, "/OpenAction", "/AA", "/Collection")
    if "/Names" in root:
        _drop(root.Names, "/JavaScript", "/EmbeddedFiles")
    if "/AcroForm" in root:
        _drop(root.AcroForm, "/XFA", "/CO")


def _disarm(item: Any) -> None:
    _drop(item, "/AA")
    if item.get("/S") in ACTIVE:
        for key in list(item.keys()):
            del item[key]
        item["/S"] = pikepdf.Name("/Named")
        item["/N"] = pikepdf.Name("/FirstPage")
    for key in ("/A", "/Next"):
        if isinstance(action := item.get(key), pikepdf.Dictionary) and action.get("/S") in ACTIVE:
            del item[key]
    if item.get("/Subtype") == "/FileAttachment":
        _drop(item, "/FS")


def _look(pdf: pikepdf.Pdf) -> Seen:
    """Judge catalogue and all dictionaries in one walk: a drawing may have a hundred thousand of them."""
    root = pdf.Root
    names: Any = root.get("/Names", {})
    form: Any = root.get("/AcroForm", {})
    acts = _acts_at_opening(root) or "/JavaScript" in names or "/XFA" in form
    attaches = "/EmbeddedFiles" in names
    is_signed = bool(int(form.get("/SigFlags", 0)) & 1)
    for item in _dictionaries(pdf):
        acts = acts or "/AA" in item or item.get("/S") in ACTIVE
        attaches = attaches or item.get("/Subtype") == "/FileAttachment"
        is_signed = is_signed or ("/ByteRange" in item and item.get("/Type") == "/Sig")
    warnings = [code for code, found in (("active-content", acts), ("attachments", attaches)) if found]
    return Seen(pages=len(pdf.pages), is_signed=is_signed, warnings=tuple(warnings))


def _acts_at_opening(root: Any) -> bool:
    if "/AA" in root:
        return True
    action = root.get("/OpenAction")
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") not in HARMLESS_AT_OPENING


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary: the numbered ones and the annotations and actions written inside them."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            yield from _inner(item, depth=3)
        elif isinstance(item, pikepdf.Array):
            yield from _inner_of_array(item, depth=2)


def _inner(item: Any, *, depth: int) -> Iterator[Any]:
    if not depth:
        return
    for key in ("/A", "/Next", "/Annots", "/Kids", "/D", "/Fields"):
        value = item.get(key)
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield value
            yield from _inner(value, depth=depth - 1)
        elif isinstance(value, pikepdf.Array) and not value.is_indirect:
            yield from _inner_of_array(value, depth=depth)


def _inner_of_array(array: Any, *, depth: int) -> Iterator[Any]:
    for value in array:
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield value
            yield from _inner(value, depth=depth - 1)


def _drop(item: Any, *keys: str) -> None:
    for key in keys:
        if key in item:
            del item[key]


def _was_rebuilt(pdf: pikepdf.Pdf) -> bool:
    return any("reconstruct" in str(warning) or "recover" in str(warning) for warning in pdf.get_warnings())


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        return b"%%EOF" in file.read()
