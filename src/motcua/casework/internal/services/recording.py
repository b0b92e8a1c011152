"""What every change of a case leaves behind: its history, who sees it, its end. Private to this app's services."""

from collections.abc import Iterable
from datetime import datetime

from motcua.casework.internal.models import InternalCase, InternalEntry, InternalPaper
from motcua.casework.internal.types import CaseState, EntryAct, NotNumbered
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import ClosedTask, Task
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import HeldPost


def write(
    case: InternalCase,
    act: EntryAct,
    *,
    actor: Actor,
    at: datetime,
    task: ClosedTask | None = None,
    post: HeldPost | None = None,
    note: str = "",
    file_ids: Iterable[int] = (),
) -> None:
    """Add a line to the history with the files that came with it."""
    entry = InternalEntry(
        case=case, at=at, act=act, note=note.strip(), person_id=actor.person_id, post_id=post.post_id if post else None
    )
    if task is not None:
        entry.node, entry.unit_id, entry.outcome = task.node, task.unit_id, task.outcome
        entry.step_name, entry.step_name_en = task.name[:250], task.name_en[:250]
        entry.outcome_label, entry.outcome_label_en = task.outcome_label[:200], task.outcome_label_en[:200]
    entry.save(force_insert=True)
    InternalPaper.objects.bulk_create(
        InternalPaper(entry=entry, file_id=file_id) for file_id in dict.fromkeys(file_ids)
    )


def follow(case: InternalCase, *, opened: Iterable[Task], ended: bool, at: datetime) -> None:
    """Set the open tasks apart, let their agencies see the case, end it with its run, and save it.

    Raises:
        NotNumbered: it was signed and would end without a number.
    """
    workflow.set_apart(run_id=case.run_id)
    on = civil_day(at)
    agencies = {organisations.agency_of_unit(task.unit_id, on=on) for task in opened}
    case.agency_ids = sorted({*case.agency_ids, *agencies})
    if ended and case.state == CaseState.RUNNING:
        if case.signed_at is not None and not case.document_number:
            raise NotNumbered
        case.state = CaseState.DONE if case.document_number else CaseState.STOPPED
        case.ended_at = at
    case.save()
