"""Handing open work over when somebody leaves a post: to one or several successors, or back to the queue."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, Handover, HandoverLine
from motcua.casework.dossiers.types import WorkLeftOver
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Task
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services as account_services
from motcua.foundation.accounts.types import Actor, Holding
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed
from motcua.foundation.organisations.types import Role

_MAY = frozenset({Role.LEADER, Role.DIVISION_HEAD, Role.ADMINISTRATOR})


@transaction.atomic
def hand_work_over(
    *,
    holding_id: int,
    successors: Sequence[int],
    reason: str,
    actor: Actor,
    at: datetime,
    leaves_on: date | None = None,
) -> UUID:
    """Hand the open tasks of somebody's post over and return the record's public id.

    Several successors get the tasks in turn, by due date, so that each has as many and as urgent ones; without any they
    go back to the queue of the post. Locks the dossiers in the order of their ids.

    Raises:
        NotFound, NotAllowed: no such post held, or the actor leads nothing there.
        Invalid: no reason, or a successor who does not hold such a post in the unit.
    """
    held = accounts.holding(holding_id)
    if not actor.posts_over(held.unit_id, *_MAY):
        raise NotAllowed
    if len(reason.strip()) < 3:
        raise Invalid({"reason": [_("Say why.")]})
    known = {key for key, _name in accounts.holders(held.unit_id, held.role, on=civil_day(at))} - {held.person_id}
    if not set(successors) <= known:
        raise Invalid({"successors": [_("Choose from those who hold such a post in the unit.")]})
    record = Handover.objects.create(
        person_id=held.person_id, post_id=held.post_id, made_by_id=actor.person_id or 0, made_at=at,
        reason=reason.strip(), leaves_on=leaves_on,
    )  # fmt: skip
    _give(record, held, list(successors), actor=actor, at=at)
    return record.public_id


def _tasks(held: Holding) -> tuple[Task, ...]:
    return workflow_reads.tasks_given_to(held.person_id, unit_id=held.unit_id, role=held.role)


def _give(record: Handover, held: Holding, successors: list[int], *, actor: Actor, at: datetime) -> None:
    dossiers = {
        item.run_id: item for item in Dossier.objects.locked().filter(run_id__in={task.run_id for task in _tasks(held)})
    }
    tasks = [task for task in _tasks(held) if task.run_id in dossiers]  # as they are under the locks
    mine = next((post for post in actor.posts if post.role in _MAY), None)
    lines = []
    for place, task in enumerate(tasks):
        dossier = dossiers[task.run_id]
        to = successors[place % len(successors)] if successors else None
        workflow.assign_task(token_id=task.token_id, person_id=to, at=at)
        dossier.lock_version += 1
        line = Line(
            act="handed_over", node=task.node, post_id=mine.post_id if mine else None, unit_id=task.unit_id,
            token_id=task.token_id, facts={"from": record.person_id, "to": to, "handover": str(record.public_id)},
        )  # fmt: skip
        journal.record(dossier, [line], actor=actor, at=at)
        dossier.save(update_fields=["lock_version", "journal_seq", "journal_hash"])
        lines.append(
            HandoverLine(
                handover=record, dossier=dossier, token_id=task.token_id, step_name=task.name[:200],
                due_at=task.due_at, to_person_id=to,
            )
        )  # fmt: skip
    HandoverLine.objects.bulk_create(lines)


@transaction.atomic
def leave_post(
    *,
    holding_id: int,
    last: date,
    successors: Sequence[int] | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> UUID | None:
    """End a post that somebody holds, with the handover of what is open; return the record, None without open work.

    Args:
        last: last day in the post.
        successors: None when nothing was chosen; empty for back to the queue.

    Raises:
        WorkLeftOver: tasks are in the person's name and nothing was chosen.
        LastAdministrator, NotAllowed, NotFound, Invalid: as `hand_work_over` and `accounts.services.end_holding` say.
    """
    tasks = _tasks(accounts.holding(holding_id))
    if tasks and successors is None:
        raise WorkLeftOver(count=len(tasks))
    record = None
    if tasks:
        record = hand_work_over(
            holding_id=holding_id, successors=successors or (), reason=reason, actor=actor, at=at, leaves_on=last
        )
    account_services.end_holding(actor=actor, holding_id=holding_id, last=last)
    return record
