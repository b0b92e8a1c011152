"""People known from earlier dossiers, and how to reach them."""

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Party
from motcua.casework.dossiers.types import PartyInput, PartyRole
from motcua.foundation.core import personal_data


def parties_with(text: str) -> list[Party]:
    """Return the present parties with exactly this identity or phone number, newest first. Private to this app."""
    phone, identity = personal_data.normal_phone(text), personal_data.normal_identity(text)
    if len(phone) < 9 and len(identity) < 9:
        return []
    by_phone = Party.objects.filter(personal_data.matching("phone_digest", phone, purpose="phone"), is_current=True)
    by_identity = Party.objects.filter(
        personal_data.matching("identity_digest", identity, purpose="identity"), is_current=True
    )
    return [*by_identity.order_by("-pk")[:20], *by_phone.order_by("-pk")[:20]]


def contact_for(*, dossier_id: int) -> PartyInput | None:
    """Return whom to write to about a dossier: the submitter, else the first applicant; in clear, for messages only."""
    order = {PartyRole.SUBMITTER: 0, PartyRole.APPLICANT: 1}
    parties = Party.objects.filter(dossier_id=dossier_id, is_current=True, role__in=list(order))
    ranked = sorted(parties, key=lambda party: (order[PartyRole(party.role)], party.ordinal))
    opened = [sealing.open_party(party) for party in ranked]
    return next((party for party in opened if party.email), opened[0] if opened else None)
