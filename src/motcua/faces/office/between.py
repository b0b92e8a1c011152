"""A dossier between agencies: what others do for it, and whom it is done for."""

from datetime import datetime
from typing import Any

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView
from motcua.casework.workflow.types import Task
from motcua.foundation.accounts.types import Actor


def context(actor: Actor, view: DossierView, *, at: datetime, task: Task | None = None) -> dict[str, Any]:
    """Return what `office/parts/children.html` shows, and at a task the call that could not be opened."""
    parts = dossiers.children_of(view=view, actor=actor, at=at)
    return {
        "parts": parts,
        "came_from": dossiers.parent_of(view=view, actor=actor, at=at),
        "problem": next((part for part in parts if task and part.problem and part.token_id == task.token_id), None),
    }
