"""The tasks picked in a work list, with what can be done to all of them at once."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.policies import posts_for_task, posts_that_assign
from motcua.casework.dossiers.prospects import in_language, needs_of
from motcua.casework.dossiers.selectors.names import procedure_names
from motcua.casework.dossiers.types import PickedTask
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import Act, Holder, Task
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day

# Steps at which something is written or numbered: each wants a look of its own.
_ALONE = frozenset({Act.DRAFT, Act.ISSUE})
_ONLY = {"outcomes": frozenset(), "signs": frozenset({"signature"}), "returns": frozenset({"recipient"})}


def picked_tasks(*, actor: Actor, task_ids: Collection[UUID], at: datetime) -> tuple[PickedTask, ...]:
    """Return those of the tasks that are open, of the staff, and in a dossier that the actor may see.

    Statements follow the number of different posts among them, not that of tasks.
    """
    tasks = [task for task in workflow.open_tasks_for(task_ids) if task.holder == Holder.STAFF]
    found = Dossier.objects.visible_to(actor).filter(run_id__in={task.run_id for task in tasks})
    rows = {row.run_id: row for row in found.only("public_id", "code", "run_id", "applicant_name", "procedure_version")}
    names = procedure_names({row.procedure_version_id for row in rows.values()})
    people = _people(actor, tasks, on=civil_day(at))
    return tuple(
        PickedTask(
            task_id=task.public_id, dossier_id=row.pk, public_id=row.public_id, code=row.code or "",
            procedure_name=names[row.procedure_version_id][1], applicant_name=row.applicant_name,
            step_name=in_language(task.name, task.name_en), people=people[task.unit_id, task.role],
            **_outcomes(actor, task),
        )
        for task in tasks
        if (row := rows.get(task.run_id)) is not None
    )  # fmt: skip


def _people(actor: Actor, tasks: list[Task], *, on: date) -> dict[tuple[int, str], tuple[tuple[int, str], ...]]:
    posts = {(task.unit_id, task.role) for task in tasks}
    return {
        (unit_id, role): tuple(accounts.holders(unit_id, role, on=on))
        if posts_that_assign(actor, unit_id, role, to=0)  # somebody who is not me: only who leads the unit may
        else ()
        for unit_id, role in posts
    }


def _outcomes(actor: Actor, task: Task) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the outcomes that ask for nothing, for a signature only, and for the recipient only."""
    posts = posts_for_task(actor, unit_id=task.unit_id, role=task.role, person_id=task.person_id, act=task.act)
    if not posts or task.act in _ALONE:
        return {"outcomes": ()}
    graph = workflow.graph(task.version_id)
    offered = [
        (needs_of(graph, task, outcome.code), (outcome.code, in_language(outcome.label, outcome.label_en)))
        for outcome in task.outcomes
    ]
    return {name: tuple(choice for needs, choice in offered if needs == only) for name, only in _ONLY.items()}
