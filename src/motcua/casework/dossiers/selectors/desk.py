"""What the office's pages show around a task: counts, a search in open work, neighbours in the list, who read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.casework.dossiers.scope import task_posts
from motcua.casework.dossiers.selectors import work
from motcua.casework.dossiers.selectors.access import normal_code
from motcua.casework.dossiers.types import Purpose, WorkRow
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import OpenWork
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.folding import fold

SEARCHED = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a dossier or its files by a person, with the words of its purpose."""

    name: str
    what: str
    read_at: datetime
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A task's place among the first hundred of a person's list; `place` counts from 1, 0 when it is not there."""

    before: UUID | None
    after: UUID | None
    place: int


def open_work(*, actor: Actor, at: datetime) -> OpenWork:
    """Return the counts of all posts held at this moment. One query."""
    today_end, soon = work.boundaries(at)
    return workflow.count_open(
        task_posts(actor, "mine"),
        person_id=actor.person_id,
        now=at,
        end_of_today=today_end,
        soon_until=soon,
        new_since=work.new_since(at),
        absent=actor.stands_for,
    )


def search_work(
    *,
    actor: Actor,
    at: datetime,
    text: str,
    scope: str = "mine",
    holders: tuple[str, ...] = work.STAFF,
    limit: int = 100,
) -> tuple[WorkRow, ...]:
    """Return open tasks whose dossier's code, applicant or procedure holds the words, by due time, at most `limit`.

    Looks at the first 2,000 open tasks of the posts.
    """
    page = workflow.open_task_page(
        task_posts(actor, scope),
        person_id=actor.person_id,
        absent=actor.stands_for,
        holders=holders,
        limit=SEARCHED,
    )
    wanted, code = fold(text), normal_code(text)
    rows = work.work_rows(page.tasks, actor=actor, at=at)
    found = [
        row
        for row in rows
        if wanted in fold(f"{row.applicant_name} | {row.procedure_name} | {row.step_name}") or code in row.code.upper()
    ]
    return tuple(found[:limit])


def neighbours(*, actor: Actor, task_id: UUID, at: datetime) -> Neighbours:
    """Return what stands before and after a task in the actor's list. One query."""
    page = workflow.open_task_page(
        task_posts(actor, "mine"),
        person_id=actor.person_id,
        absent=actor.stands_for,
        holders=work.STAFF,
        limit=100,
    )
    ids = [task.public_id for task in page.tasks]
    if task_id not in ids:
        return Neighbours(None, ids[0] if ids else None, 0)
    place = ids.index(task_id)
    return Neighbours(ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None, place + 1)


def readings(*, dossier_id: int, limit: int = 50) -> tuple[Reading, ...]:
    """Return who read a dossier, newest first; the caller has checked that the reader may see the dossier."""
    rows = list(AccessLog.objects.filter(dossier_id=dossier_id).order_by("-read_at", "-pk")[:limit])
    people = accounts.person_names({row.person_id for row in rows}) if rows else {}
    return tuple(Reading(people.get(row.person_id, ""), row.what, row.read_at, _purpose(row)) for row in rows)


def _purpose(row: AccessLog) -> str:
    if not row.purpose:
        return ""
    words = str(Purpose(row.purpose).label)
    return f"{words}: {row.reason}" if row.reason else words


def dossier_ids(*, public_ids: list[UUID], actor: Actor) -> dict[UUID, int]:
    """Return ids of the dossiers that the actor's agencies receive or decide, for acts on several at once."""
    found = Dossier.objects.visible_to(actor).filter(public_id__in=public_ids)
    return dict(found.values_list("public_id", "pk"))


def return_tasks(*, keys: list[int]) -> dict[int, UUID]:
    """Return the open task of handing over by dossier id, for rows already shown to the actor. Two queries."""
    runs = dict(Dossier.objects.filter(pk__in=keys, run_id__isnull=False).values_list("run_id", "pk"))
    return {
        runs[run_id]: task_id for run_id, task_id in workflow.open_task_ids(list(runs), act="return_result").items()
    }
