"""From events to messages waiting to be sent. Runs in the relay's transaction; reaches nobody outside."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from motcua.casework.dossiers import events
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Proof
from motcua.casework.workflow.types import Holder
from motcua.engagement.notifications import sealing, wording
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import Kind
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core import personal_data
from motcua.foundation.core.outbox import Delivered

KIND_OF = {
    events.DossierFiled.topic: Kind.FILED,
    events.DossierAccepted.topic: Kind.ACCEPTED,
    events.SupplementAsked.topic: Kind.SUPPLEMENT_ASKED,
    events.DossierNotAccepted.topic: Kind.NOT_ACCEPTED,
    events.ProcessingFinished.topic: Kind.RESULT_AVAILABLE,
    events.DossierWithdrawn.topic: Kind.WITHDRAWN,
    events.DossierStopped.topic: Kind.STOPPED,
    events.DueDateChanged.topic: Kind.DUE_DATE_CHANGED,
    events.DossierReopened.topic: Kind.REOPENED,
    events.DossierInherited.topic: Kind.INHERITED,
    events.StepReminded.topic: Kind.REMINDED,
}
# Replayed, restored or imported history writes to nobody.
NEWS_FOR = timedelta(days=2)
# Besides the end of a stop: changes of the date that the agency appointed. Moved calendars are told on the page alone.
_TOLD = frozenset({"extension"})
_DUE = {
    Kind.FILED: "acceptance_due_at",
    Kind.ACCEPTED: "due_at",
    Kind.DUE_DATE_CHANGED: "new_due_at",
    Kind.REOPENED: "due_at",
}


def write_messages(deliveries: Sequence[Delivered], *, at: datetime) -> list[int]:
    """Write a message for each event that is news to somebody with an e-mail address; return the ids to be sent.

    An event that comes twice writes nothing new: event, recipient and kind are unique together.
    """
    news = [event for event in deliveries if _is_news(event, at=at)]
    addresses = {dossier_id: _address(dossier_id) for dossier_id in {_dossier_id(event) for event in news}}
    told = [event for event in news if addresses[_dossier_id(event)]]
    if not told:
        return []
    known = set(Message.objects.filter(event_id__in=[event.id for event in told]).values_list("event_id", flat=True))
    rows = [_message(event, addresses[_dossier_id(event)], at=at) for event in told if event.id not in known]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = Message.objects.filter(public_id__in=[row.public_id for row in rows])
    return sorted(fresh.values_list("pk", flat=True))


def _is_news(event: Delivered, *, at: datetime) -> bool:
    if event.topic not in KIND_OF or event.occurred_at < at - NEWS_FOR:
        return False
    if event.topic == events.DossierInherited.topic:  # a step of another agency that moved inside is no news
        return bool(event.payload["from_agency_id"] != event.payload["competent_agency_id"])
    if event.topic == events.StepReminded.topic:  # the party is reminded of its own part alone
        return bool(event.payload["holder"] == Holder.CITIZEN)
    resumes = event.payload.get("old_due_at") is None and event.payload.get("new_due_at") is not None
    return event.topic != events.DueDateChanged.topic or resumes or event.payload.get("reason") in _TOLD


def _dossier_id(event: Delivered) -> int:
    return int(event.payload["dossier_id"])


def _address(dossier_id: int) -> str:
    contact = dossiers.contact_for(dossier_id=dossier_id)
    address = contact.email.strip() if contact else ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _message(event: Delivered, address: str, *, at: datetime) -> Message:
    kind = KIND_OF[event.topic]
    letter = wording.letter_for(kind, _facts(event, kind))
    return Message(
        event_id=event.id,
        dossier_id=_dossier_id(event),
        kind=kind,
        recipient_digest=personal_data.digest(address.casefold(), purpose="email"),
        content_cipher=sealing.seal(address, letter),
        written_at=at,
        next_try_at=at,
    )


def _facts(event: Delivered, kind: Kind) -> wording.Facts:
    happened = datetime.fromisoformat(event.payload["at"])
    with translation.override("vi"):
        view = dossiers.party_view(
            actor=SYSTEM, dossier_id=_dossier_id(event), at=happened, proof=Proof(_dossier_id(event))
        )
    return wording.Facts(
        view=view,
        code=event.payload.get("code") or view.shown_code,
        at=happened,
        due_at=_instant(event.payload.get(_DUE.get(kind, ""))),
        is_refusal=bool(event.payload.get("is_refusal")),
        old_due_at=_instant(event.payload.get("old_due_at")),
        why=_why(event),
        fault=event.payload.get("fault", ""),
        is_first_date=event.payload.get("reason") == "limit",
    )


def _why(event: Delivered) -> str:
    """Return the reason that the apology gives; the event names codes alone."""
    if event.topic == events.DossierReopened.topic:
        opened = dossiers.reopenings_of(dossier_id=_dossier_id(event))
        return opened[0].reason if opened else ""
    if event.payload.get("reason") != "extension":
        return ""
    shown = dossiers.extension_of(dossier_id=_dossier_id(event))
    return shown.reason if shown else ""


def _instant(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
