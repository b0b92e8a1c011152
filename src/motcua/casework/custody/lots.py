"""Lots up to the courier: opened, filled by scanning, sealed and sent, or given up. Private."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.casework.custody import acts
from motcua.casework.custody.folders import note
from motcua.casework.custody.models import Folder, Lot, LotLine, LotSequence
from motcua.casework.custody.reading_codes import codes_of
from motcua.casework.custody.types import (
    Courier,
    FolderState,
    Happening,
    LotEmpty,
    LotNotOpen,
    LotState,
    NotYourUnit,
    Scanned,
)
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotFound
from motcua.foundation.organisations import selectors as organisations


@transaction.atomic
def open_lot(
    *, from_unit_id: int, to_unit_id: int, folder_ids: Sequence[UUID] = (), actor: Actor, at: datetime
) -> UUID:
    """Open a lot from one unit to another with the folders ticked; return its public id.

    It takes the next number of the sending agency in the year. Folders that no longer lie there are left out.

    Raises:
        NotYourUnit: the actor holds no post in the sending unit. Invalid: no unit to send to, or the same.
    """
    registry.check(acts.HAND_OVER, actor)
    if not acts.hands_for(actor, from_unit_id):
        raise NotYourUnit
    on = civil_day(at)
    if to_unit_id == from_unit_id or organisations.directory(on=on).find(to_unit_id) is None:
        raise Invalid({"to_unit": [_("Choose another unit that is to receive the folders.")]})
    agency_id = organisations.agency_of_unit(from_unit_id, on=on)
    lot = Lot.objects.create(
        agency_id=agency_id, year=on.year, number=_next_number(agency_id, on.year), from_unit_id=from_unit_id,
        to_unit_id=to_unit_id, made_at=at, made_by_id=actor.person_id,
    )  # fmt: skip
    _put_in(lot, Folder.objects.filter(public_id__in=folder_ids))
    return lot.public_id


def _next_number(agency_id: int, year: int) -> int:
    LotSequence.objects.get_or_create(agency_id=agency_id, year=year)
    row = LotSequence.objects.select_for_update().get(agency_id=agency_id, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _put_in(lot: Lot, wanted: Iterable[Folder]) -> list[Folder]:
    """Put folders that lie in the sending unit, in no other lot, on the list; return them."""
    keys = [folder.pk for folder in wanted]
    rows = Folder.objects.select_for_update().filter(
        pk__in=keys, state=FolderState.LYING, holder_id=lot.from_unit_id, lot=None
    )
    folders = list(rows.order_by("pk"))
    last = lot.lines.aggregate(last=Max("ordinal"))["last"] or 0
    LotLine.objects.bulk_create(
        LotLine(lot=lot, folder=folder, ordinal=number) for number, folder in enumerate(folders, start=last + 1)
    )
    for folder in folders:
        folder.lot = lot
    Folder.objects.bulk_update(folders, ["lot"])
    return folders


@transaction.atomic
def add_folders(*, lot_id: UUID, scanned: str, actor: Actor, at: datetime) -> Scanned:
    """Put folders into an open lot by what a scanner or a person wrote, one code a line; say what became of each.

    Raises:
        NotFound: no such lot, or not the actor's. LotNotOpen: it was sent. NotYourUnit: see `open_lot`.
    """
    lot = _open_locked(lot_id, actor)
    codes = codes_of(scanned)
    known = {folder.code: folder for folder in Folder.objects.filter(registry.within("folder", actor), code__in=codes)}
    added = {folder.code for folder in _put_in(lot, known.values())}
    return Scanned(
        added=tuple(code for code in codes if code in added),
        unknown=tuple(code for code in codes if code not in known),
        elsewhere=tuple(code for code in codes if code in known and code not in added),
    )


@transaction.atomic
def remove_folder(*, lot_id: UUID, folder_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a folder off the list of an open lot; it stays where it lies.

    Raises:
        NotFound, LotNotOpen, NotYourUnit: see `add_folders`.
    """
    lot = _open_locked(lot_id, actor)
    line = lot.lines.filter(folder__public_id=folder_id).first()
    if line is None:
        raise NotFound
    Folder.objects.filter(pk=line.folder_id, lot=lot).update(lot=None)
    line.delete()


@transaction.atomic
def send_lot(
    *, lot_id: UUID, courier: str, courier_name: str, seal: str, waybill: str = "", actor: Actor, at: datetime
) -> None:
    """Hand the sealed bag to the courier: from this minute its folders are on the way.

    Raises:
        NotFound, LotNotOpen, NotYourUnit: see `add_folders`. LotEmpty: no folder. Invalid: no seal, no courier, or no
        waybill for the post.
    """
    lot = _open_locked(lot_id, actor)
    wrong: dict[str, list[str]] = {}
    if courier not in Courier.values:
        wrong["courier"] = [_("Say who carries the bag.")]
    if not seal.strip():
        wrong["seal"] = [_("Write the number of the seal on the bag.")]
    if courier == Courier.OWN and not courier_name.strip():
        wrong["courier_name"] = [_("Write the name of the courier.")]
    if courier == Courier.POST and not waybill.strip():
        wrong["waybill"] = [_("Write the number of the waybill.")]
    if wrong:
        raise Invalid(wrong)
    folders = list(Folder.objects.select_for_update().filter(lot=lot).order_by("pk"))
    if not folders:
        raise LotEmpty
    lot.state, lot.courier, lot.courier_name = LotState.SENT, courier, courier_name.strip()[:150]
    lot.seal, lot.waybill = seal.strip()[:60], waybill.strip()[:60]
    lot.sent_at, lot.sent_by_id = at, actor.person_id
    lot.save()
    for folder in folders:
        folder.state, folder.holder_id, folder.person_id, folder.since = FolderState.ON_THE_WAY, None, None, at
        note(
            folder, Happening.SENT, at=at, by=actor.person_id, source=lot.from_unit_id, to=lot.to_unit_id, lot_id=lot.pk
        )
    Folder.objects.bulk_update(folders, ["state", "holder", "person_id", "since"])


@transaction.atomic
def give_up_lot(*, lot_id: UUID, actor: Actor, at: datetime) -> None:
    """Give up an open lot: its folders stay where they lie, its number stays used.

    Raises:
        NotFound, LotNotOpen, NotYourUnit: see `add_folders`.
    """
    lot = _open_locked(lot_id, actor)
    Folder.objects.filter(lot=lot).update(lot=None)
    lot.lines.all().delete()
    lot.state, lot.settled_at = LotState.CANCELLED, at
    lot.save(update_fields=["state", "settled_at"])


def locked_lot(lot_id: UUID, actor: Actor) -> Lot:
    """Return one lot that the actor sees, locked.

    Raises:
        NotFound: missing or forbidden.
    """
    lot = Lot.objects.select_for_update().filter(public_id=lot_id).first()
    if lot is None or not registry.can(actor, acts.SEE, lot):
        raise NotFound
    return lot


def _open_locked(lot_id: UUID, actor: Actor) -> Lot:
    lot = locked_lot(lot_id, actor)
    registry.check(acts.HAND_OVER, actor)
    if not acts.hands_for(actor, lot.from_unit_id):
        raise NotYourUnit
    if lot.state != LotState.OPEN:
        raise LotNotOpen
    return lot
