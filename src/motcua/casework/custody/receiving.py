"""Lots at the receiving end: what arrived, what did not, and how differences are settled. Private."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.custody import acts
from motcua.casework.custody.folders import note
from motcua.casework.custody.lots import locked_lot
from motcua.casework.custody.models import Folder, Lot, LotLine
from motcua.casework.custody.reading_codes import codes_of
from motcua.casework.custody.types import (
    FITTING,
    FolderState,
    Happening,
    HeadDecides,
    LineState,
    LotState,
    NotOnTheWay,
    NotSettledSo,
    NotYourUnit,
    ReceivedLine,
    SamePerson,
    Scanned,
    Settlement,
)
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotFound

_HAPPENED = {
    Settlement.FOUND: Happening.FOUND, Settlement.RETURNED: Happening.RETURNED, Settlement.LOST: Happening.LOST,
}  # fmt: skip


@transaction.atomic
def receive_lot(
    *, lot_id: UUID, lines: Mapping[int, ReceivedLine], extra: str = "", actor: Actor, at: datetime
) -> Scanned:
    """Confirm that a lot arrived: each line received, damaged or missing; folders not on the list by their codes.

    Args:
        lines: by id of the line; one that is not named is missing. extra: codes as scanned, of folders in the bag
            that the list lacks; those on the list are taken as received.

    Raises:
        NotFound: no such lot, or not the actor's. NotYourUnit: of another unit. NotOnTheWay: received already.
        SamePerson: who sent it. Invalid: damage without a note.
    """
    lot = locked_lot(lot_id, actor)
    registry.check(acts.HAND_OVER, actor)
    if lot.state != LotState.SENT:
        raise NotOnTheWay
    if not acts.hands_for(actor, lot.to_unit_id):
        raise NotYourUnit
    if actor.person_id is not None and actor.person_id == lot.sent_by_id:
        raise SamePerson
    codes = codes_of(extra)
    listed = list(lot.lines.select_related("folder").order_by("pk"))
    own = {line.folder.code for line in listed}
    _check_notes(lines)
    for line in listed:
        said = lines.get(line.pk)
        if said is None or (said.state == LineState.MISSING and line.folder.code in codes):
            said = ReceivedLine(LineState.RECEIVED if line.folder.code in codes else LineState.MISSING)
        line.state, line.note = LineState(said.state), said.note.strip()[:300]
        _place(line.folder, lot, line.state, actor=actor, at=at, words=line.note)
    LotLine.objects.bulk_update(listed, ["state", "note"])
    scanned = _take_extra(lot, [code for code in codes if code not in own], actor=actor, at=at)
    differs = any(line.state in FITTING for line in listed) or bool(scanned.added)
    lot.state = LotState.RECEIVED if differs else LotState.SETTLED
    lot.received_at, lot.received_by_id, lot.settled_at = at, actor.person_id, None if differs else at
    lot.save()
    return scanned


def _check_notes(lines: Mapping[int, ReceivedLine]) -> None:
    for key, said in lines.items():
        if said.state not in {LineState.RECEIVED, LineState.MISSING, LineState.DAMAGED}:
            raise Invalid({f"line-{key}": [_("Say whether it arrived.")]})
        if said.state == LineState.DAMAGED and not said.note.strip():
            raise Invalid({f"note-{key}": [_("Write what is damaged or lacking in the folder.")]})


def _place(folder: Folder, lot: Lot, state: str, *, actor: Actor, at: datetime, words: str) -> None:
    if state == LineState.MISSING:
        folder.state, folder.holder_id, folder.person_id, folder.since = FolderState.MISSING, None, None, at
        what = Happening.MISSING
    else:
        folder.state, folder.holder_id, folder.person_id = FolderState.LYING, lot.to_unit_id, actor.person_id
        folder.since, folder.lot = at, None
        what = Happening.RECEIVED
    folder.save()
    note(
        folder, what, at=at, by=actor.person_id, source=lot.from_unit_id, to=lot.to_unit_id, lot_id=lot.pk, words=words
    )


def _take_extra(lot: Lot, codes: list[str], *, actor: Actor, at: datetime) -> Scanned:
    """Take folders that were in the bag but not on the list, from wherever the record has them."""
    rows = Folder.objects.select_for_update().filter(code__in=codes, state__in=(FolderState.LYING, FolderState.MISSING))
    found = {row.code: row for row in rows.exclude(holder_id=lot.to_unit_id).order_by("pk")}
    last = lot.lines.count()
    for number, folder in enumerate(found.values(), start=last + 1):
        LotLine.objects.filter(folder=folder, lot__state=LotState.OPEN).delete()
        LotLine.objects.create(lot=lot, folder=folder, ordinal=number, state=LineState.EXTRA)
        _place(folder, lot, LineState.EXTRA, actor=actor, at=at, words=_("Was in the bag but not on the list."))
    return Scanned(added=tuple(found), unknown=tuple(code for code in codes if code not in found))


@transaction.atomic
def settle_difference(*, lot_id: UUID, line_id: int, how: str, reason: str, actor: Actor, at: datetime) -> None:
    """Settle one difference; with the last one the lot is done.

    A missing folder turned up at either end or is recorded as lost; a damaged one is kept as it is; one that was not
    on the list is kept or went back.

    Raises:
        NotFound: no such lot or line, or not the actor's. NotSettledSo: settled already, or not in this way.
        HeadDecides: a folder is lost only by a head's word. NotYourUnit: neither end's. Invalid: no reason.
    """
    lot = locked_lot(lot_id, actor)
    registry.check(acts.SETTLE, actor)
    line = lot.lines.select_related("folder").filter(pk=line_id).first()
    if line is None:
        raise NotFound
    if not (acts.hands_for(actor, lot.from_unit_id) or acts.hands_for(actor, lot.to_unit_id)):
        raise NotYourUnit
    if line.settlement or how not in FITTING.get(line.state, ()):
        raise NotSettledSo
    if how == Settlement.LOST and not actor.has_role(*acts.HEADS):
        raise HeadDecides
    if not reason.strip():
        raise Invalid({"reason": [_("Say how it was settled; the record of the lot keeps it.")]})
    line.settlement, line.reason = Settlement(how), reason.strip()[:500]
    line.settled_at, line.settled_by_id = at, actor.person_id
    line.save()
    _move(line, lot, Settlement(how), actor=actor, at=at)
    if not lot.lines.filter(state__in=FITTING, settlement="").exists():
        lot.state, lot.settled_at = LotState.SETTLED, at
        lot.save(update_fields=["state", "settled_at"])


def _move(line: LotLine, lot: Lot, how: Settlement, *, actor: Actor, at: datetime) -> None:
    if how == Settlement.ACCEPTED:
        return
    folder = Folder.objects.select_for_update().get(pk=line.folder_id)
    is_here = folder.lot_id == lot.pk if line.state == LineState.MISSING else folder.holder_id == lot.to_unit_id
    if not is_here:  # it went on in another lot meanwhile: the later record holds
        return
    lies_in = {Settlement.FOUND: lot.to_unit_id, Settlement.RETURNED: lot.from_unit_id}.get(how)
    folder.state = FolderState.LYING if lies_in else FolderState.LOST
    folder.holder_id, folder.person_id, folder.since, folder.lot = lies_in, actor.person_id, at, None
    folder.save()
    note(
        folder, _HAPPENED[how], at=at, by=actor.person_id, source=lot.from_unit_id, to=lies_in, lot_id=lot.pk,
        words=line.reason,
    )  # fmt: skip
