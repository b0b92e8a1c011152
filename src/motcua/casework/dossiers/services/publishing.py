"""What the events of a dossier have in common."""

from datetime import datetime
from typing import Any

from motcua.casework.dossiers.events import DossierEvent
from motcua.casework.dossiers.models import Dossier
from motcua.foundation.core import outbox


def publish(kind: type[DossierEvent], dossier: Dossier, *, at: datetime, **more: Any) -> None:
    """Publish an event of `dossier` with the fields that all of them carry."""
    outbox.publish(event_of(kind, dossier, at=at, **more), at=at)


def event_of(kind: type[DossierEvent], dossier: Dossier, *, at: datetime, **more: Any) -> DossierEvent:
    """Return an event of `dossier` with the fields that all of them carry."""
    return kind(
        dossier_id=dossier.pk,
        public_id=str(dossier.public_id),
        field_id=dossier.field_id,
        channel=dossier.channel,
        receiving_agency_id=dossier.receiving_agency_id,
        competent_agency_id=dossier.competent_agency_id,
        at=at,
        **more,
    )
