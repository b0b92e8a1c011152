"""What a received file truly is: found by its content, compared with its name, opened once to prove that it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.documents import image_inspection, office_inspection, pdf_inspection
from motcua.casework.documents.file_types import (
    FileEncrypted,
    FileKind,
    FileKindRefused,
    FileMismatch,
    FileWithMacros,
)

HEAD = 8192
_BY_NAME = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jpe": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".docx": FileKind.DOCX,
    ".xlsx": FileKind.XLSX,
}
_MACRO_NAMES = {".docm", ".xlsm", ".dotm", ".xltm", ".xlam", ".xlsb"}
_ARCHIVES = _("This file cannot be handed in yet. Open the archive and choose each paper as a PDF or a picture.")
_OLD_OFFICE = _("Files of old Word and Excel are not taken. Save it as docx, xlsx or PDF, then choose it.")
_HEIC = _("HEIC pictures do not open everywhere. Save the picture as JPG, or set the camera to “Most compatible”.")
_MENDS: dict[str, Promise] = {
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".cbr", ".xz", ".bz2"), _ARCHIVES),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".dot", ".rtf"), _OLD_OFFICE),
    **dict.fromkeys((".heic", ".heif"), _HEIC),
}


@dataclass(frozen=True, slots=True)
class Findings:
    """The judged content. `pages` is None where it has no pages; `needs_preview` asks for a clean copy."""

    kind: FileKind
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    is_signed: bool = False
    needs_preview: bool = False


Opener = Callable[[Path], Findings]


def inspect(path: Path, *, name: str) -> Findings:
    """Return what the file at `path` is.

    A JPG named .png and the reverse are taken for what they are: telephones do that. Every other difference between
    name and content is refused, so that nobody opens a surprise.

    Raises:
        FileKindRefused, FileMismatch, FileBroken, FileEncrypted, FileWithMacros, FileTooComplex.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _MACRO_NAMES:
        raise FileWithMacros
    if suffix and suffix not in _BY_NAME:
        raise FileKindRefused(message=_MENDS.get(suffix))
    declared = _BY_NAME.get(suffix)
    kind = _sniff(path, declared=declared)
    if declared and kind != declared and not (kind.is_image and declared.is_image):
        raise FileMismatch(declared=declared.label)
    return _OPENERS[kind](path)


def _sniff(path: Path, *, declared: FileKind | None) -> FileKind:
    with path.open("rb") as file:
        found = _guesses(file.read(HEAD))
    if ".pdf" in found:
        return FileKind.PDF
    if ".jpg" in found:
        return FileKind.JPEG
    if ".png" in found:
        return FileKind.PNG
    if ".docx" in found:  # any zip archive: only its list of parts tells more
        kind = office_inspection.kind_of_archive(path)
        if kind:
            return kind
        found.insert(0, ".zip")
    if ".doc" in found and declared in {FileKind.DOCX, FileKind.XLSX}:
        # A locked docx is wrapped in the container of old Word.
        raise FileEncrypted if office_inspection.is_locked(path) else FileMismatch(declared=declared.label)
    if declared:
        raise FileMismatch(declared=declared.label)
    raise FileKindRefused(message=next((_MENDS[extension] for extension in found if extension in _MENDS), None))


def _guesses(head: bytes) -> list[str]:
    try:
        return [match.extension for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []


def _pdf(path: Path) -> Findings:
    seen = pdf_inspection.inspect(path)
    return Findings(
        FileKind.PDF,
        pages=seen.pages,
        warnings=seen.warnings,
        is_signed=seen.is_signed,
        needs_preview=bool(seen.warnings),
    )


def _image(kind: FileKind) -> Opener:
    return lambda path: Findings(kind, pages=1, warnings=image_inspection.inspect(path))


def _office(kind: FileKind) -> Opener:
    return lambda path: Findings(kind, warnings=office_inspection.inspect(path))


_OPENERS: dict[FileKind, Opener] = {
    FileKind.PDF: _pdf,
    FileKind.JPEG: _image(FileKind.JPEG),
    FileKind.PNG: _image(FileKind.PNG),
    FileKind.DOCX: _office(FileKind.DOCX),
    FileKind.XLSX: _office(FileKind.XLSX),
}
