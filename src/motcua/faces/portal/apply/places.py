"""Where a procedure may be handed in online: named agencies, or every commune for its own citizens."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.procedures.types import Channel, OfferCard, ProcedurePage
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with the offer under which it decides."""

    agency: AgencyCard
    offer: OfferCard


def places(page: ProcedurePage, *, on: date) -> list[Place]:
    """Return all places that take the procedure online on `on`, by name; a commune's own offer hides that of all."""
    cards = organisations.directory(on=on).agencies
    offers = [offer for offer in page.offers if offer.eform_id and Channel.ONLINE in offer.channels]
    found: dict[int, Place] = {}
    for offer in sorted(offers, key=lambda item: item.agency_id is not None):
        taking = [cards[offer.agency_id]] if offer.agency_id in cards else []
        if offer.agency_id is None:
            communes = (card for card in cards.values() if card.kind == AgencyKind.COMMUNE)
            taking = [card for card in communes if offer.is_taken_by(card.id, is_commune=True)]
        found |= {card.id: Place(card, offer) for card in taking}
    return sorted(found.values(), key=lambda place: fold(place.agency.short_name))


def chosen(found: list[Place], public_id: str) -> Place | None:
    """Return the place that was chosen, or the only one there is."""
    if len(found) == 1:
        return found[0]
    return next((place for place in found if place.agency.public_id == public_id), None)


def matching(found: list[Place], text: str) -> list[Place]:
    """Return the places whose name holds every word of `text`, with or without marks."""
    words = fold(text).split()
    return [place for place in found if all(word in fold(place.agency.name) for word in words)]
