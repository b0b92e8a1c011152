"""Reads for those who follow a dossier's process without a page: jobs, the demonstration, benchmarks."""

from motcua.casework.dossiers.models import Dossier
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.types import ClosedTask, Task


def open_tasks_of(*, dossier_id: int) -> tuple[Task, ...]:
    """Return the open tasks of a dossier's run, none before acceptance. The caller may see the dossier."""
    run_id = Dossier.objects.filter(pk=dossier_id).values_list("run_id", flat=True).first()
    return workflow.open_tasks(run_id) if run_id else ()


def closed_tasks_of(*, dossier_id: int) -> tuple[ClosedTask, ...]:
    """Return the closed tasks of a dossier's run in the order they were closed. The caller may see the dossier."""
    run_id = Dossier.objects.filter(pk=dossier_id).values_list("run_id", flat=True).first()
    return workflow.history(run_id) if run_id else ()
