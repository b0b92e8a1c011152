"""Telling a citizen how their request to put personal data right was answered. Names no data in the message."""

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
from motcua.foundation.accounts.events import CorrectionDecided
from motcua.foundation.accounts.types import ContactKind
from motcua.foundation.core import personal_data
from motcua.foundation.core.outbox import Delivered


def write_correction_messages(deliveries: Sequence[Delivered], *, at: datetime) -> list[int]:
    """Write a message for each answered request whose citizen has a confirmed e-mail address; return the ids to send.

    An event that comes twice writes nothing new.
    """
    rows = []
    for event in deliveries:
        if event.topic != CorrectionDecided.topic or Message.objects.filter(event_id=event.id).exists():
            continue
        if address := _address(int(event.payload["user_id"])):
            rows.append(_message(event, address, at=at))
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = Message.objects.filter(public_id__in=[row.public_id for row in rows])
    return sorted(fresh.values_list("pk", flat=True))


def _address(user_id: int) -> str:
    cards = accounts.contacts_of(user_id)
    return next((card.contact for card in cards if card.kind == ContactKind.EMAIL and card.is_confirmed), "")


def _message(event: Delivered, address: str, *, at: datetime) -> Message:
    return Message(
        event_id=event.id, dossier_id=None, kind=Kind.CORRECTION_DECIDED,
        recipient_digest=personal_data.digest(address.casefold(), purpose="email"),
        content_cipher=sealing.seal(address, letter(accepted=bool(event.payload["accepted"]))), written_at=at,
        next_try_at=at,
    )  # fmt: skip


def letter(*, accepted: bool) -> Letter:
    """Return subject and words in Vietnamese: what was done and where to read more, nothing of the data themselves."""
    with translation.override("vi"):
        done = (
            _("The data that you asked to have put right are corrected.")
            if accepted
            else _("The data that you asked to have put right stay as they are. The reason is on your page.")
        )
        link = f"{settings.MOTCUA_SITE_URL}/tai-khoan/du-lieu/"
        words = [
            _("Hello,"),
            done,
            _("Sign in to see it: %(link)s") % {"link": link},
            _("This message was written by a program; please do not answer it. Questions: call %(hotline)s.")
            % {"hotline": hotline()},
            _("No agency ever asks for your password by e-mail."),
        ]
        return Letter(subject=_("Your request to correct personal data is answered"), body="\n\n".join(words) + "\n")
