"""Where folders lie, what is to be handed over and by when, lots and their sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from motcua.casework.custody import acts
from motcua.casework.custody.models import CustodyEntry, Folder, Lot, LotLine
from motcua.casework.custody.reading_codes import codes_of
from motcua.casework.custody.timing import due_to_hand_over
from motcua.casework.custody.types import (
    FITTING,
    EntryCard,
    FolderCard,
    FolderState,
    Happening,
    ItemCard,
    LineCard,
    LotCard,
    LotPage,
    LotState,
    PaperForm,
    ToHandOver,
)
from motcua.casework.dossiers.models import Dossier, DossierPaper
from motcua.casework.workflow.models import Token
from motcua.casework.workflow.types import Holder, TokenKind
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Directory

ON_A_PAGE = 30
MOST_LYING = 500


@dataclass(frozen=True, slots=True)
class PaperOf:
    """What a folder is made of: the dossier, the desk where its papers lie, and (name, form, count) of each paper."""

    dossier_id: int
    code: str
    receiving_id: int
    competent_id: int
    desk_id: int
    accepted_at: datetime
    items: tuple[tuple[str, str, int], ...]


def papers_of(dossier_ids: Sequence[int]) -> list[PaperOf]:
    """Return what folders of accepted dossiers are made of; for services of this app, which look at nobody's sight."""
    return _papers(Dossier.objects.filter(pk__in=dossier_ids, code__isnull=False))


def papers_of_code(code: str, *, actor: Actor) -> PaperOf | None:
    """Return the same of one dossier that the actor sees, by its code."""
    codes = codes_of(code)
    found = _papers(Dossier.objects.visible_to(actor).filter(code__in=codes[:1]))
    return found[0] if found else None


def _papers(dossiers: QuerySet[Dossier]) -> list[PaperOf]:
    rows = list(dossiers.values_list("pk", "code", "receiving_agency_id", "competent_agency_id", "accepted_at"))
    items: dict[int, list[tuple[str, str, int]]] = {}
    for paper in DossierPaper.objects.filter(dossier_id__in=[row[0] for row in rows]).order_by("dossier_id", "ordinal"):
        counts = ((PaperForm.ORIGINAL, paper.originals), (PaperForm.CERTIFIED, paper.certified),
                  (PaperForm.PLAIN, paper.plain))  # fmt: skip
        items.setdefault(paper.dossier_id, []).extend((paper.name, form, count) for form, count in counts if count)
    return [
        PaperOf(
            dossier_id=key, code=code or "", receiving_id=receiving, competent_id=competent, accepted_at=accepted_at,
            desk_id=organisations.child_unit(receiving, kind=AgencyKind.COMMUNE_CENTRE, on=civil_day(accepted_at))
            or receiving,
            items=tuple(items.get(key, ())),
        )
        for key, code, receiving, competent, accepted_at in rows
        if accepted_at is not None
    ]  # fmt: skip


def units_at_hand(*, actor: Actor) -> tuple[int, ...]:
    """Return the units for which the actor gives and takes paper: those of their posts."""
    return tuple(sorted({post.unit_id for post in actor.posts if post.role in acts.HANDS}))


def hands_for(*, actor: Actor, unit_id: int) -> bool:
    """Tell whether the actor gives and takes paper for a unit."""
    return acts.hands_for(actor, unit_id)


def to_hand_over(*, actor: Actor, unit_id: int, at: datetime) -> list[ToHandOver]:
    """Return the folders that lie in a unit while the next step waits in another, the most urgent first.

    At most MOST_LYING of them; none for a unit of whose paper the actor has no part. A fixed number of queries.

    Law: Decree 61/2018/NĐ-CP, art. 18(2).
    """
    if not acts.hands_for(actor, unit_id):
        return []
    steps = Token.objects.filter(
        run_id=Subquery(Dossier.objects.filter(pk=OuterRef(OuterRef("dossier_id"))).values("run_id")[:1]),
        kind=TokenKind.TASK, holder=Holder.STAFF, closed_at=None,
    ).order_by("pk")  # fmt: skip
    rows = (
        Folder.objects.filter(state=FolderState.LYING, holder_id=unit_id, lot=None)
        .annotate(next_unit=Subquery(steps.values("unit_id")[:1]), opened=Subquery(steps.values("opened_at")[:1]))
        .filter(next_unit__isnull=False)
        .exclude(next_unit=F("holder_id"))
        .order_by("since")[:MOST_LYING]
    )
    folders = list(rows)
    found, names = _cards(folders, at=at), _Names(at)
    due = [due_to_hand_over(max(row.since, row.opened), unit_id=unit_id, at=at) for row in folders]
    listed = [
        ToHandOver(folder=card, to_unit_id=row.next_unit, to_unit=names.of(row.next_unit), due_at=due_at)
        for row, card, due_at in zip(folders, found, due, strict=True)
    ]
    return sorted(listed, key=lambda item: (item.due_at, item.folder.code))


class _Names:
    """Names of units as of a day, from memory."""

    def __init__(self, at: datetime) -> None:
        self.listing: Directory = organisations.directory(on=civil_day(at))

    def of(self, unit_id: int | None) -> str:
        """Return 'division, agency', '' for none."""
        card = self.listing.find(unit_id)
        if card is None:
            return ""
        above = self.listing.find(card.parent_id) if card.kind in _INNER else None
        return f"{card.short_name}, {above.short_name}" if above else card.short_name


_INNER = {AgencyKind.DIVISION, AgencyKind.COMMUNE_CENTRE}


def _cards(folders: Sequence[Folder], *, at: datetime) -> list[FolderCard]:
    keys = [folder.dossier_id for folder in folders]
    applicants = dict(Dossier.objects.filter(pk__in=keys).values_list("pk", "applicant_name"))
    people = accounts.person_names({folder.person_id for folder in folders if folder.person_id})
    lots = {lot.pk: lot for lot in Lot.objects.filter(pk__in={folder.lot_id for folder in folders if folder.lot_id})}
    originals = dict(
        Folder.objects.filter(pk__in=[folder.pk for folder in folders], items__form=PaperForm.ORIGINAL,
                              items__returned_at=None)
        .annotate(n=Sum("items__count")).values_list("pk", "n")
    )  # fmt: skip
    names = _Names(at)
    return [
        FolderCard(
            id=folder.pk, public_id=folder.public_id, code=folder.code, dossier_id=folder.dossier_id,
            applicant=applicants.get(folder.dossier_id, ""), state=folder.state, holder_id=folder.holder_id,
            holder=names.of(folder.holder_id), person=people.get(folder.person_id or 0, ""), since=folder.since,
            lot=lots[folder.lot_id].shown_number if folder.lot_id in lots else "",
            lot_id=lots[folder.lot_id].public_id if folder.lot_id in lots else None,
            originals=originals.get(folder.pk, 0),
        )
        for folder in folders
    ]  # fmt: skip


def find_folders(*, actor: Actor, text: str, at: datetime) -> list[FolderCard]:
    """Return the folders whose dossier has one of these codes, or whose applicant's name holds the text; at most 30."""
    seen = Folder.objects.filter(registry.within("folder", actor))
    codes = codes_of(text)
    rows = list(seen.filter(code__in=codes).order_by("-pk")[:ON_A_PAGE])
    if not rows and len(fold(text)) > 2:
        named = Dossier.objects.visible_to(actor).filter(applicant_name__icontains=text).order_by("-pk")
        rows = list(seen.filter(dossier_id__in=list(named.values_list("pk", flat=True)[:100]))[:ON_A_PAGE])
    return _cards(rows, at=at)


def folder_of(*, actor: Actor, dossier_id: int, at: datetime) -> FolderCard | None:
    """Return the folder of a dossier with its papers and history, oldest first; None where there is no paper."""
    row = Folder.objects.filter(registry.within("folder", actor), dossier_id=dossier_id).first()
    return _whole(row, at=at) if row else None


def folder(*, actor: Actor, public_id: UUID, at: datetime) -> FolderCard:
    """Return one folder with its papers and history.

    Raises:
        NotFound: missing or forbidden.
    """
    row = Folder.objects.filter(registry.within("folder", actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    return _whole(row, at=at)


def _whole(row: Folder, *, at: datetime) -> FolderCard:
    entries = list(CustodyEntry.objects.filter(folder=row).select_related("lot").order_by("at", "pk"))
    people, names = accounts.person_names({entry.by_id for entry in entries if entry.by_id}), _Names(at)
    items = tuple(
        ItemCard(id=item.pk, name=item.name, form=item.form, count=item.count, returned_at=item.returned_at)
        for item in row.items.order_by("ordinal")
    )
    history = tuple(
        EntryCard(
            at=entry.at, what=str(Happening(entry.what).label), from_name=names.of(entry.from_unit_id),
            to_name=names.of(entry.to_unit_id), person=people.get(entry.by_id or 0, ""),
            lot=entry.lot.shown_number if entry.lot else "", lot_id=entry.lot.public_id if entry.lot else None,
            note=entry.note,
        )
        for entry in entries
    )  # fmt: skip
    return replace(_cards([row], at=at)[0], items=items, history=history)


def lots(*, actor: Actor, at: datetime, state: str = "", way: str = "", text: str = "", page: int = 1,
         size: int = ON_A_PAGE) -> LotPage:  # fmt: skip
    """Return a page of the lots that leave or reach the actor's units, newest first; five queries whatever its size.

    Args:
        way: 'out' from a unit of one's own posts, 'in' to one, '' both. text: part of a number, seal or waybill.
    """
    rows = Lot.objects.filter(registry.within("lot", actor)).order_by("-pk")
    if state in LotState.values:
        rows = rows.filter(state=state)
    if way in {"in", "out"}:
        rows = rows.filter(**{f"{'to' if way == 'in' else 'from'}_unit_id__in": units_at_hand(actor=actor)})
    if text:
        tail = text.rpartition("/")[2]
        number = Q(number=int(tail)) if tail.isascii() and tail.isdecimal() and len(tail) < 8 else Q(pk__in=())
        rows = rows.filter(number | Q(seal__iexact=text) | Q(waybill__iexact=text))
    first = (page - 1) * size
    found = list(rows[first : first + size + 1])
    return LotPage(tuple(_lot_cards(found[:size], at=at)), page, len(found) > size)


def _lot_cards(rows: Sequence[Lot], *, at: datetime) -> Iterable[LotCard]:
    open_line = Q(state__in=list(FITTING), settlement="")
    counted = LotLine.objects.filter(lot__in=[row.pk for row in rows]).values("lot_id").order_by("lot_id")
    counts = {
        row["lot_id"]: (row["n"], row["differing"])
        for row in counted.annotate(n=Count("pk"), differing=Count("pk", filter=open_line))
    }
    people = accounts.person_names(
        {key for row in rows for key in (row.made_by_id, row.sent_by_id, row.received_by_id) if key}
    )
    names = _Names(at)
    for row in rows:
        folders, differing = counts.get(row.pk, (0, 0))
        yield LotCard(
            id=row.pk, public_id=row.public_id, number=row.shown_number, agency_id=row.agency_id,
            from_unit_id=row.from_unit_id, from_unit=names.of(row.from_unit_id), to_unit_id=row.to_unit_id,
            to_unit=names.of(row.to_unit_id), state=row.state, courier=row.courier, courier_name=row.courier_name,
            seal=row.seal, waybill=row.waybill, made_at=row.made_at, made_by=people.get(row.made_by_id or 0, ""),
            sent_at=row.sent_at, sent_by=people.get(row.sent_by_id or 0, ""), received_at=row.received_at,
            received_by=people.get(row.received_by_id or 0, ""), folders=folders, open_differences=differing,
        )  # fmt: skip


def lot(*, actor: Actor, public_id: UUID, at: datetime) -> LotCard:
    """Return a lot with its lines in order.

    Raises:
        NotFound: missing or forbidden.
    """
    row = Lot.objects.filter(registry.within("lot", actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    lines = list(row.lines.select_related("folder").order_by("ordinal", "pk"))
    cards = {card.id: card for card in _cards([line.folder for line in lines], at=at)}
    people = accounts.person_names({line.settled_by_id for line in lines if line.settled_by_id})
    made = tuple(
        LineCard(
            id=line.pk, ordinal=number, folder=cards[line.folder_id], state=line.state, note=line.note,
            settlement=line.settlement, settled_at=line.settled_at,
            settled_by=people.get(line.settled_by_id or 0, ""), reason=line.reason,
        )
        for number, line in enumerate(lines, start=1)
    )  # fmt: skip
    return replace(next(iter(_lot_cards([row], at=at))), lines=made)


def scanned_codes(text: str) -> tuple[str, ...]:
    """Return the codes in what a scanner or a person wrote."""
    return codes_of(text)


def unit_name(unit_id: int, *, at: datetime) -> str:
    """Return 'division, agency' of a unit."""
    return _Names(at).of(unit_id)
