"""One file from arrival to its row: received, judged, scanned, moved under its key, recorded; or nothing at all."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.db import transaction

from motcua.casework.documents import filestore, inspection, pdf_inspection, receiving, scanning
from motcua.casework.documents.file_types import FileInfected, FileKind, FileState, Purpose, ScannerDown
from motcua.casework.documents.inspection import Findings
from motcua.casework.documents.models import StoredFile
from motcua.foundation.core.ids import uuid7

log = structlog.get_logger(__name__)


def store_upload(
    *,
    file: Any,
    name: str,
    purpose: Purpose | str,
    at: datetime,
    owner_key: str,
    declared_type: str = "",
    created_by_id: int | None = None,
) -> StoredFile:
    """Take a file from a person, or refuse it and keep nothing.

    Call it outside a transaction where possible: reading and judging take time. Should a transaction around it be
    rolled back, the content is swept by the daily job.

    Args:
        file: anything with `chunks()` or `read()`; read from its start, at most MOTCUA_UPLOAD_LIMIT_MB.
        name: the person's own name of the file; shown, never used in a path.
        owner_key: the caller's word for whose file it is; judged by the caller.

    Raises:
        FileEmpty, FileTooLarge, FileKindRefused, FileMismatch, FileBroken, FileEncrypted, FileWithMacros,
        FileTooComplex, FileInfected.
    """
    received = receiving.receive(file)
    with _temporary(received.path):
        clean = receiving.clean_name(name)
        findings = inspection.inspect(received.path, name=clean)
        warnings = [*findings.warnings, *_scan(received.path)]
        row = StoredFile(
            public_id=uuid7(),
            name=_with_suffix(clean, findings.kind),
            declared_type=declared_type[:120],
            kind=findings.kind,
            size=received.size,
            sha256=received.sha256,
            pages=findings.pages,
            is_signed=findings.is_signed,
            purpose=purpose,
            state=FileState.WARNED if warnings else FileState.READY,
            warnings=warnings,
            owner_key=owner_key,
            uploaded_at=at,
            created_by_id=created_by_id,
        )
        return _keep(row, received.path, findings)


def store_made(
    *, content: bytes, name: str, purpose: Purpose | str, at: datetime, owner_key: str, created_by_id: int | None = None
) -> StoredFile:
    """Store a file that the house itself made, such as a rendered paper, by the same checks as an upload."""
    return store_upload(
        file=io.BytesIO(content), name=name, purpose=purpose, at=at, owner_key=owner_key, created_by_id=created_by_id
    )


def _keep(row: StoredFile, path: Path, findings: Findings) -> StoredFile:
    row.key = filestore.key_for(row.public_id, at=row.uploaded_at)
    written: list[str] = []
    try:
        if findings.needs_preview:
            row.preview_key = _preview(row, path, written)
        filestore.put(path, row.key)
        written.append(row.key)
        with transaction.atomic():
            row.save(force_insert=True)
    except BaseException:
        for key in written:
            filestore.delete(key)
        raise
    return row


def _preview(row: StoredFile, path: Path, written: list[str]) -> str:
    copy = filestore.new_temporary()
    with _temporary(copy):
        pdf_inspection.write_clean_copy(path, copy)
        key = filestore.key_for(row.public_id, at=row.uploaded_at, suffix=".shown")
        filestore.put(copy, key)
    written.append(key)
    return key


def _scan(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            verdict = scanning.scanner().scan(stream)
    except ScannerDown:
        # The desk must not stand still because a daemon does: stored with a remark, scanned again by the hourly job.
        log.warning("virus_scanner_down")
        return ["not-scanned"]
    if verdict.found:
        log.warning("upload_infected", threat=verdict.found)
        raise FileInfected
    return []


def _with_suffix(name: str, kind: FileKind) -> str:
    """Let the shown name end as the content is: 'anh.png' that holds a JPG is saved as 'anh.jpg'."""
    suffix = Path(name).suffix.lower()
    alike = {FileKind.JPEG: {".jpg", ".jpeg"}}.get(kind, {f".{kind.value}"})
    return name if suffix in alike else f"{Path(name).stem if suffix else name}.{kind.value}"


@contextmanager
def _temporary(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
