"""Folders: made from accepted dossiers, opened by hand when papers come later, originals given back. Private."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.custody import acts, selectors
from motcua.casework.custody.models import CustodyEntry, Folder, FolderItem
from motcua.casework.custody.selectors import PaperOf
from motcua.casework.custody.types import FolderState, Happening, NotHere, NotYourUnit, PaperForm
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotFound


@transaction.atomic
def make_folders(*, dossier_ids: Sequence[int]) -> int:
    """Make the folders of dossiers that came with paper and have none; return how many were made."""
    there = set(Folder.objects.filter(dossier_id__in=dossier_ids).values_list("dossier_id", flat=True))
    found = selectors.papers_of(sorted(set(dossier_ids) - there))
    return sum(_make(paper, at=paper.accepted_at, by=None) is not None for paper in found if paper.items)


@transaction.atomic
def open_folder(*, dossier_code: str, actor: Actor, at: datetime) -> UUID:
    """Begin the folder of a dossier that had none, where papers came later; return its public id.

    The papers listed in the dossier go in as originals where it says nothing else; one that exists is returned.

    Raises:
        NotFound: no such dossier, or not the actor's. NotYourUnit: the actor is not of the desk that took it in.
    """
    registry.check(acts.HAND_OVER, actor)
    found = selectors.papers_of_code(dossier_code, actor=actor)
    if found is None:
        raise NotFound
    if not acts.hands_for(actor, found.desk_id):
        raise NotYourUnit
    there = Folder.objects.filter(dossier_id=found.dossier_id).first()
    made = there or _make(found, at=at, by=actor.person_id)
    return made.public_id if made else Folder.objects.get(dossier_id=found.dossier_id).public_id


def _make(paper: PaperOf, *, at: datetime, by: int | None) -> Folder | None:
    folder, is_new = Folder.objects.get_or_create(
        dossier_id=paper.dossier_id,
        defaults={
            "code": paper.code, "receiving_agency_id": paper.receiving_id, "competent_agency_id": paper.competent_id,
            "holder_id": paper.desk_id, "person_id": by, "since": at,
        },
    )  # fmt: skip
    if not is_new:
        return None
    FolderItem.objects.bulk_create(
        FolderItem(folder=folder, ordinal=number, name=name, form=form, count=count)
        for number, (name, form, count) in enumerate(paper.items, start=1)
    )
    note(folder, Happening.CAME, at=at, by=by, to=paper.desk_id)
    return folder


@transaction.atomic
def give_back(*, folder_id: UUID, item_ids: Iterable[int], to: str, actor: Actor, at: datetime) -> int:
    """Write down that originals of a folder went back to the citizen, to whom by name; return how many.

    Raises:
        NotFound: no such folder, or not the actor's. NotHere: it lies elsewhere. Invalid: no original, nobody named.
    """
    folder = locked_folder(folder_id, actor)
    if folder.state != FolderState.LYING or not acts.hands_for(actor, folder.holder_id):
        raise NotHere
    if not to.strip():
        raise Invalid({"to": [_("Write the name of the person who takes the papers back.")]})
    items = list(
        folder.items.select_for_update().filter(pk__in=set(item_ids), returned_at=None).exclude(form=PaperForm.PLAIN)
    )
    if not items:
        raise Invalid({"items": [_("Tick the papers that are given back.")]})
    for item in items:
        item.returned_at, item.returned_by_id, item.returned_to = at, actor.person_id, to.strip()[:200]
    FolderItem.objects.bulk_update(items, ["returned_at", "returned_by_id", "returned_to"])
    names = "; ".join(item.name for item in items)
    note(folder, Happening.GIVEN_BACK, at=at, by=actor.person_id, source=folder.holder_id, words=names)
    return len(items)


def locked_folder(folder_id: UUID, actor: Actor) -> Folder:
    """Return one folder that the actor sees, locked.

    Raises:
        NotFound: missing or forbidden.
    """
    folder = Folder.objects.select_for_update().filter(public_id=folder_id).first()
    if folder is None or not registry.can(actor, acts.SEE) or not registry.sees("folder", actor, folder):
        raise NotFound
    return folder


def note(
    folder: Folder,
    what: Happening,
    *,
    at: datetime,
    by: int | None,
    source: int | None = None,
    to: int | None = None,
    lot_id: int | None = None,
    words: str = "",
) -> None:
    """Add one line to the history of a folder."""
    CustodyEntry.objects.create(
        folder=folder, what=what, at=at, by_id=by, from_unit_id=source, to_unit_id=to, lot_id=lot_id, note=words[:500]
    )
