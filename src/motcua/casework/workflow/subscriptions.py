"""Which of its own news the engine acts on: services passed. The job is deferred in the relay's own transaction."""

from collections.abc import Sequence

from motcua.casework.workflow.events import ConnectorCalled
from motcua.foundation.core import outbox
from motcua.foundation.core.outbox import Delivered


def subscribe() -> None:
    """Register the subscriber; called once at start."""
    outbox.subscribe("workflow.connectors", topics=(ConnectorCalled,), handler=call_later)


def call_later(deliveries: Sequence[Delivered]) -> None:
    """Defer a job for each service passed."""
    from motcua.casework.workflow import jobs

    for event in deliveries:
        jobs.call_connector.defer(
            event_id=event.id, run_id=event.payload["run_id"], node=event.payload["node"],
            connector=event.payload["connector"], at=event.payload["at"],
        )  # fmt: skip
