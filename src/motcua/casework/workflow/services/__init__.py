"""Every change that the engine makes, and the checks and drawings that need no database."""

from motcua.casework.workflow.connectors import register as register_connectors
from motcua.casework.workflow.drawing import DrawingError, draw
from motcua.casework.workflow.services.apart import set_apart
from motcua.casework.workflow.services.drafting import (
    approve_draft,
    create_process,
    discard_draft,
    require_size,
    save_draft,
    start_draft,
)
from motcua.casework.workflow.services.happening import answer_call, delay_timer, deliver_message, fire_timer
from motcua.casework.workflow.services.migrating import migrate_run
from motcua.casework.workflow.services.moving import move_runs, open_tasks_of_units, runs_at
from motcua.casework.workflow.services.publishing import check, publish, publish_approved, require_usable
from motcua.casework.workflow.services.reopening import reopen_run
from motcua.casework.workflow.services.retiming import move_clocks, move_timers
from motcua.casework.workflow.services.returning import return_to
from motcua.casework.workflow.services.running import (
    assign_task,
    cancel_run,
    claim_task,
    complete_task,
    start_run,
)
from motcua.casework.workflow.services.scenarios import drop_scenario, keep_scenario, run_scenarios
from motcua.casework.workflow.services.starting import start_run_done

__all__ = [
    "DrawingError",
    "answer_call",
    "approve_draft",
    "assign_task",
    "cancel_run",
    "check",
    "claim_task",
    "complete_task",
    "create_process",
    "delay_timer",
    "deliver_message",
    "discard_draft",
    "draw",
    "drop_scenario",
    "fire_timer",
    "keep_scenario",
    "migrate_run",
    "move_clocks",
    "move_runs",
    "move_timers",
    "open_tasks_of_units",
    "publish",
    "publish_approved",
    "register_connectors",
    "reopen_run",
    "require_size",
    "require_usable",
    "return_to",
    "run_scenarios",
    "runs_at",
    "save_draft",
    "set_apart",
    "start_draft",
    "start_run",
    "start_run_done",
]
