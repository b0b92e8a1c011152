"""Both sides of a mandate, for those who write to them and for dossiers that go back to the giver. Private."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.foundation.accounts.contacts import contacts_of
from motcua.foundation.accounts.models import Person, Representation
from motcua.foundation.accounts.types import ContactKind, RepresentationKind
from motcua.foundation.core import personal_data


@dataclass(frozen=True, slots=True)
class MandateSides:
    """Who gave a mandate and who acts under it, as person ids."""

    public_id: UUID
    giver_id: int
    deputy_id: int


def mandate_sides(*, public_id: UUID) -> MandateSides | None:
    """Return both sides of a mandate that somebody accepted, None for anything else."""
    row = Representation.objects.filter(public_id=public_id, kind=RepresentationKind.MANDATE).first()
    if row is None or row.principal_id is None or row.deputy_id is None:
        return None
    return MandateSides(row.public_id, row.principal_id, row.deputy_id)


def mandates_over(*, on: date, days: int) -> Sequence[MandateSides]:
    """Return the accepted mandates that ended in the last `days` days, by their date or by somebody's word."""
    since = on - timedelta(days=days)
    over = Q(closed_at__date__gte=since) | Q(closed_at__isnull=True, valid_until__lt=on, valid_until__gte=since)
    rows = Representation.objects.filter(over, kind=RepresentationKind.MANDATE, deputy__isnull=False)
    return [
        MandateSides(public_id, giver_id, deputy_id)
        for public_id, giver_id, deputy_id in rows.order_by("pk").values_list("public_id", "principal_id", "deputy_id")
        if giver_id is not None and deputy_id is not None
    ]


def mandate_addresses(representation_id: int) -> tuple[str, str]:
    """Return the e-mail addresses of giver and deputy, '' for a side that has none.

    A deputy who has not accepted yet is written to at the address that the giver entered.
    """
    row = Representation.objects.filter(pk=representation_id, kind=RepresentationKind.MANDATE).first()
    if row is None:
        return "", ""
    giver = _address(row.principal)
    if row.deputy is not None:
        return giver, _address(row.deputy)
    entered = json.loads(personal_data.decrypt(row.principal_cipher, purpose="accounts.representation"))
    contact = entered["deputy_contact"]
    return giver, contact if "@" in contact else ""


def _address(person: Person | None) -> str:
    cards = contacts_of(person.user_id) if person is not None and person.user_id else ()
    return next((card.contact for card in cards if card.kind == ContactKind.EMAIL and card.is_confirmed), "")
