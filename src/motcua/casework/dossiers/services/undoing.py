"""Taking back that a task was taken on or given to somebody, while nothing was built on it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.types import TooLateToUndo
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound


@transaction.atomic
def undo_assignment(*, dossier_id: int, task_id: UUID, actor: Actor, at: datetime) -> None:
    """Give a task back to whoever had it before my last act, within MOTCUA_UNDO_MINUTES.

    The journal decides: its newest line must be my own assignment of this task, so nobody acted after. The undoing is
    a line of its own; nothing is taken out of the journal.

    Raises:
        NotFound: the task is not this dossier's.
        TooLateToUndo: the time is over, somebody acted since, or it was not my act.
    """
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    task = workflow_reads.task_for(task_id)
    if task.run_id != dossier.run_id:
        raise NotFound
    last = JournalEntry.objects.filter(dossier_id=dossier.pk, seq=dossier.journal_seq).first()
    earliest = at - timedelta(minutes=settings.MOTCUA_UNDO_MINUTES)
    mine = last is not None and last.person_id == actor.person_id and last.token_id == task.token_id
    if last is None or not mine or last.act != "assigned" or "from" not in last.facts or last.occurred_at < earliest:
        raise TooLateToUndo
    before = last.facts["from"]
    workflow.assign_task(token_id=task.token_id, person_id=before, at=at)
    dossier.lock_version += 1
    line = Line(
        act="assignment_undone", node=task.node, post_id=last.post_id, unit_id=task.unit_id, token_id=task.token_id,
        facts={"to": before},
    )  # fmt: skip
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=["lock_version", "journal_seq", "journal_hash"])
