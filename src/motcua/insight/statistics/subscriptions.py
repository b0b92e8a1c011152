"""Which events the figures are made of."""

from motcua.casework.dossiers import events
from motcua.foundation.core import outbox
from motcua.insight.statistics.counting import count_events

TOPICS = (
    events.DossierFiled,
    events.DossierAccepted,
    events.DossierNotAccepted,
    events.SupplementAsked,
    events.SupplementAnswered,
    events.DueDateChanged,
    events.AcceptanceDueChanged,
    events.ProcessingFinished,
    events.DossierWithdrawn,
    events.DossierStopped,
    events.DossierReopened,
    events.DossierInherited,
)


def subscribe() -> None:
    """Register the subscriber; called once at start."""
    outbox.subscribe("statistics", topics=TOPICS, handler=count_events)
