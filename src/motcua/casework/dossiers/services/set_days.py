"""The day set in a request for a supplement, and the timer that the process draws on the edge of that wait."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from motcua.casework.dossiers.models import Dossier, SupplementRequest
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Act, Task
from motcua.foundation.core.clock import VIETNAM


def follow(dossier: Dossier, opened: Sequence[Task]) -> None:
    """Let what ends the wait go off when the set day has passed: the notice counts, not the drawing's usual time.

    Reminders stay as drawn. The caller holds the dossier's lock and has just sent the request.
    """
    waits = {task.token_id: task for task in opened if task.act == Act.WAIT_SUPPLEMENT and task.spec.boundaries}
    if not waits or dossier.run_id is None:
        return
    requests = SupplementRequest.objects.filter(dossier=dossier, sent_at__isnull=False, answered_at__isnull=True)
    day = requests.order_by("-ordinal").values_list("answer_by_on", flat=True).first()
    if day is None:
        return
    until = datetime.combine(day + timedelta(days=1), time.min, tzinfo=VIETNAM)
    nodes = workflow_reads.graph(next(iter(waits.values())).version_id).nodes
    timers = [item for item in workflow_reads.open_timers([dossier.run_id]) if item.token_id in waits]
    workflow.move_timers([(item.id, until) for item in timers if nodes[item.node].interrupts])
