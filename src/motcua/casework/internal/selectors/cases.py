"""Lists of internal cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.casework.internal.acts import KIND
from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.types import CaseRow, OpenStep
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow.types import Holder, Task
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations

# As many open steps of one person's posts as a list looks at.
MOST_MINE = 500
_SORTS = {
    "newest": ("-started_at", "-pk"),
    "due": ("due_on", "-started_at", "-pk"),
    "title": ("title_folded", "pk"),
}


def cases(
    *,
    actor: Actor,
    at: datetime,
    mine: bool = False,
    state: str = "",
    procedure: str = "",
    year: int | None = None,
    text: str = "",
    sort: str = "newest",
    first: int = 0,
    most: int = 50,
) -> tuple[list[CaseRow], int]:
    """Return one page of the cases that the actor sees, and how many there are in all.

    Args:
        mine: only those with an open step that one of the actor's posts may do.
        text: words of the title, the code or the number of the document.
    """
    mine_ids = {task.public_id: task.run_id for task in tasks_of(actor)}
    rows = InternalCase.objects.filter(registry.within(KIND, actor))
    if mine:
        rows = rows.filter(run_id__in=set(mine_ids.values()))
    if state:
        rows = rows.filter(state=state)
    if procedure:
        rows = rows.filter(procedure__code=procedure)
    if year is not None:
        rows = rows.filter(started_at__year=year)
    for word in fold(text).split():
        rows = rows.filter(
            Q(title_folded__contains=word) | Q(code__icontains=word) | Q(document_number__icontains=word)
        )
    page = rows.select_related("procedure", "lead_agency").order_by(*_SORTS.get(sort, _SORTS["newest"]))
    found = list(page[first : first + most])
    return rows_of(found, at=at, mine=mine_ids.keys()), rows.count()


def years(*, actor: Actor) -> list[int]:
    """Return the years in which cases that the actor sees were started, newest first."""
    days = InternalCase.objects.filter(registry.within(KIND, actor)).datetimes("started_at", "year", order="DESC")
    return [day.year for day in days]


def is_started(procedure: str, title: str) -> bool:
    """Tell whether a case of that title was started, for loaders that may be repeated."""
    return InternalCase.objects.filter(procedure__code=procedure, title=title).exists()


def first_step(public_id: UUID) -> UUID:
    """Return the open step of a case that was opened first, for loaders.

    Raises:
        NotFound: nothing is open, or there is no such case.
    """
    run_id = InternalCase.objects.filter(public_id=public_id).values_list("run_id", flat=True).first()
    tasks = workflow_reads.open_tasks(run_id) if run_id else ()
    if not tasks:
        raise NotFound
    return tasks[0].public_id


def tasks_of(actor: Actor) -> tuple[Task, ...]:
    """Return the open steps of internal cases that the actor's posts may do, by due time; those given to others not."""
    posts = workflow_reads.apart_posts((post.unit_id, post.role) for post in actor.posts)
    if not posts:
        return ()
    page = workflow_reads.open_task_page(
        posts, person_id=actor.person_id, holders=Holder.values, absent=actor.stands_for, limit=MOST_MINE
    )
    return page.tasks


def rows_of(found: Sequence[InternalCase], *, at: datetime, mine: Iterable[object] = ()) -> list[CaseRow]:
    """Return cases as rows, with where each stands. Two statements besides the cases."""
    steps: dict[int, list[Task]] = defaultdict(list)
    for task in workflow_reads.tasks_of_runs([case.run_id for case in found]) if found else ():
        steps[task.run_id].append(task)
    people = {task.person_id for tasks in steps.values() for task in tasks if task.person_id is not None}
    names = accounts.person_names(people) if people else {}
    return [_row(case, steps[case.run_id], names, at, set(mine)) for case in found]


def _row(case: InternalCase, tasks: list[Task], names: dict[int, str], at: datetime, mine: set[object]) -> CaseRow:
    listing = organisations.directory(on=civil_day(at))
    lead = listing.find(case.lead_agency_id)
    open_steps = []
    for task in tasks:
        unit = listing.find(task.unit_id)
        open_steps.append(
            OpenStep(
                task.public_id, task.name, task.name_en, unit.short_name or unit.name if unit else "",
                names.get(task.person_id or 0, ""), task.due_at, task.public_id in mine,
            )
        )  # fmt: skip
    return CaseRow(
        case.public_id, case.code, case.title, case.procedure.name, lead.short_name or lead.name if lead else "",
        case.state, case.started_at, case.due_on, case.ended_at, case.document_number, tuple(open_steps),
    )  # fmt: skip
