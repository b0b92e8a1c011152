"""Pausing and resuming the agency's clock; every change of the due instant keeps old, new and reason."""

from datetime import datetime

from motcua.casework.dossiers.events import DueDateChanged
from motcua.casework.dossiers.models import Dossier, DueDateChange, Pause
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import Waiting
from motcua.casework.workflow.types import Act, Holder, Task
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import types as time
from motcua.foundation.core.clock import civil_day


def waiting_for(tasks: list[Task]) -> str:
    """Return whom the dossier waits for when nobody inside has an open task, '' otherwise."""
    if not tasks or any(task.holder == Holder.STAFF for task in tasks):
        return Waiting.NOBODY
    first = tasks[0]
    if first.act == Act.WAIT_PAYMENT:
        return Waiting.PAYMENT
    return {Holder.CITIZEN: Waiting.CITIZEN, Holder.TAX: Waiting.TAX}.get(Holder(first.holder), Waiting.OTHER_BODY)


def follow(dossier: Dossier, tasks: list[Task], *, at: datetime, person_id: int | None) -> None:
    """Bring waiting state, pause and due instant of `dossier` in line with its open tasks (dossier not saved here)."""
    dossier.waiting_for = waiting_for(tasks)
    pausing = next((task for task in tasks if task.pauses), None)
    # a paused dossier has no due instant, so one that has it need not be asked
    pause = None if dossier.due_at else Pause.objects.filter(dossier=dossier, ended_at__isnull=True).first()
    if pausing and pause is None:
        _pause(dossier, pausing, at=at, person_id=person_id)
    elif pause is not None and pausing is None:
        _resume(dossier, pause, at=at, person_id=person_id)


def _pause(dossier: Dossier, task: Task, *, at: datetime, person_id: int | None) -> None:
    holder = waiting_for([task])
    Pause.objects.create(dossier=dossier, holder=holder, reason_code=task.act, started_at=at, due_before=dossier.due_at)
    _change(
        dossier, None, reason=task.act, form="02" if task.act == Act.WAIT_SUPPLEMENT else "", at=at, person_id=person_id
    )


def _resume(dossier: Dossier, pause: Pause, *, at: datetime, person_id: int | None) -> None:
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    _change(dossier, legal_due_at(dossier), reason="resumed", form="", at=at, person_id=person_id)


def end_pause(dossier: Dossier, *, at: datetime) -> None:
    """End an open pause without a new due instant: the dossier is closed."""
    Pause.objects.filter(dossier=dossier, ended_at__isnull=True).update(ended_at=at)


def legal_due_at(dossier: Dossier) -> datetime | None:
    """Return the due instant from acceptance, limit and all pauses; None without a limit."""
    if dossier.accepted_at is None or dossier.limit_unit == time.LimitUnit.NONE:
        return None
    calendar = calendars.calendar_for(dossier.competent_agency_id, on=civil_day(dossier.accepted_at))
    return calendars.due_at(
        limit=time.Limit(dossier.limit_value, time.LimitUnit(dossier.limit_unit)),
        received_at=dossier.accepted_at,
        calendar=calendar,
        pauses=pauses_of(dossier),
    )


def pauses_of(dossier: Dossier) -> tuple[time.Pause, ...]:
    """Return the pauses of a dossier, oldest first, for the arithmetic of time."""
    return tuple(
        time.Pause(pause.started_at, pause.ended_at, reason_code=pause.reason_code, holder=Waiting(pause.holder).label)
        for pause in Pause.objects.filter(dossier=dossier).order_by("started_at", "pk")
    )


def _change(
    dossier: Dossier, new: datetime | None, *, reason: str, form: str, at: datetime, person_id: int | None
) -> None:
    old, dossier.due_at = dossier.due_at, new
    DueDateChange.objects.create(
        dossier=dossier,
        old_due_at=old,
        new_due_at=new,
        reason_code=reason,
        form=form,
        changed_at=at,
        person_id=person_id,
    )
    publish(DueDateChanged, dossier, at=at, old_due_at=old, new_due_at=new)
