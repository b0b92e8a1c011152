"""Where contents lie: day folders and UUIDs under the default storage, never a person's words.

The storage is Django's default one, so that an object store can take the place of the disk by a setting. A content is
first written to `incoming/` on the same disk and then moved, so that no half-written file ever stands under a key.
"""

import os
import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from motcua.foundation.core import clock

INCOMING = "incoming"
FOLDER = "stored"


class Temporary(File):
    """A temporary file that the storage may move instead of copying."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self.path = path

    def temporary_file_path(self) -> str:
        """Return where the content lies; Django's disk storage renames it."""
        return str(self.path)


def new_temporary() -> Path:
    """Return a new empty private file on the disk of the store."""
    root = Path(default_storage.path(INCOMING)) if _is_disk() else Path(tempfile.gettempdir())
    root.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root, prefix="in-")
    os.close(handle)
    return Path(name)


def key_for(identity: uuid.UUID, *, at: datetime, suffix: str = "") -> str:
    """Return the key of a content: civil day and UUID."""
    return f"{FOLDER}/{clock.civil_day(at):%Y/%m/%d}/{identity}{suffix}"


def put(temporary: Path, key: str) -> None:
    """Move the content of `temporary` under `key`; the key must be new."""
    with Temporary(temporary) as content:
        os.fsync(content.fileno())
        taken = default_storage.save(key, content)
    temporary.unlink(missing_ok=True)
    if taken != key:
        default_storage.delete(taken)
        raise FileExistsError(key)


def open_key(key: str) -> IO[bytes]:
    """Open the content under `key` for reading.

    Raises:
        FileNotFoundError: nothing lies there.
    """
    return default_storage.open(key, "rb")


def size_of(key: str) -> int:
    """Return the number of bytes under `key`."""
    return default_storage.size(key)


def delete(key: str) -> None:
    """Delete the content under `key`; a missing one is no error."""
    if key:
        default_storage.delete(key)


def keys_before(moment: datetime) -> Iterator[str]:
    """Yield every key, temporary files included, whose content was last written before `moment`."""
    for folder in (INCOMING, FOLDER):
        yield from _walk(folder, moment)


def _walk(folder: str, moment: datetime) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        key = f"{folder}/{name}"
        try:
            written = default_storage.get_modified_time(key)
        except FileNotFoundError:  # moved or deleted meanwhile
            continue
        if written < moment:
            yield key
    for name in folders:
        yield from _walk(f"{folder}/{name}", moment)


def _is_disk() -> bool:
    try:
        default_storage.path(INCOMING)
    except NotImplementedError:
        return False
    return True
