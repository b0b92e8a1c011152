"""A procedure as one chosen agency takes it: the offers of the others are left out."""

import dataclasses
from datetime import date

from motcua.casework.procedures.types import ProcedurePage
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind


def chosen_agency(public_id: str, *, on: date) -> AgencyCard | None:
    """Return the agency of this public id that works on `on`, None for any other text."""
    if not public_id:
        return None
    cards = organisations.directory(on=on).agencies.values()
    return next((card for card in cards if card.public_id == public_id), None)


def for_agency(page: ProcedurePage, agency: AgencyCard | None) -> ProcedurePage:
    """Return the page with the offers under which `agency` takes it, as its own; unchanged where it does not.

    A commune's own offer hides that of all communes.
    """
    if agency is None:
        return page
    is_commune = agency.kind == AgencyKind.COMMUNE
    taken = [offer for offer in page.offers if offer.is_taken_by(agency.id, is_commune=is_commune)]
    if not taken:
        return page
    own = [offer for offer in taken if offer.agency_id is not None] or taken
    return dataclasses.replace(page, offers=tuple(dataclasses.replace(offer, agency_id=agency.id) for offer in own))


def takes(page: ProcedurePage, agency: AgencyCard | None) -> bool:
    """Say whether `agency` takes the procedure."""
    is_commune = agency is not None and agency.kind == AgencyKind.COMMUNE
    return agency is not None and any(offer.is_taken_by(agency.id, is_commune=is_commune) for offer in page.offers)
