"""Drafting, planning and undoing a reorganisation; nothing of the structure changes here."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound, Stale
from motcua.foundation.organisations.models import Reorganisation, ReorganisationItem
from motcua.foundation.organisations.reorganising import keeping
from motcua.foundation.organisations.reorganising.previewing import outlook
from motcua.foundation.organisations.types import (
    Change,
    Decision,
    ReorganisationBlocked,
    ReorganisationNotOpen,
    ReorganisationState,
    TooLateToUndo,
)

_HEAD = ("title", "on", "note", "decision_number", "decision_on", "decided_by", "signer", "decision_file")


@transaction.atomic
def draft_reorganisation(
    *,
    title: str,
    on: date,
    by: int | None,
    at: datetime,
    decision: Decision | None = None,
    note: str = "",
    changes: Sequence[Change] = (),
    is_demonstration: bool = False,
) -> UUID:
    """Begin the draft of a reorganisation that shall take effect at the start of `on`; return its public id.

    Raises:
        Invalid: no title.
    """
    item = Reorganisation(is_demonstration=is_demonstration, created_at=at)
    _fill(item, title=title, on=on, decision=decision or Decision(), note=note)
    item.save()
    keeping.keep(item.pk, changes, first=0)
    keeping.tell(item, "drafted", by=by, at=at)
    return item.public_id


def _fill(item: Reorganisation, *, title: str, on: date, decision: Decision, note: str) -> None:
    if not title.strip():
        raise Invalid({"title": [_("Enter a title.")]})
    item.title, item.on, item.note = title.strip(), on, note.strip()
    item.decision_number, item.decision_on = decision.number.strip(), decision.on
    item.decided_by, item.signer = decision.by.strip(), decision.signer.strip()
    item.decision_file = decision.file or item.decision_file


def _locked(public_id: UUID, *states: str, lock_version: int | None = None) -> Reorganisation:
    item = Reorganisation.objects.select_for_update().filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    if item.state not in states:
        raise ReorganisationNotOpen(state=ReorganisationState(item.state).label)
    if lock_version is not None and lock_version != item.lock_version:
        raise Stale
    item.lock_version += 1
    return item


@transaction.atomic
def revise_reorganisation(
    *,
    public_id: UUID,
    title: str,
    on: date,
    decision: Decision,
    note: str = "",
    by: int | None,
    at: datetime,
    lock_version: int | None = None,
) -> None:
    """Change title, day, decision and note of a draft; a decision without a file keeps the file it has.

    Raises:
        NotFound; ReorganisationNotOpen: it is no draft any more; Stale: somebody else changed it; Invalid: no title.
    """
    item = _locked(public_id, ReorganisationState.DRAFT, lock_version=lock_version)
    _fill(item, title=title, on=on, decision=decision, note=note)
    item.save(update_fields=[*_HEAD, "lock_version"])
    keeping.tell(item, "revised", by=by, at=at)


@transaction.atomic
def add_changes(*, public_id: UUID, changes: Sequence[Change], by: int | None, at: datetime) -> None:
    """Add items to a draft; those there already are left out, so that a double click adds nothing twice.

    Raises:
        NotFound; ReorganisationNotOpen: it is no draft any more.
    """
    item = _locked(public_id, ReorganisationState.DRAFT)
    present = {(old.act, old.agency_code, old.target_code) for old in keeping.entered(item.pk)}
    new = [change for change in changes if (change.act, change.agency_code, change.target_code) not in present]
    last = ReorganisationItem.objects.filter(reorganisation=item, is_derived=False).order_by("-position").first()
    keeping.keep(item.pk, new, first=last.position + 1 if last else 0)
    item.save(update_fields=["lock_version"])
    keeping.tell(item, "items_added", by=by, at=at, reason=", ".join(change.agency_code for change in new))


@transaction.atomic
def remove_changes(*, public_id: UUID, act: str, agency_code: str, by: int | None, at: datetime) -> None:
    """Take the items of one act on one agency out of a draft: all parts of a split together.

    Raises:
        NotFound; ReorganisationNotOpen: it is no draft any more.
    """
    item = _locked(public_id, ReorganisationState.DRAFT)
    ReorganisationItem.objects.filter(reorganisation=item, act=act, agency_code=agency_code).delete()
    item.save(update_fields=["lock_version"])
    keeping.tell(item, "items_removed", by=by, at=at, reason=agency_code)


@transaction.atomic
def plan_reorganisation(*, public_id: UUID, by: int | None, at: datetime, lock_version: int | None = None) -> None:
    """Settle a draft: the job carries it out at the start of its day, and until then it can be undone.

    Raises:
        NotFound; ReorganisationNotOpen; Stale.
        Invalid: the day has begun, or the decision has no number or day.
        ReorganisationBlocked: something must be mended first; `problems` says what and how.
    """
    item = _locked(public_id, ReorganisationState.DRAFT, lock_version=lock_version)
    missing: dict[str, list[str]] = {}
    if item.on <= civil_day(at):
        missing["on"] = [_("This day has begun. Choose a later day.")]
    if not item.decision_number or item.decision_on is None:
        missing["decision_number"] = [_("Enter the number and the day of the decision before planning.")]
    if missing:
        raise Invalid(missing)
    seen = outlook(item)
    blocking = [problem for problem in seen.problems if problem.is_blocking]
    if blocking:
        raise ReorganisationBlocked(blocking)
    keeping.keep_derived(item.pk, seen.changes)
    item.state = ReorganisationState.PLANNED
    item.save(update_fields=["state", "lock_version"])
    keeping.tell(item, "planned", by=by, at=at)


@transaction.atomic
def undo_reorganisation(*, public_id: UUID, reason: str, by: int | None, at: datetime) -> None:
    """Undo a draft, or a planned reorganisation before its day begins; nothing of the structure was changed yet.

    Raises:
        NotFound; ReorganisationNotOpen: it was carried out or undone.
        TooLateToUndo: its day has begun.
        Invalid: no reason.
    """
    item = _locked(public_id, ReorganisationState.DRAFT, ReorganisationState.PLANNED)
    if item.state == ReorganisationState.PLANNED and item.on <= civil_day(at):
        raise TooLateToUndo(on=f"{item.on:%d/%m/%Y}")
    if not reason.strip():
        raise Invalid({"reason": [_("Say why.")]})
    item.state = ReorganisationState.UNDONE
    item.save(update_fields=["state", "lock_version"])
    keeping.tell(item, "undone", by=by, at=at, reason=reason.strip())


@transaction.atomic
def copy_reorganisation(*, public_id: UUID, by: int | None, at: datetime) -> UUID:
    """Begin a new draft with the title, day, decision and items of another; return its public id.

    Raises:
        NotFound.
    """
    source = Reorganisation.objects.filter(public_id=public_id).first()
    if source is None:
        raise NotFound
    return draft_reorganisation(
        title=source.title,
        on=source.on,
        decision=Decision(
            source.decision_number, source.decision_on, source.decided_by, source.signer, source.decision_file
        ),
        note=source.note,
        changes=keeping.entered(source.pk),
        by=by,
        at=at,
    )
