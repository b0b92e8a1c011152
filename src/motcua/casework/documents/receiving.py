"""From a stream of bytes to a private temporary file of known size and digest, and a name that is safe to print."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.casework.documents import filestore
from motcua.casework.documents.file_types import FileEmpty, FileTooLarge

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
NAME_LENGTH = 150
# Controls, and marks that turn the reading direction: 'cv\u202efdp.exe' is shown as 'cvexe.pdf'.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived: its place, number of bytes and SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


def clean_name(name: str) -> str:
    """Return a person's file name fit for showing and downloading: one line, no path, at most 150 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter) not in _UNPRINTABLE)
    name = re.sub(r'[<>:"|?*;\s]+', " ", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if dot and stem and len(extension) <= 10:
        return f"{stem[: NAME_LENGTH - len(extension) - 1].strip()}.{extension}"
    return name[:NAME_LENGTH] or "tep"


def receive(file: Any) -> Received:
    """Write `file` (anything with `chunks()` or `read()`) to a temporary file, never more than the limit.

    Raises:
        FileEmpty: no bytes came.
        FileTooLarge: more came than MOTCUA_UPLOAD_LIMIT_MB.
    """
    announced = getattr(file, "size", None)
    if isinstance(announced, int) and announced > _limit():
        raise _too_large(announced)
    path = filestore.new_temporary()
    try:
        return _copy(file, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _copy(file: Any, path: Path) -> Received:
    digest, size, limit = hashlib.sha256(), 0, _limit()
    with path.open("wb") as target:
        for chunk in _chunks(file):
            size += len(chunk)
            if size > limit:
                raise _too_large(size)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if not size:
        raise FileEmpty
    return Received(path=path, size=size, sha256=digest.hexdigest())


def _chunks(file: Any) -> Iterator[bytes]:
    if hasattr(file, "seek"):
        file.seek(0)
    if hasattr(file, "chunks"):
        yield from file.chunks(CHUNK)
        return
    while chunk := file.read(CHUNK):
        yield chunk


def _limit() -> int:
    return settings.MOTCUA_UPLOAD_LIMIT_MB * MEGABYTE


def _too_large(size: int) -> FileTooLarge:
    # Rounded up: 20,3 of 20 allowed must not read as "20 is more than 20".
    return FileTooLarge(size=-(-size // MEGABYTE), limit=settings.MOTCUA_UPLOAD_LIMIT_MB)
