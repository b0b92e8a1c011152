"""What dossiers wait for from below: changes of working time, and limits that were in doubt and are settled."""

from collections.abc import Sequence

from motcua.casework.procedures import events as procedure_events
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
