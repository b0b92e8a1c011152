"""Which events citizens are written to about. The job is deferred in the relay's own transaction."""

from collections.abc import Sequence

from motcua.casework.dossiers import events
from motcua.casework.procedures.events import DecisionEntryDue
from motcua.engagement.notifications.corrections import write_correction_messages
from motcua.engagement.notifications.decisions import write_entry_reminders
from motcua.engagement.notifications.mandates import write_mandate_messages
from motcua.engagement.notifications.services import write_messages
from motcua.foundation.accounts.events import CorrectionDecided, MandateChanged
from motcua.foundation.core import clock, outbox
from motcua.foundation.core.outbox import Delivered

CHUNK = 50
TOPICS = (
    events.DossierFiled,
    events.DossierAccepted,
    events.SupplementAsked,
    events.DossierNotAccepted,
    events.ProcessingFinished,
    events.DossierWithdrawn,
    events.DossierStopped,
    events.DueDateChanged,
    events.DossierReopened,
    events.DossierInherited,
    events.StepReminded,
)


def subscribe() -> None:
    """Register the subscriber; called once at start."""
    outbox.subscribe("notifications", topics=TOPICS, handler=announce)
    outbox.subscribe("notifications.corrections", topics=(CorrectionDecided,), handler=announce_corrections)
    outbox.subscribe("notifications.mandates", topics=(MandateChanged,), handler=announce_mandates)
    outbox.subscribe("notifications.decisions", topics=(DecisionEntryDue,), handler=announce_entries)


def announce(deliveries: Sequence[Delivered]) -> None:
    """Write the messages of a batch and defer their sending, fifty a job."""
    _send(write_messages(deliveries, at=clock.now()))


def announce_corrections(deliveries: Sequence[Delivered]) -> None:
    """Write to those whose request to correct was answered."""
    _send(write_correction_messages(deliveries, at=clock.now()))


def announce_mandates(deliveries: Sequence[Delivered]) -> None:
    """Write to both sides of a mandate."""
    _send(write_mandate_messages(deliveries, at=clock.now()))


def announce_entries(deliveries: Sequence[Delivered]) -> None:
    """Remind of decisions that are not entered in the national database yet."""
    _send(write_entry_reminders(deliveries, at=clock.now()))


def _send(ids: list[int]) -> None:
    from motcua.engagement.notifications import jobs

    for start in range(0, len(ids), CHUNK):
        jobs.send.defer(ids=ids[start : start + CHUNK])
