"""Where the person at the counter receives, and under which offer a procedure can be taken in there."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import OfferCard, SearchHit
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AT_THE_DESK, AgencyKind


@dataclass(frozen=True, slots=True)
class Choice:
    """A procedure that can be taken in here. `offer_id` is public; `decided_by` '' when the place itself decides."""

    offer_id: str
    code: str
    name: str
    field: str
    decided_by: str
    quick_form: str


def places(actor: Actor) -> list[int]:
    """Return the agencies for which the actor receives, each once, in the order of the posts."""
    return list(dict.fromkeys(post.agency_id for post in actor.posts if post.role in AT_THE_DESK))


def choices(hits: tuple[SearchHit, ...] | list[SearchHit], *, actor: Actor, on: date) -> list[Choice]:
    """Return for each hit the offer under which it can be taken in; those decided here first. One query."""
    offers = procedures.offers_by_procedure([hit.procedure_id for hit in hits], on=on)
    here = places(actor)
    found = [
        choice
        for hit in hits
        if (offer := best_offer(offers.get(hit.procedure_id, ()), here, on=on)) is not None
        for choice in [_choice(hit, offer, here, on=on)]
    ]
    return sorted(found, key=lambda choice: bool(choice.decided_by))


def best_offer(offers: tuple[OfferCard, ...], here: list[int], *, on: date) -> OfferCard | None:
    """Return the offer of my own agency, else any: citizens hand in wherever they like within the province.

    Law: Decree 118/2025/NĐ-CP: reception does not depend on the administrative boundary.
    """
    own = [offer for offer in offers if any(takes(offer, agency_id, on=on) for agency_id in here)]
    return next(iter(own or offers), None)


def takes(offer: OfferCard, agency_id: int, *, on: date) -> bool:
    """Say whether an agency itself decides under an offer."""
    card = organisations.directory(on=on).agencies.get(agency_id)
    return card is not None and offer.is_taken_by(agency_id, is_commune=card.kind == AgencyKind.COMMUNE)


def _choice(hit: SearchHit, offer: OfferCard, here: list[int], *, on: date) -> Choice:
    decided_by = ""
    if not any(takes(offer, agency_id, on=on) for agency_id in here):
        card = organisations.directory(on=on).agencies.get(offer.agency_id or 0)
        decided_by = card.short_name if card else "-"
    return Choice(offer.public_id, hit.code, hit.name, hit.field_name, decided_by, offer.quick_form)


def communes(offer: OfferCard, *, on: date) -> list[tuple[int, str]]:
    """Return the communes that may decide under an offer of all communes, by name; [] for an offer of one agency."""
    if offer.agency_id is not None:
        return []
    cards = organisations.directory(on=on).agencies.values()
    return [
        (card.id, card.short_name)
        for card in cards
        if offer.is_taken_by(card.id, is_commune=card.kind == AgencyKind.COMMUNE)
    ]
