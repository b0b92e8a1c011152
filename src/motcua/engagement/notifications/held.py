"""What notifications hold about a citizen. Private."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import Kind, MessageState
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.held_data import HeldEntry, HeldItem, HeldSection, Provider


def messages(actor: Actor, _at: datetime) -> HeldSection:
    """Return what the citizen was written to about their dossiers."""
    codes = dossiers.own_codes(actor=actor)
    lines: dict[int, list[HeldItem]] = {}
    for row in Message.objects.filter(dossier_id__in=codes).order_by("-pk"):
        words = f"{Kind(row.kind).label}, {MessageState(row.state).label}"
        lines.setdefault(row.dossier_id or 0, []).append(
            HeldItem(f"{row.written_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}", words)
        )
    entries = tuple(HeldEntry(codes[key], tuple(items)) for key, items in lines.items())
    why = _("To show that you were told. The words are destroyed when they were sent; that they were is kept a year.")
    return HeldSection("messages", _("Messages to me"), why, entries)


PROVIDERS = (Provider("messages", 55, messages),)
