"""Files of records handed in at the office: read by a job, decided difference by difference, published as decided."""

import gzip
import hashlib
import io
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.models import RecordDifference, RecordsFile, RecordsFileProblem
from motcua.casework.procedures.reading.drafts import Notebook, RecordDraft
from motcua.casework.procedures.reading.files import RecordsFileRefused, RecordsFileTooLarge, lines_of
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.selectors.comparing import compare_records
from motcua.casework.procedures.services.making import publish_drafts, standings
from motcua.casework.procedures.services.publishing import end_procedure
from motcua.casework.procedures.types import (
    Comparison,
    DifferenceKind,
    DifferenceState,
    Outcome,
    RecordsFileState,
    VersionOverlaps,
)
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound

MOST_UPLOAD = 40_000_000
_BATCH = 100
_AT_ONCE = 20
_GZIP = b"\x1f\x8b"


@transaction.atomic
def hand_in_records(*, name: str, chunks: Iterable[bytes], actor: Actor, at: datetime) -> UUID:
    """Keep a file of records and leave its reading to a job; a file that waits already is not kept twice.

    Only its size and first bytes are looked at here: nothing of it is unpacked in the request.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        RecordsFileRefused: empty, or neither gzip nor JSON by its first bytes.
        RecordsFileTooLarge: more than 40 MB.
    """
    policies.require_editor(actor)
    content = _received(chunks)
    digest = hashlib.sha256(content).hexdigest()
    waiting = RecordsFile.objects.filter(sha256=digest, state=RecordsFileState.WAITING).first()
    if waiting is not None:
        return waiting.public_id
    packed = content if content.startswith(_GZIP) else gzip.compress(content, 6)
    row = RecordsFile.objects.create(
        name=name[:200], size=len(content), sha256=digest, packed=packed, person_id=actor.person_id, at=at
    )
    from motcua.casework.procedures import jobs

    jobs.compare.defer(file_id=row.pk)
    return row.public_id


def _received(chunks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MOST_UPLOAD:
            raise RecordsFileTooLarge
    start = bytes(content[:64]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((_GZIP, b"{", b"[")):
        raise RecordsFileRefused
    return bytes(content)


@transaction.atomic
def read_file(*, file_id: int, at: datetime) -> bool:
    """Compare a file that waits with the catalogue and keep what differs; False when there is nothing to read."""
    row = RecordsFile.objects.select_for_update().filter(pk=file_id, state=RecordsFileState.WAITING).first()
    if row is None or row.packed is None:
        return False
    try:
        found = compare_records(lines_of(io.BytesIO(bytes(row.packed))), on=civil_day(at))
    except RecordsFileRefused as refusal:
        row.state, row.reason = RecordsFileState.FAILED, refusal.code
    else:
        row.state, row.named = RecordsFileState.READ, found.named
        row.same = found.named - len(found.found) - len({p.code for p in found.problems if p.is_fatal and p.code})
        _keep(row, found)
    row.read_at, row.packed = at, None
    row.save(update_fields=["state", "reason", "named", "same", "read_at", "packed"])
    return True


def _keep(row: RecordsFile, found: Comparison) -> None:
    RecordsFileProblem.objects.bulk_create(
        (
            RecordsFileProblem(
                file=row, position=position, line=problem.line, code=problem.code, place=problem.place[:300],
                text=problem.text, values=dict(problem.values), is_fatal=problem.is_fatal,
            )
            for position, problem in enumerate(found.problems)
        ),
        batch_size=1000,
    )  # fmt: skip
    RecordDifference.objects.bulk_create(
        (
            RecordDifference(
                file=row, code=item.code, name=item.name, kind=item.kind, base_id=item.base_id, content=item.content
            )
            for item in (*found.found, *found.missing)
        ),
        batch_size=_BATCH,
    )


@transaction.atomic
def decide_differences(
    *,
    file_id: UUID,
    ids: Collection[int],
    is_accepted: bool,
    effective_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Accept or refuse differences; return how many were decided now. What was accepted or chosen before stays.

    A few are published at once, many by a job. A missing procedure that is accepted ends on the day.

    Raises:
        NotFound: no such file.
        NotAllowed: the actor does not edit the catalogue.
        Invalid: accepting without a day from which it holds.
    """
    policies.require_editor(actor)
    if is_accepted and effective_on is None:
        raise Invalid({"effective_on": [_("Enter the day from which it holds.")]})
    file = RecordsFile.objects.select_for_update().filter(public_id=file_id).first()
    if file is None:
        raise NotFound
    free = {DifferenceState.OPEN, DifferenceState.FAILED}
    free |= {DifferenceState.REFUSED} if is_accepted else set()
    rows = RecordDifference.objects.filter(file=file, pk__in=list(ids), state__in=free)
    count = rows.update(
        state=DifferenceState.CHOSEN if is_accepted else DifferenceState.REFUSED,
        effective_on=effective_on if is_accepted else None,
        note="",
        person_id=actor.person_id,
        at=at,
    )
    if is_accepted and count > _AT_ONCE:
        from motcua.casework.procedures import jobs

        jobs.publish_chosen.defer(file_id=file.pk)
    elif is_accepted and count:
        publish_chosen(file_id=file.pk, at=at)
    return count


def publish_chosen(*, file_id: int, at: datetime) -> int:
    """Publish what people accepted of a file; return how many. A difference whose basis changed since fails alone."""
    done = 0
    while True:
        with transaction.atomic():
            rows = list(
                RecordDifference.objects.select_for_update(skip_locked=True)
                .filter(file_id=file_id, state=DifferenceState.CHOSEN)
                .order_by("effective_on", "pk")[:_BATCH]
            )
            if not rows:
                return done
            on = rows[0].effective_on or civil_day(at)
            done += _publish([row for row in rows if row.effective_on == rows[0].effective_on], on, at)


def _publish(rows: list[RecordDifference], on: date, at: datetime) -> int:
    transaction.on_commit(forget_choices)
    before = standings(row.code for row in rows)
    wanted: list[tuple[RecordDifference, RecordDraft]] = []
    for row in rows:
        standing = before.get(row.code)
        draft = read_record(row.content, Notebook(line=0)) if row.content is not None else None
        if standing and standing.version_id != row.base_id and (draft is None or standing.digest != draft.digest):
            _fail(row, _("The procedure was changed after the file was compared; compare the file again."))
        elif row.kind == DifferenceKind.MISSING:
            _end(row, on, at)
        elif draft is None:
            _fail(row, _("The record cannot be read any more."))
        else:
            wanted.append((row, draft))
    _publish_drafts(wanted, on, at)
    RecordDifference.objects.bulk_update(rows, ["state", "note"])
    return sum(row.state == DifferenceState.ACCEPTED for row in rows)


def _publish_drafts(wanted: list[tuple[RecordDifference, RecordDraft]], on: date, at: datetime) -> None:
    if not wanted:
        return
    try:
        answers = publish_drafts([draft for _row, draft in wanted], valid_from=on, at=at)
    except (DataError, IntegrityError, OperationalError):
        if len(wanted) == 1:
            _fail(wanted[0][0], _("The record does not fit into the database."))
            return
        for pair in wanted:
            _publish_drafts([pair], on, at)
        return
    for (row, _draft), answer in zip(wanted, answers, strict=True):
        if isinstance(answer, VersionOverlaps):
            _fail(row, str(answer))
        else:
            row.state = DifferenceState.ACCEPTED
            row.note = _("Was published before.") if answer[0] is Outcome.UNCHANGED else ""


def _end(row: RecordDifference, on: date, at: datetime) -> None:
    """A person of procedure control decided it; the system carries it out, at once or by its job."""
    try:
        end_procedure(code=row.code, ended_on=on, actor=SYSTEM, at=at)
    except NotFound:
        _fail(row, _("It ended before, or begins only after that day."))
    else:
        row.state = DifferenceState.ACCEPTED


def _fail(row: RecordDifference, note: str) -> None:
    row.state, row.note = DifferenceState.FAILED, note
