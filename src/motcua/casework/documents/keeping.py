"""Stored files afterwards: given to another owner, discarded, scanned again, swept."""

import functools
import operator
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet

from motcua.casework.documents import filestore, scanning
from motcua.casework.documents.file_types import FileInfected, FileState, ScannerDown
from motcua.casework.documents.models import StoredFile
from motcua.foundation.core.types import NotFound

log = structlog.get_logger(__name__)
# A content without a row may belong to an upload that is still running; after a day it cannot.
ORPHAN_AGE = timedelta(days=1)
BATCH = 1_000
# Owners that hold a file only until the form is sent; a draft of a result ('result:...') stays.
TRANSIENT = ("api:", "draft:", "intake:")


@transaction.atomic
def change_owner(*, public_ids: Iterable[str], owner_key: str, new_owner_key: str) -> int:
    """Give files of `owner_key` to `new_owner_key`, as when a draft becomes a dossier; return how many.

    Raises:
        NotFound: one of them does not exist or has another owner; none is changed then.
    """
    wanted = {str(public_id) for public_id in public_ids}
    rows = StoredFile.objects.select_for_update(of=("self",)).filter(public_id__in=wanted, owner_key=owner_key)
    found = [row.pk for row in rows.order_by("pk")]
    if len(found) != len(wanted):
        raise NotFound
    return StoredFile.objects.filter(pk__in=found).update(owner_key=new_owner_key)


@transaction.atomic
def discard_file(*, public_id: str, owner_key: str) -> None:
    """Delete a file of `owner_key` that nothing refers to; the content goes once the transaction is committed.

    Raises:
        NotFound: no such file of this owner.
    """
    row = StoredFile.objects.select_for_update(of=("self",)).filter(public_id=public_id, owner_key=owner_key).first()
    if row is None:
        raise NotFound
    row.delete()
    keys = [row.key, row.preview_key]
    transaction.on_commit(lambda: _delete(keys))


def scan_waiting(*, limit: int = 200) -> int:
    """Scan files stored while the scanner was down; return how many got a verdict.

    An infected one stays as a refused row, so that its dossier shows what happened; its content is deleted.
    """
    waiting = StoredFile.objects.filter(warnings__contains=["not-scanned"]).exclude(state=FileState.REFUSED)
    judged = 0
    for row in waiting.order_by("pk")[:limit]:
        try:
            _scan_again(row)
        except ScannerDown:
            break
        judged += 1
    return judged


def sweep_orphans(*, at: datetime) -> int:
    """Delete contents older than a day that no row knows; return how many."""
    swept, batch = 0, []
    for key in filestore.keys_before(at - ORPHAN_AGE):
        batch.append(key)
        if len(batch) == BATCH:
            swept, batch = swept + _sweep(batch), []
    swept += _sweep(batch)
    if swept:
        log.info("orphan_files_swept", count=swept)
    return swept


def unused(*, before: datetime) -> QuerySet[StoredFile]:
    """Return files sent up before that instant through the API, a draft or the counter that no table refers to."""
    rows = StoredFile.objects.filter(uploaded_at__lt=before)
    rows = rows.filter(functools.reduce(operator.or_, (Q(owner_key__startswith=prefix) for prefix in TRANSIENT)))
    for relation in StoredFile._meta.related_objects:
        used = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(used))
    return rows


def sweep_unused(*, at: datetime, before: datetime | None = None, limit: int = 5_000) -> int:
    """Delete files that nothing has used; return how many.

    Args:
        before: sent up earlier than this; by default MOTCUA_UNUSED_FILE_DAYS ago: the form may still be open.
    """
    rows = unused(before=before or at - timedelta(days=settings.MOTCUA_UNUSED_FILE_DAYS))
    swept = 0
    for public_id, owner_key in list(rows.order_by("pk").values_list("public_id", "owner_key")[:limit]):
        try:
            discard_file(public_id=str(public_id), owner_key=owner_key)
        except (NotFound, ProtectedError):  # it was taken into use this very moment
            continue
        swept += 1
    if swept:
        log.info("unused_files_swept", count=swept)
    return swept


def _sweep(keys: list[str]) -> int:
    known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
    known |= set(StoredFile.objects.filter(preview_key__in=keys).values_list("preview_key", flat=True))
    orphans = [key for key in keys if key not in known]
    _delete(orphans)
    return len(orphans)


@transaction.atomic
def _scan_again(row: StoredFile) -> None:
    row = StoredFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
    with filestore.open_key(row.key) as stream:
        verdict = scanning.scanner().scan(stream)
    row.warnings = [code for code in row.warnings if code != "not-scanned"]
    if verdict.found:
        log.warning("stored_file_infected", file=str(row.public_id), threat=verdict.found)
        row.refuse(code=FileInfected.code)
        keys = [row.key, row.preview_key]
        transaction.on_commit(lambda: _delete(keys))
    else:
        row.state = FileState.WARNED if row.warnings else FileState.READY
    row.save(update_fields=["warnings", "state", "refused_code"])


def _delete(keys: list[str]) -> None:
    for key in keys:
        filestore.delete(key)
