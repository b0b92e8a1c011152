"""People known from earlier dossiers, and how to reach them."""

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Party
from motcua.casework.dossiers.types import PartyInput, PartyRole
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import NotAllowed
from motcua.foundation.organisations.types import Role


def find_people(*, actor: Actor, text: str, limit: int = 5) -> list[PartyInput]:
    """Return people with exactly this identity or phone number, the newest entry of each, for the counter.

    Raises:
        NotAllowed: only a desk may look people up.
    """
    if not actor.has_role(Role.RECEPTIONIST):
        raise NotAllowed
    phone, identity = personal_data.normal_phone(text), personal_data.normal_identity(text)
    if len(phone) < 9 and len(identity) < 9:
        return []
    found = Party.objects.filter(phone_digest=personal_data.digest(phone, purpose="phone"), is_current=True).order_by(
        "-pk"
    )[:20]
    also = Party.objects.filter(
        identity_digest=personal_data.digest(identity, purpose="identity"), is_current=True
    ).order_by("-pk")[:20]
    people: dict[tuple[str, str], PartyInput] = {}
    for party in (*also, *found):
        opened = sealing.open_party(party)
        people.setdefault((opened.full_name.casefold(), opened.identity), opened)
    return list(people.values())[:limit]


def contact_for(*, dossier_id: int) -> PartyInput | None:
    """Return whom to write to about a dossier: the submitter, else the first applicant; in clear, for messages only."""
    order = {PartyRole.SUBMITTER: 0, PartyRole.APPLICANT: 1}
    parties = Party.objects.filter(dossier_id=dossier_id, is_current=True, role__in=list(order))
    ranked = sorted(parties, key=lambda party: (order[PartyRole(party.role)], party.ordinal))
    opened = [sealing.open_party(party) for party in ranked]
    return next((party for party in opened if party.email), opened[0] if opened else None)
