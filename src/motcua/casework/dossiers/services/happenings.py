"""What happens to a dossier without anybody's click: an instant comes, a message arrives, a child dossier answers.

Each locks one dossier, then its run, as every step does; the engine's step is the ordinary one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import structlog
from django.db import connection, transaction

from motcua.casework.dossiers import change_sql, journal, picture, placement
from motcua.casework.dossiers.events import StepReminded
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.services import set_days, steps, supplements
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.types import State, StepInput, Swept
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act, Reminder, Step
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.core import outbox
from motcua.foundation.core.types import Invalid, NotFound

log = structlog.get_logger(__name__)
# Held by whoever plays histories with a clock of its own.
_HOLD = 7_406_217
# Timers of suspended dossiers wait with them.
_DUE = """
SELECT m.id, m.run_id FROM workflow_timer m JOIN dossiers_dossier d ON d.run_id = m.run_id
WHERE m.closed_at IS NULL AND m.wake_at <= %s AND NOT d.is_suspended ORDER BY m.wake_at, m.id LIMIT %s"""


def sweep_timers(*, at: datetime, limit: int = 200) -> Swept:
    """Let at most `limit` due timers go off, each in a transaction of its own, in the order they were due.

    A dossier that somebody works on at this moment is left to the next round; one whose step fails is looked at again
    later, so that it holds nobody else up. Nothing goes off while somebody else holds the timers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_HOLD])
        if not cursor.fetchone()[0]:
            return Swept(due=0, fired=0, failed=0)
        cursor.execute(_DUE, [at, limit])
        due = cursor.fetchall()
    fired = failed = 0
    for timer_id, run_id in due:
        try:
            fired += fire_timer(timer_id=timer_id, run_id=run_id, at=at)
        except Exception:
            log.exception("timer_failed", timer_id=timer_id)
            failed += 1
            with transaction.atomic():
                workflow.delay_timer(timer_id=timer_id, at=at)
    return Swept(due=len(due), fired=fired, failed=failed)


@contextmanager
def timers_held() -> Iterator[None]:
    """Keep timers to this connection: for a play of past days, whose timers are overdue by everybody else's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_HOLD])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_HOLD])


@transaction.atomic
def fire_timer(*, timer_id: int, run_id: int, at: datetime) -> bool:
    """Let one timer go off by the ordinary step; False when its dossier is being worked on, or nothing is due."""
    free = Dossier.objects.select_for_update(of=("self",), skip_locked=True).filter(run_id=run_id)
    dossier = free.first()
    if dossier is None or dossier.is_suspended or dossier.state not in {State.IN_PROCESS, State.FINISHED}:
        return False
    happened = workflow.fire_timer(timer_id=timer_id, at=at, **placement.of(at))
    if happened is None:
        return False
    _take(dossier, happened, actor=SYSTEM, at=at)
    return True


@transaction.atomic
def deliver_message(
    *,
    dossier_id: int,
    name: str,
    key: str,
    actor: Actor,
    at: datetime,
    payload: Mapping[str, object] | None = None,
    outcome: str = "",
) -> bool:
    """Give a dossier the message that its process waits for: from tax, another agency, the citizen.

    Args:
        key: the sender's own id of the message; delivered again it changes nothing.
        outcome: how the wait ends, the first way drawn when ''.

    Returns False when it came before, or nothing waits for it (yet): the sender may try again.

    Raises:
        NotFound: no such dossier. OutcomeNotOffered, VariableNotGiven.
    """
    dossier = Dossier.objects.locked().filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    if dossier.run_id is None or dossier.is_suspended or dossier.state not in {State.IN_PROCESS, State.FINISHED}:
        return False
    happened = workflow.deliver_message(
        run_id=dossier.run_id, name=name, key=key, at=at, payload=payload, outcome=outcome, **placement.of(at)
    )
    if happened is None:
        return False
    _take(dossier, happened, actor=actor, at=at, more={"message": name})
    return True


def _take(
    dossier: Dossier,
    happened: Step | Reminder,
    *,
    actor: Actor,
    at: datetime,
    more: dict[str, object] | None = None,
) -> None:
    """Let a locked dossier follow what its run did by itself."""
    if isinstance(happened, Reminder):
        _remind(dossier, happened, actor=actor, at=at)
        return
    take_step(dossier, happened, actor=actor, at=at, more=more)


def take_step(
    dossier: Dossier, step: Step, *, actor: Actor, at: datetime, more: dict[str, object] | None = None
) -> None:
    """Let a locked dossier follow a step of its run that nobody clicked. Private to this app's services."""
    given = StepInput()
    if step.closed.act == Act.WAIT_SUPPLEMENT:
        supplements.close_open(dossier, at=at)
    if any(task.act == Act.WAIT_SUPPLEMENT for task in step.opened):
        supplements.send(dossier, at=at)
        set_days.follow(dossier, step.opened)
    steps.carry(dossier, step, given, actor=actor, at=at)
    dossier.lock_version += 1
    steps.record(dossier, step, actor=actor, post=None, at=at, note="", changed="", more=more)


def _remind(dossier: Dossier, reminder: Reminder, *, actor: Actor, at: datetime) -> None:
    task, event = reminder.task, reminder.event
    code = event.outcomes[0].code if event.outcomes else ""
    if any(opened.act == Act.WAIT_SUPPLEMENT for opened in reminder.opened):
        raise Invalid({"supplement": [event.name]})
    facts = picture.facts_of(dossier) | {"event": event.id, "opened": [item.node for item in reminder.opened]}
    line = Line(
        act="reminded", node=task.node, outcome=code, unit_id=task.unit_id, token_id=task.token_id, facts=facts
    )  # fmt: skip
    dossier.lock_version += 1
    news = event_of(
        StepReminded, dossier, at=at, node=task.node, reminder=code, holder=task.holder, unit_id=task.unit_id
    )  # fmt: skip
    rows = journal.rows_of(dossier, [line], actor=actor, at=at)
    change_sql.save(dossier, steps.SAVED, rows, outbox.row_of(news, at=at))
