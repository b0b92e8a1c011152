"""Stopping the agency's clock and letting it go on; every change of the due instant keeps old, new and reason."""

from datetime import datetime

from motcua.casework.dossiers import clocks, deadlines
from motcua.casework.dossiers.events import DueDateChanged
from motcua.casework.dossiers.holding import holder_of
from motcua.casework.dossiers.models import Dossier, DueDateChange, Pause
from motcua.casework.dossiers.services.publishing import publish
from motcua.casework.dossiers.types import StopEffect, Waiting
from motcua.casework.workflow.types import Act, Holder, Task

_WAITS = {"citizen": Waiting.CITIZEN, "tax": Waiting.TAX, "payment": Waiting.PAYMENT}


def waiting_for(tasks: list[Task]) -> str:
    """Return whom the dossier waits for when nobody inside has an open task, '' otherwise."""
    if not tasks or any(task.holder == Holder.STAFF for task in tasks):
        return Waiting.NOBODY
    return group_of(holder_of(tasks[0]))


def group_of(holder: str) -> str:
    """Return the waiting state that a holder of a stop means for lists."""
    return _WAITS.get(holder, Waiting.OTHER_BODY)


def follow(
    dossier: Dossier, tasks: list[Task], *, at: datetime, person_id: int | None, effect: str = StopEffect.RESUME
) -> None:
    """Bring waiting state, stop and due instant of `dossier` in line with its open tasks (dossier not saved here).

    A suspended dossier stays stopped whatever its tasks do. `effect` is what a stop that begins now will do.
    """
    if dossier.is_suspended:
        return
    dossier.waiting_for = waiting_for(tasks)
    pausing = next((task for task in tasks if task.pauses), None)
    # a paused dossier has no due instant, so one that has it need not be asked
    pause = None if dossier.due_at else Pause.objects.filter(dossier=dossier, ended_at__isnull=True).first()
    if pausing and pause is None:
        stop(dossier, holder=holder_of(pausing), reason_code=pausing.act, at=at, person_id=person_id, effect=effect)
    elif pause is not None and pausing is None:
        go_on(dossier, pause, at=at, person_id=person_id)


def stop(
    dossier: Dossier,
    *,
    holder: str,
    reason_code: str,
    at: datetime,
    person_id: int | None,
    effect: str = StopEffect.RESUME,
    reason: str = "",
    ground: str = "",
) -> None:
    """Let the clock stand from now on (dossier not saved here)."""
    Pause.objects.create(
        dossier=dossier, holder=holder, reason_code=reason_code, effect=effect, reason=reason, ground=ground,
        started_at=at, started_by=person_id, due_before=dossier.due_at,
    )  # fmt: skip
    code = "returned" if effect == StopEffect.RESTART else reason_code
    form = "02" if reason_code == Act.WAIT_SUPPLEMENT else ""
    change(dossier, None, None, reason_code=code, reason=reason, form=form, at=at, person_id=person_id)


def go_on(dossier: Dossier, pause: Pause, *, at: datetime, person_id: int | None) -> None:
    """End a stop: the rest of the limit goes on, or after a return the limit starts from zero (dossier not saved)."""
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    restarts = pause.effect == StopEffect.RESTART
    if restarts:
        dossier.restarted_at = at
    promised, statutory = legal_due_instants(dossier)
    change(dossier, promised, statutory, reason_code="restarted" if restarts else "resumed", at=at, person_id=person_id)


def end_pause(dossier: Dossier, *, at: datetime) -> None:
    """End an open stop without a new due instant: the dossier is closed."""
    Pause.objects.filter(dossier=dossier, ended_at__isnull=True).update(ended_at=at)
    dossier.is_suspended = False


def legal_due_instants(dossier: Dossier) -> tuple[datetime | None, datetime | None]:
    """Return (promised, statutory where it is another) from acceptance, limits, stops and extension."""
    clock = clocks.clock_of(dossier)
    if clock is None:
        return None, None
    return deadlines.due_instants(clock, clocks.calendar_of(clock))


def change(
    dossier: Dossier,
    promised: datetime | None,
    statutory: datetime | None,
    *,
    reason_code: str,
    at: datetime,
    person_id: int | None,
    reason: str = "",
    form: str = "",
) -> None:
    """Set the due instants with their history and news (dossier not saved here)."""
    old, dossier.due_at, dossier.statutory_due_at = dossier.due_at, promised, statutory
    DueDateChange.objects.create(
        dossier=dossier,
        old_due_at=old,
        new_due_at=promised,
        reason_code=reason_code,
        reason=reason,
        form=form,
        changed_at=at,
        person_id=person_id,
    )
    publish(
        DueDateChanged, dossier, at=at, old_due_at=old, new_due_at=promised, reason=reason_code,
        new_statutory_due_at=statutory,
    )  # fmt: skip
