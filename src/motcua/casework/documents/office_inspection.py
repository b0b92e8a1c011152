"""Word and Excel: an honest archive with its main part, no programs, nothing that grows without end."""

import zipfile
import zlib
from pathlib import Path

from motcua.casework.documents.file_types import FileBroken, FileEncrypted, FileKind, FileTooComplex, FileWithMacros

MAIN_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
CONTENT_TYPES = "[Content_Types].xml"
MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024
MOST_RATIO = 200
SMALL_PART = 4 * 1024 * 1024
CHUNK = 256 * 1024
_CONTAINER_OF_LOCKED = "EncryptedPackage".encode("utf-16-le")


def kind_of_archive(path: Path) -> FileKind | None:
    """Return which office file the archive at `path` is, None for any other archive.

    Raises:
        FileBroken: its list of parts is missing or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileBroken from error
    if CONTENT_TYPES not in names:
        return None
    return next((kind for part, kind in MAIN_PARTS.items() if part in names), None)


def is_locked(path: Path) -> bool:
    """Tell whether an old-style container holds a docx or xlsx under a password."""
    return _CONTAINER_OF_LOCKED in path.read_bytes()


def inspect(path: Path) -> tuple[str, ...]:
    """Judge the parts of the docx or xlsx at `path` and return its warnings.

    Raises:
        FileTooComplex, FileEncrypted, FileWithMacros, FileBroken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts, size=path.stat().st_size)
            if any(part.flag_bits & 1 for part in parts):
                raise FileEncrypted
            _refuse_strange_names(parts)
            _refuse_macros(archive, parts)
            _prove_readable(archive)
            return _warnings(parts)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, KeyError) as error:
        raise FileBroken from error


def _refuse_bombs(parts: list[zipfile.ZipInfo], *, size: int) -> None:
    whole = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    # Parts that share their bytes (overlapping archives) claim more compressed bytes than the file has.
    overlapping = sum(part.compress_size for part in parts) > size
    if len(parts) > MOST_PARTS or whole > MOST_BYTES or swollen or overlapping:
        raise FileTooComplex


def _refuse_strange_names(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split("/"):
            raise FileBroken


def _refuse_macros(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in parts):
        raise FileWithMacros
    with archive.open(CONTENT_TYPES) as listing:
        if b"macroEnabled" in listing.read(SMALL_PART):
            raise FileWithMacros


def _prove_readable(archive: zipfile.ZipFile) -> None:
    """Read the main part to its end, which checks its sum."""
    for name in archive.namelist():
        if name in MAIN_PARTS:
            with archive.open(name) as part:
                while part.read(CHUNK):
                    pass


def _warnings(parts: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    names = [part.filename.lower() for part in parts]
    found = []
    if any("/activex/" in name for name in names):
        found.append("active-content")
    if any("/embeddings/" in name for name in names):
        found.append("attachments")
    return tuple(found)
