"""What dossiers wait for: changes of working time, limits settled, calls of child dossiers, their ends.

What follows is done by jobs, which lock one dossier each.
"""

from collections.abc import Sequence

from motcua.casework.dossiers import events
from motcua.casework.procedures import events as procedure_events
from motcua.casework.workflow.events import CallOpened, CallWithdrawn
from motcua.foundation.calendars import events as calendar_events
from motcua.foundation.core import outbox
from motcua.foundation.core.outbox import Delivered

# Another process may have taken dossiers in by a calendar of ten seconds ago; a second round, which reports to nobody,
# finds them.
AGAIN_AFTER = 20


def subscribe() -> None:
    """Register the subscriber; called once at start."""
    outbox.subscribe(
        "dossiers.time",
        topics=(calendar_events.CalendarChanged, calendar_events.DowntimeRecorded),
        handler=recompute_later,
    )
    outbox.subscribe("dossiers.limits", topics=(procedure_events.LimitSettled,), handler=settle_later)
    outbox.subscribe("dossiers.calls", topics=(CallOpened, CallWithdrawn), handler=call_later)
    outbox.subscribe(
        "dossiers.answers",
        topics=(
            events.ProcessingFinished, events.DossierNotAccepted, events.DossierWithdrawn, events.DossierStopped,
        ),
        handler=answer_later,
    )  # fmt: skip
    outbox.subscribe("dossiers.children", topics=(events.SupplementAnswered,), handler=pass_on_later)


def call_later(deliveries: Sequence[Delivered]) -> None:
    """Defer a job for each call opened or given up."""
    from motcua.casework.dossiers import jobs

    for event in deliveries:
        given = event.payload
        if event.topic == CallOpened.topic:
            jobs.open_child.defer(
                run_id=given["run_id"], token_id=given["token_id"], node=given["node"], calls=given["calls"]
            )  # fmt: skip
        else:
            jobs.withdraw_child.defer(token_id=given["token_id"])


def answer_later(deliveries: Sequence[Delivered]) -> None:
    """Defer a job for each ended dossier that is somebody's child."""
    from motcua.casework.dossiers import jobs
    from motcua.casework.dossiers.models import ChildDossier

    ended = {int(event.payload["dossier_id"]) for event in deliveries}
    children = ChildDossier.objects.filter(child_id__in=ended, answered_at=None)
    for child_id in sorted(children.values_list("child_id", flat=True)):
        jobs.answer_parent.defer(child_id=child_id)


def pass_on_later(deliveries: Sequence[Delivered]) -> None:
    """Defer a job for each dossier with open children that got a supplement."""
    from motcua.casework.dossiers import jobs
    from motcua.casework.dossiers.models import ChildDossier

    answered = {int(event.payload["dossier_id"]) for event in deliveries}
    waiting = ChildDossier.objects.filter(parent_id__in=answered, answered_at=None, withdrawn_at=None)
    for parent_id in sorted(set(waiting.values_list("parent_id", flat=True))):
        jobs.pass_papers_on.defer(parent_id=parent_id)


def recompute_later(deliveries: Sequence[Delivered]) -> None:
    """Defer a recomputation for each change, in the relay's own transaction."""
    from motcua.casework.dossiers import jobs

    for event in deliveries:
        if event.topic == calendar_events.CalendarChanged.topic:
            given = {
                "change_id": event.payload["change_id"], "agency_id": event.payload["agency_id"],
                "reason": event.payload["reason"], "by": event.payload["by"], "reason_code": "calendar",
            }  # fmt: skip
        elif event.payload["counts"] and event.payload["did_count"]:
            continue  # the time was and is used up: no date moves
        else:
            given = {
                "change_id": None, "agency_id": None, "reason": "", "by": event.payload["by"],
                "reason_code": "downtime",
            }  # fmt: skip
        jobs.recompute.defer(**given)
        jobs.recompute.configure(schedule_in={"seconds": AGAIN_AFTER}).defer(**given | {"change_id": None})


def settle_later(deliveries: Sequence[Delivered]) -> None:
    """Defer giving due dates to dossiers taken in while a limit was in doubt, once more for those taken in just now."""
    from motcua.casework.dossiers import jobs

    for event in deliveries:
        given = {"version_id": event.payload["version_id"], "by": event.payload["by"]}
        jobs.settle_limits.defer(**given)
        # other processes keep what may be chosen at a desk for half a minute
        jobs.settle_limits.configure(schedule_in={"seconds": 3 * AGAIN_AFTER}).defer(**given)
