"""An inspector's samples, a secretary's queue, and what lies before a desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers import scope
from motcua.casework.dossiers.models import Dossier, InspectionSample, Preparation, Result
from motcua.casework.dossiers.selectors import lists, work
from motcua.casework.dossiers.services.inspecting import drawn, running_order
from motcua.casework.dossiers.types import DossierRow, WorkRow
from motcua.casework.dossiers.types.reading import SampleCard
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Outcome, WorkKey
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a secretary proposes for a task."""

    outcome: str
    note: str
    name: str
    prepared_at: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One task of a leader in the secretary's list."""

    work: WorkRow
    prepared: Prepared | None


@dataclass(frozen=True, slots=True)
class DeskDossier:
    """What a desk needs to hand a result over: nothing from behind it.

    Attributes:
        task_id: the open task of handing over, with the outcomes that it offers; None when it does not lie there.
    """

    id: int
    row: DossierRow
    task_id: UUID | None
    outcomes: tuple[Outcome, ...]
    result_number: str


def leader_queue(
    *, actor: Actor, at: datetime, after: WorkKey | None = None, limit: int = 25
) -> tuple[tuple[QueueRow, ...], WorkKey | None]:
    """Return the open tasks of the leaders whose secretary the actor is, by due time, with what was prepared."""
    posts = scope.task_posts(actor, "prepared")
    if not posts:
        return (), None
    found = workflow.open_task_page(posts, person_id=None, holders=work.STAFF, after=after, limit=limit)
    rows = work.work_rows(found.tasks, actor=actor, at=at)
    known = _prepared({row.task_id for row in rows})
    return tuple(QueueRow(row, known.get(row.task_id)) for row in rows), found.next_key


def preparation(*, task_id: UUID) -> Prepared | None:
    """Return what was prepared for a task whose dossier the reader may see. One query, two when there is something."""
    return _prepared({task_id}).get(task_id)


def _prepared(task_ids: set[UUID]) -> dict[UUID, Prepared]:
    rows = list(Preparation.objects.filter(task_public_id__in=task_ids)) if task_ids else []
    names = accounts.person_names({row.person_id for row in rows}) if rows else {}
    return {
        row.task_public_id: Prepared(row.outcome, row.note, names.get(row.person_id, ""), row.prepared_at)
        for row in rows
    }


def samples(*, actor: Actor, order_id: UUID) -> list[SampleCard]:
    """Return the samples drawn under a running order of the actor, newest first.

    Raises:
        NotAllowed, NotFound: no inspector, or no such order of theirs that runs.
    """
    order = running_order(actor, order_id)
    rows = InspectionSample.objects.filter(registry.within("inspection_sample", actor), order_id=order.order_id)
    return [_card(row) for row in rows.order_by("-pk")]


def _card(row: InspectionSample) -> SampleCard:
    return SampleCard(row.public_id, row.seed, row.size, row.population, row.drawn_at, tuple(row.dossier_ids))


def sample(*, actor: Actor, public_id: UUID, at: datetime) -> tuple[SampleCard, tuple[DossierRow, ...], bool]:
    """Return a sample, its dossiers in the order drawn, and whether its seed still draws the same.

    Raises:
        NotFound: missing, or of an order that is not the actor's or does not run.
    """
    mine = InspectionSample.objects.filter(registry.within("inspection_sample", actor), public_id=public_id)
    row = mine.select_related("order").first()
    if row is None:
        raise NotFound
    order = running_order(actor, row.order.public_id)
    again = drawn(order, seed=row.seed, size=row.size, upto_id=row.upto_id)
    return _card(row), lists.rows_for(ids=row.dossier_ids, actor=actor, at=at), again == row.dossier_ids


def desk_dossier(*, actor: Actor, public_id: UUID, at: datetime) -> DeskDossier:
    """Return what lies before the actor's desk.

    Raises:
        NotFound: missing, or not at a desk of theirs.
    """
    dossier = Dossier.objects.filter(public_id=public_id).first()
    if dossier is None or not scope.at_desk(actor, dossier, on=civil_day(at)):
        raise NotFound
    row = lists.rows_of([{name: getattr(dossier, name) for name in lists.ROW}], at=at)[0]
    tasks = workflow.open_tasks(dossier.run_id) if dossier.run_id is not None else ()
    task = next((item for item in tasks if item.act == "return_result"), None)
    number = Result.objects.filter(dossier=dossier).values_list("number", flat=True).first()
    return DeskDossier(
        dossier.pk, row, task.public_id if task else None, tuple(task.outcomes) if task else (), number or ""
    )
