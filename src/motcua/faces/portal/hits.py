"""A search hit in the words of a card: time, fee, and whether it is taken online here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import SearchHit
from motcua.faces.design import formatting
from motcua.faces.portal.procedure import presenting


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows."""

    code: str
    name: str
    marked: tuple[tuple[str, bool], ...]
    purpose: str
    field_name: str
    limit_words: str
    fee_words: str
    is_online: bool


def cards(hits: Iterable[SearchHit], *, on: date) -> list[Card]:
    """Return the cards of `hits`; one statement for what is taken online."""
    online = set(procedures.online_codes(on=on))
    return [_card(hit, is_online=hit.code in online) for hit in hits]


def _card(hit: SearchHit, *, is_online: bool) -> Card:
    return Card(
        code=hit.code,
        name=hit.name,
        marked=hit.marked,
        purpose=hit.purpose,
        field_name=hit.field_name,
        limit_words=presenting.limit_words(hit.limit),
        fee_words=fee_of(hit),
        is_online=is_online,
    )


def fee_of(hit: SearchHit) -> str:
    """Return the fee of a hit in a few words."""
    if hit.fee is None:
        return _("No fee published")
    if hit.fee.amount_vnd is None:
        return _("Fee by case")
    if hit.has_more_fees:
        return _("Fee by case, for example %(amount)s") % {"amount": formatting.money(hit.fee.amount_vnd)}
    return presenting.fee_words((hit.fee,))
