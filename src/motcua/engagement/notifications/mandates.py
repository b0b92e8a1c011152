"""Telling both sides of a mandate that it was given, answered or ended. Names nobody and no data in the message."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.engagement.notifications import sealing
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import Kind, Letter
from motcua.engagement.notifications.wording import hotline
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.events import MandateChanged
from motcua.foundation.core import personal_data
from motcua.foundation.core.outbox import Delivered

GIVER, DEPUTY = "giver", "deputy"


def write_mandate_messages(deliveries: Sequence[Delivered], *, at: datetime) -> list[int]:
    """Write a message to each side that has an e-mail address; return the ids to send.

    An event that comes twice writes nothing new.
    """
    rows = []
    for event in deliveries:
        if event.topic != MandateChanged.topic or Message.objects.filter(event_id=event.id).exists():
            continue
        addresses = accounts.mandate_addresses(int(event.payload["representation_id"]))
        for side, address in zip((GIVER, DEPUTY), addresses, strict=True):
            if address and (words := _said(side, event.payload["what"])):
                rows.append(_message(event, address, letter(words), at=at))
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = Message.objects.filter(public_id__in=[row.public_id for row in rows])
    return sorted(fresh.values_list("pk", flat=True))


def _message(event: Delivered, address: str, written: Letter, *, at: datetime) -> Message:
    return Message(
        event_id=event.id, dossier_id=None, kind=Kind.MANDATE_CHANGED,
        recipient_digest=personal_data.digest(address.casefold(), purpose="email"),
        content_cipher=sealing.seal(address, written), written_at=at, next_try_at=at,
    )  # fmt: skip


def _said(side: str, what: str) -> str:
    """Return what happened, in words for one side, in Vietnamese; '' when there is nothing to tell them."""
    with translation.override("vi"):
        ended_for_giver = _(
            "The mandate that you gave is ended. What was handed in under it stands among your dossiers."
        )
        ended_for_deputy = _("A mandate under which you acted is ended. You no longer see what was handed in under it.")
        return {
            (GIVER, "given"): _("You let somebody act for you. It counts once they accept the mandate."),
            (DEPUTY, "given"): _(
                "Somebody asks you to act for them. Sign in by this address to read the mandate and to answer it."
            ),
            (GIVER, "accepted"): _("The mandate that you gave was accepted."),
            (DEPUTY, "accepted"): _("You accepted a mandate. You can hand in dossiers under it while it runs."),
            (GIVER, "declined"): _("The mandate that you gave was declined."),
            (GIVER, "revoked"): ended_for_giver,
            (DEPUTY, "revoked"): ended_for_deputy,
            (GIVER, "given_up"): ended_for_giver,
            (DEPUTY, "given_up"): ended_for_deputy,
        }.get((side, what), "")


def letter(said: str) -> Letter:
    """Return subject and words in Vietnamese: what happened and where to read more."""
    with translation.override("vi"):
        link = f"{settings.MOTCUA_SITE_URL}/tai-khoan/vai-tro/"
        words = [
            _("Hello,"),
            said,
            _("Sign in to see it: %(link)s") % {"link": link},
            _("This message was written by a program; please do not answer it. Questions: call %(hotline)s.")
            % {"hotline": hotline()},
            _("No agency ever asks for your password by e-mail."),
        ]
        return Letter(subject=_("A mandate to act for somebody"), body="\n\n".join(words) + "\n")
