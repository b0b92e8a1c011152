"""Files of records as lines: plain or gzipped, JSON Lines or one JSON document; sizes are bounded on the way."""

import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from motcua.casework.procedures.reading.canonical import MOST_BYTES
from motcua.foundation.core.types import Refusal

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16
# A whole national catalogue (some 6,000 records) has 70 MB unpacked.
MOST_UNPACKED = 400_000_000
MOST_LINES = 60_000


class RecordsFileRefused(Refusal):
    """The file as a whole cannot be read as records."""

    code = "records-file-refused"
    message = _("This file cannot be read: it is no JSON Lines file of procedures, plain or gzipped.")


class RecordsFileTooLarge(RecordsFileRefused):
    """The file holds more than a catalogue can, or unpacks to more."""

    code = "records-file-too-large"
    message = _("This file is too large unpacked; split it into several.")


def lines_of(file: BinaryIO, *, most: int = MOST_UNPACKED) -> Iterator[bytes]:
    """Yield the lines of a file, unpacked where it is gzipped; one document (a list of records) comes record by record.

    A line that is too long to be a record comes cut, long enough to be refused by whoever parses it.

    Raises:
        RecordsFileRefused: broken gzip, or a document that is no list of records.
        RecordsFileTooLarge: more than `most` bytes unpacked.
    """
    lines = _cut(_unpacked(file, most))
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        return
    if _is_document(first):
        yield from _document(b"\n".join([first, *lines]))
    else:
        yield first
        for number, line in enumerate(lines, start=2):
            if number > MOST_LINES:
                raise RecordsFileTooLarge
            yield line


def _unpacked(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Pieces of a file, never unpacking more at once than a piece, so that a small file cannot fill the memory."""
    head = file.read(_CHUNK)
    unpacker = zlib.decompressobj(31) if head.startswith(_GZIP) else None
    total = 0
    while head:
        if unpacker is None:
            pieces = iter((head,))
        else:
            pieces = _inflated(unpacker, head)
        for piece in pieces:
            total += len(piece)
            if total > most:
                raise RecordsFileTooLarge
            yield piece
        head = file.read(_CHUNK)
    if unpacker is not None and not unpacker.eof:
        raise RecordsFileRefused


def _inflated(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    try:
        while packed:
            yield unpacker.decompress(packed, 1 << 20)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise RecordsFileRefused from None


def _cut(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Lines out of pieces; what goes beyond a record's length is dropped up to the end of its line."""
    begun = b""
    for piece in pieces:
        *whole, rest = piece.split(b"\n")
        for line in whole:
            yield begun + line if len(begun) <= MOST_BYTES else begun
            begun = b""
        if len(begun) <= MOST_BYTES:
            begun += rest
    if begun:
        yield begun


def _is_document(first: bytes) -> bool:
    """A list, or an object that is written over several lines."""
    start = first.lstrip(b"\xef\xbb\xbf \t\r")
    if start[:1] == b"[":
        return True
    return start[:1] == b"{" and start.rstrip()[-1:] in {b"{", b"[", b","}


def _document(content: bytes) -> Iterator[bytes]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise RecordsFileRefused from None
    if isinstance(found, dict):
        lists = [value for key, value in found.items() if key in {"result", "data", "records"}]
        found = lists[0] if lists and isinstance(lists[0], list) else [found]
    for item in found:
        yield json.dumps(item, ensure_ascii=False).encode(errors="surrogatepass")
