"""Handing open work over when somebody leaves a post: to one or several successors, or back to the queue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
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
from motcua.foundation.accounts.types import SYSTEM, Actor, Holding
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
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
    record = _recorded(held, successors, reason, actor=actor, at=at, leaves_on=leaves_on)
    record.done_at = at
    record.save()
    _give(record, held, list(successors), actor=actor, at=at)
    return record.public_id


def _recorded(
    held: Holding, successors: Sequence[int], reason: str, *, actor: Actor, at: datetime, leaves_on: date | None
) -> Handover:
    """Check what was entered and return the record, not saved yet."""
    if not actor.posts_over(held.unit_id, *_MAY):
        raise NotAllowed
    if len(reason.strip()) < 3:
        raise Invalid({"reason": [_("Say why.")]})
    if not set(successors) <= _others(held, on=civil_day(at)):
        raise Invalid({"successors": [_("Choose from those who hold such a post in the unit.")]})
    return Handover(
        person_id=held.person_id, post_id=held.post_id, made_by_id=actor.person_id or 0, made_at=at,
        reason=reason.strip(), leaves_on=leaves_on,
    )  # fmt: skip


def _others(held: Holding, *, on: date) -> set[int]:
    return {key for key, _name in accounts.holders(held.unit_id, held.role, on=on)} - {held.person_id}


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
    at_the_end: bool = False,
) -> UUID | None:
    """End a post that somebody holds, with the handover of what is open; return the record, None without open work.

    Args:
        last: last day in the post.
        successors: None when nothing was chosen; empty for back to the queue.
        at_the_end: hand over what is open when the last day is over, by a job, rather than now.

    Raises:
        WorkLeftOver: tasks are in the person's name and nothing was chosen.
        LastAdministrator, NotAllowed, NotFound, Invalid: as `hand_work_over` and `accounts.services.end_holding` say.
    """
    tasks = _tasks(accounts.holding(holding_id))
    if tasks and successors is None:
        raise WorkLeftOver(count=len(tasks))
    record = None
    if tasks and at_the_end:
        record = _plan(holding_id, successors or (), reason, actor=actor, at=at, last=last)
    elif tasks:
        record = hand_work_over(
            holding_id=holding_id, successors=successors or (), reason=reason, actor=actor, at=at, leaves_on=last
        )
    account_services.end_holding(actor=actor, holding_id=holding_id, last=last)
    return record


def _plan(holding_id: int, successors: Sequence[int], reason: str, *, actor: Actor, at: datetime, last: date) -> UUID:
    record = _recorded(accounts.holding(holding_id), successors, reason, actor=actor, at=at, leaves_on=last)
    record.planned_for, record.successors = last + timedelta(days=1), list(successors)
    record.save()
    return record.public_id


def carry_out_handovers(*, at: datetime) -> int:
    """Carry out the handovers whose day has come, each in its own transaction; return how many. Safe to run again."""
    due = Handover.objects.filter(done_at__isnull=True, planned_for__lte=civil_day(at)).order_by("pk")
    return sum(_carry_out(pk, actor=SYSTEM, at=at) for pk in due.values_list("pk", flat=True))


def carry_out_handover(*, public_id: UUID, actor: Actor, at: datetime) -> None:
    """Carry a planned handover out before its day; one that is done stays as it is.

    Raises:
        NotFound: no such record. NotAllowed: the actor leads nothing there.
    """
    row = Handover.objects.select_related("post").filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    if not actor.posts_over(row.post.unit_id, *_MAY):
        raise NotAllowed
    _carry_out(row.pk, actor=actor, at=at)


@transaction.atomic
def _carry_out(pk: int, *, actor: Actor, at: datetime) -> bool:
    """Hand over what is open now. Whoever was chosen and no longer holds such a post gets nothing."""
    record = Handover.objects.select_for_update(of=("self",)).select_related("post", "person").get(pk=pk)
    if record.done_at is not None:
        return False
    post = record.post
    held = Holding(0, record.person_id, record.person.full_name, post.pk, post.unit_id, post.role, post.title)
    there = _others(held, on=civil_day(at))
    record.done_at = at
    record.save(update_fields=["done_at"])
    _give(record, held, [key for key in record.successors if key in there], actor=actor, at=at)
    return True
