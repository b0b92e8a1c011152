"""What happens to a case without anybody's click: the time for an answer is up."""

from datetime import datetime

import structlog
from django.db import connection, transaction

from motcua.casework.internal import placement
from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.services.recording import follow, write
from motcua.casework.internal.types import CaseState, EntryAct
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Step
from motcua.foundation.accounts.types import SYSTEM

log = structlog.get_logger(__name__)
_DUE = """
SELECT m.id, c.id FROM workflow_timer m JOIN internal_case c ON c.run_id = m.run_id
WHERE m.closed_at IS NULL AND m.wake_at <= %s ORDER BY m.wake_at, m.id LIMIT %s"""


def sweep_timers(*, at: datetime, limit: int = 200) -> int:
    """Let at most `limit` due timers of cases go off, each in a transaction of its own; return how many did."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at, limit])
        due = cursor.fetchall()
    fired = 0
    for timer_id, case_id in due:
        try:
            fired += _fire(timer_id, case_id, at)
        except Exception:
            log.exception("timer_failed", timer_id=timer_id)
            with transaction.atomic():
                workflow.delay_timer(timer_id=timer_id, at=at)
    return fired


@transaction.atomic
def _fire(timer_id: int, case_id: int, at: datetime) -> bool:
    case = InternalCase.objects.select_for_update(skip_locked=True).filter(pk=case_id).first()
    if case is None or case.state != CaseState.RUNNING:
        return False
    happened = workflow.fire_timer(timer_id=timer_id, at=at, **placement.of(at))
    if happened is None:
        return False
    if isinstance(happened, Step):
        write(case, EntryAct.ELAPSED, actor=SYSTEM, at=at, task=happened.closed)
    follow(case, opened=happened.opened, ended=isinstance(happened, Step) and happened.ended, at=at)
    return True
