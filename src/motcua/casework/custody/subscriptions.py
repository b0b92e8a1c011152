"""Folders come to be from accepted dossiers, after the fact: accepting one asks nothing of this app."""

from collections.abc import Sequence

from motcua.casework.custody import services
from motcua.casework.dossiers.events import DossierAccepted
from motcua.casework.dossiers.types import Channel
from motcua.foundation.core import outbox
from motcua.foundation.core.outbox import Delivered


def subscribe() -> None:
    """Register the subscriber; called once at start."""
    outbox.subscribe("custody", topics=(DossierAccepted,), handler=make_folders)


def make_folders(deliveries: Sequence[Delivered]) -> None:
    """Make a folder for each dossier that came with paper; again for the same events changes nothing."""
    services.make_folders(
        dossier_ids=[
            int(event.payload["dossier_id"]) for event in deliveries if event.payload["channel"] != Channel.ONLINE
        ]
    )
