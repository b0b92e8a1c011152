"""Reminding whoever published a decision that it has to be entered in the national database."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.casework.procedures.events import DecisionEntryDue
from motcua.engagement.notifications import sealing
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import Kind, Letter
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import ContactKind
from motcua.foundation.core import personal_data
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.outbox import Delivered


def write_entry_reminders(deliveries: Sequence[Delivered], *, at: datetime) -> list[int]:
    """Write to the publisher of each decision, where they confirmed an e-mail address; return the ids to send.

    An event that comes twice writes nothing new.
    """
    rows = []
    for event in deliveries:
        if event.topic != DecisionEntryDue.topic or Message.objects.filter(event_id=event.id).exists():
            continue
        if address := _address(int(event.payload["person_id"]), at):
            rows.append(_message(event, address, at=at))
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = Message.objects.filter(public_id__in=[row.public_id for row in rows])
    return sorted(fresh.values_list("pk", flat=True))


def _address(person_id: int, at: datetime) -> str:
    user_id = accounts.actor_for_person(person_id, on=civil_day(at)).user_id if person_id else None
    cards = accounts.contacts_of(user_id) if user_id else []
    return next((card.contact for card in cards if card.kind == ContactKind.EMAIL and card.is_confirmed), "")


def _message(event: Delivered, address: str, *, at: datetime) -> Message:
    said = event.payload
    words = letter(
        number=said["number"], due_on=date.fromisoformat(said["due_on"]), decision_id=said["decision_id"],
        on=civil_day(at),
    )  # fmt: skip
    return Message(
        event_id=event.id, dossier_id=None, kind=Kind.DECISION_ENTRY,
        recipient_digest=personal_data.digest(address.casefold(), purpose="email"),
        content_cipher=sealing.seal(address, words), written_at=at, next_try_at=at,
    )  # fmt: skip


def letter(*, number: str, due_on: date, decision_id: str, on: date) -> Letter:
    """Return subject and words in Vietnamese: which decision, until when, where to mark it."""
    with translation.override("vi"):
        facts = {"number": number, "day": f"{due_on:%d/%m/%Y}"}
        if due_on < on:
            subject = _("Late: decision %(number)s is not in the national database yet") % facts
            said = _("Decision %(number)s had to be entered in the national database by %(day)s.") % facts
        else:
            subject = _("Decision %(number)s has to be entered in the national database by %(day)s") % facts
            said = _("Decision %(number)s is published; its entry in the national database is due by %(day)s.") % facts
        link = f"{settings.MOTCUA_SITE_URL}/office/decisions/{decision_id}/"
        words = [
            _("Hello,"),
            said,
            _("When it is entered, note the day here: %(link)s") % {"link": link},
            _("This message was written by a program; please do not answer it."),
        ]
        return Letter(subject=subject, body="\n\n".join(words) + "\n")
