"""Who held a dossier when: tasks and suspensions as stretches that do not overlap, each with everybody who held it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from motcua.casework.dossiers.deadlines import Stop
from motcua.casework.dossiers.types import HeldBy
from motcua.casework.workflow.types import Act, ClosedTask, Holder, Task
from motcua.foundation.calendars.types import StopHolder
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role

AGENCY, SUSPENDED = "agency", "suspended"
# Bodies that the engine knows and the law does not tell apart from other agencies asked.
_ASKED = {Holder.INSURANCE: StopHolder.ASKED_AGENCY, Holder.BANK: StopHolder.ASKED_AGENCY}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time in which the same held it; `holders` is empty when nobody did."""

    starts_at: datetime
    ends_at: datetime
    holders: tuple[HeldBy, ...]


def holder_of(task: Task) -> str:
    """Return the StopHolder code of whoever has to act at a task outside the agency."""
    if task.act == Act.WAIT_PAYMENT:
        return StopHolder.PAYMENT
    holder = Holder(task.holder)
    if holder == Holder.STAFF:
        return StopHolder.ASKED_AGENCY
    return _ASKED[holder] if holder in _ASKED else StopHolder(holder.value)


def outside(holder: str) -> HeldBy:
    """Return somebody outside by their StopHolder code."""
    return HeldBy(holder, str(StopHolder(holder).label))


def held_by(task: Task, *, on: date) -> HeldBy:
    """Return who holds a task: the unit with the post that does it, or whoever is waited for."""
    if task.holder != Holder.STAFF:
        return outside(holder_of(task))
    card = organisations.directory(on=on).agencies.get(task.unit_id)
    post = str(Role(task.role).label) if task.role in Role.values else task.role
    return HeldBy(AGENCY, card.short_name if card else "", post, task.unit_id)


def stretches(
    tasks: Iterable[Task],
    stops: Sequence[Stop],
    *,
    since: datetime,
    until: datetime,
    on: date,
    cuts: Iterable[datetime] = (),
) -> tuple[Stretch, ...]:
    """Return who held it from `since` to `until`, as known at `until`; cut at `cuts` too.

    While a dossier is suspended only the one it waits for holds it.
    """
    held = [(task.opened_at, _end(task, until), held_by(task, on=on)) for task in tasks if task.opened_at < until]
    suspended = [
        (stop.starts_at, min(stop.ends_at or until, until), outside(stop.holder))
        for stop in stops
        if stop.reason_code == SUSPENDED and stop.starts_at < until
    ]
    inside = {moment for starts, ends, _who in (*held, *suspended) for moment in (starts, ends)} | set(cuts)
    marks = sorted({since, until, *(moment for moment in inside if since < moment < until)})
    found: list[Stretch] = []
    for starts, ends in pairwise(marks):
        holders = _present(suspended, starts) or _present(held, starts)
        if found and found[-1].holders == holders and starts not in cuts:
            found[-1] = replace(found[-1], ends_at=ends)
        else:
            found.append(Stretch(starts, ends, holders))
    return tuple(found)


def _end(task: Task, until: datetime) -> datetime:
    return min(task.closed_at, until) if isinstance(task, ClosedTask) else until


def _present(spans: list[tuple[datetime, datetime, HeldBy]], at: datetime) -> tuple[HeldBy, ...]:
    return tuple(dict.fromkeys(who for starts, ends, who in spans if starts <= at < ends))
