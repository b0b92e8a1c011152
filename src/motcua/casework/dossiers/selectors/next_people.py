"""Who may do the next step, where the process leaves open which holder of the post it is."""

from datetime import datetime

from motcua.casework.dossiers.placement import unit_for
from motcua.casework.dossiers.prospects import next_staff_task
from motcua.casework.dossiers.types import TaskView
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.core.clock import civil_day


def next_people(seen: TaskView, outcome: str, *, at: datetime) -> tuple[tuple[int, str], ...]:
    """Return (person id, name) of those who hold the role in the unit of the one step that an outcome leads to.

    Empty where the step is a citizen's or another body's, where several steps open, or nothing follows. Three
    statements; the caller has read `seen`, which checks access.
    """
    node = next_staff_task(workflow.graph(seen.task.version_id), seen.task.spec, outcome)
    if node is None:
        return ()
    on = civil_day(at)
    unit_id = unit_for(node, workflow.position(seen.task.run_id).scope, on=on)
    return tuple(accounts.holders(unit_id, node.role, on=on))
