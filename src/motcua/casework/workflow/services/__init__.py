"""Every change that the engine makes, and the checks and drawings that need no database."""

from motcua.casework.workflow.drawing import DrawingError, draw
from motcua.casework.workflow.services.moving import move_runs, open_tasks_of_units, runs_at
from motcua.casework.workflow.services.publishing import check, publish, require_usable, save_draft
from motcua.casework.workflow.services.retiming import move_clocks
from motcua.casework.workflow.services.running import (
    assign_task,
    cancel_run,
    claim_task,
    complete_task,
    start_run,
)
from motcua.casework.workflow.services.starting import start_run_done

__all__ = [
    "DrawingError",
    "assign_task",
    "cancel_run",
    "check",
    "claim_task",
    "complete_task",
    "draw",
    "move_clocks",
    "move_runs",
    "open_tasks_of_units",
    "publish",
    "require_usable",
    "runs_at",
    "save_draft",
    "start_run",
    "start_run_done",
]
