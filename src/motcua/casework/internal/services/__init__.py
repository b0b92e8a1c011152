"""Every change to internal cases."""

from motcua.casework.internal.services.elapsing import sweep_timers
from motcua.casework.internal.services.procedures import load_packaged, publish_procedure
from motcua.casework.internal.services.starting import start_case
from motcua.casework.internal.services.steps import complete_case_step, withdraw_case

__all__ = [
    "complete_case_step",
    "load_packaged",
    "publish_procedure",
    "start_case",
    "sweep_timers",
    "withdraw_case",
]
