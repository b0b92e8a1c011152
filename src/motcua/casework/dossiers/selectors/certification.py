"""Certified copies on their way to the leader's ink, and the lines of the book."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.casework.documents import types as paper
from motcua.casework.dossiers import scope
from motcua.casework.dossiers.models import BookLine, CertifiedOriginal, Dossier, Result
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.types import CertifiedView
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Task
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations


@dataclass(frozen=True, slots=True)
class CertificationRow:
    """A certification under way: its open task and its originals."""

    dossier_id: int
    public_id: UUID
    code: str
    requester: str
    accepted_at: datetime | None
    task: Task
    items: tuple[CertifiedView, ...]

    @property
    def copies(self) -> int:
        """Copies of all originals."""
        return sum(item.copies for item in self.items)


def certifications(*, actor: Actor, limit: int = 200) -> tuple[CertificationRow, ...]:
    """Return the certifications in hand at the actor's agencies, oldest first. Three queries."""
    mine = registry.within("own_dossier", actor)
    found = list(
        Dossier.objects.filter(mine, state="in_process", certified_originals__isnull=False)
        .distinct()
        .order_by("pk")[:limit]
    )
    posts = scope.task_posts(actor, "agency")
    tasks = workflow.open_task_page(posts, person_id=None, limit=1000).tasks if found else ()
    by_run = {task.run_id: task for task in tasks}
    items = _items([dossier.pk for dossier in found])
    return tuple(
        CertificationRow(
            dossier.pk, dossier.public_id, dossier.code or "", dossier.applicant_name, dossier.accepted_at,
            by_run[dossier.run_id], items.get(dossier.pk, ()),
        )
        for dossier in found
        if dossier.run_id in by_run
    )  # fmt: skip


def _items(dossier_ids: list[int]) -> dict[int, tuple[CertifiedView, ...]]:
    found: dict[int, tuple[CertifiedView, ...]] = {}
    for row in CertifiedOriginal.objects.filter(dossier_id__in=dossier_ids).order_by("dossier_id", "ordinal"):
        view = CertifiedView(row.ordinal, row.description, row.pages, row.copies, row.fee_vnd, row.number)
        found[row.dossier_id] = (*found.get(row.dossier_id, ()), view)
    return found


def certification_sheet(
    *, actor: Actor, dossier_ids: list[int], signer_name: str, at: datetime
) -> paper.CertificationBatch:
    """Return the sheet laid before the leader with the copies to be signed in ink."""
    rows = [row for row in certifications(actor=actor) if row.dossier_id in dossier_ids]
    return paper.CertificationBatch(
        letterhead=_letterhead(actor, at=at),
        lines=tuple(
            paper.CertificationLine(
                name=item.description, pages=item.pages, copies=item.copies, number=item.number,
                requester=row.requester, fee_vnd=item.fee_vnd,
            )
            for row in rows
            for item in row.items
        ),
        presenter_name=actor.name,
        signer_name=signer_name,
    )  # fmt: skip


def certification_book(*, actor: Actor, on: date, at: datetime) -> paper.CertificationBookPage:
    """Return the lines that a day brought to the agency's book of certified copies, by number.

    Law: Decree 23/2015: one number for all copies of one original made at one time.
    """
    mine = registry.within("certified_copy", actor)
    rows = list(
        CertifiedOriginal.objects.filter(mine, line__entered_at__date=on, line__isnull=False)
        .select_related("line__book", "dossier")
        .order_by("line__book_id", "line__number")
    )
    signers = dict(
        Result.objects.filter(dossier_id__in={row.dossier_id for row in rows}).values_list("dossier_id", "signer_name")
    )
    return paper.CertificationBookPage(
        letterhead=_letterhead(actor, at=at),
        book="SCT-BS",
        year=on.year,
        lines=tuple(
            paper.CertificationLine(
                name=row.description, pages=row.pages, copies=row.copies, number=row.number,
                requester=row.dossier.applicant_name, fee_vnd=row.fee_vnd, signer=signers.get(row.dossier_id, ""),
                certified_on=civil_day(row.line.entered_at),
            )
            for row in rows
            if isinstance(row.line, BookLine)
        ),
    )  # fmt: skip


def certified_on(*, actor: Actor, on: date) -> tuple[UUID, ...]:
    """Return the public ids of the dossiers whose originals a day brought to the book of the actor's agencies."""
    rows = CertifiedOriginal.objects.filter(registry.within("certified_copy", actor), line__entered_at__date=on)
    return tuple(rows.values_list("dossier__public_id", flat=True).distinct())


def _letterhead(actor: Actor, *, at: datetime) -> paper.Letterhead:
    if not actor.posts:
        raise NotFound
    on = civil_day(at)
    card = organisations.directory(on=on).agencies[actor.posts[0].agency_id]
    parent = names.agency_name(card.parent_id, on=on)
    return paper.Letterhead(agency_name=card.name, parent_name=parent, place=card.short_name, issued_at=at)


def numbers_of(*, dossier_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the certification numbers given so far by dossier id, in the order of the originals."""
    return {key: tuple(item.number for item in items if item.number) for key, items in _items(dossier_ids).items()}
