"""Filing for somebody else: the applicant stays the principal, the submitter is whoever is signed in."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.types import FilingInput, HelperIsApplicant, PartyKind, PartyRole
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.types import Actor, ActorKind, RepresentationCard, RepresentationKind, RepresentedAct
from motcua.foundation.core import personal_data
from motcua.foundation.organisations.types import Role

_KEPT = ("phone", "email", "address")


def stand_in(content: dict[str, Any], *, code: str, actor: Actor, at: datetime) -> None:
    """Put the principal in as the first applicant and the actor as submitter, whatever the form said.

    Raises:
        RepresentationEnded, RepresentationTooNarrow: looked at now, under a lock, not when the page was opened.
    """
    card = services.use_representation(
        public_id=UUID(content["representation"]), actor=actor, act=RepresentedAct.FILE, procedure_code=code, at=at
    )
    content["parties"] = parties_for(content["parties"], card, actor)


def still_may(dossier: Dossier, *, act: str, actor: Actor, at: datetime) -> None:
    """Refuse an act on a dossier that was filed under a representation, when that is over or does not reach the act.

    Raises:
        RepresentationEnded, RepresentationTooNarrow.
    """
    if actor.kind != ActorKind.CITIZEN or dossier.citizen_id != actor.person_id:
        return
    lines = JournalEntry.objects.filter(dossier_id=dossier.pk, act__in=["filed", "handed_back"]).order_by("-seq")
    act_of, facts = lines.values_list("act", "facts").first() or ("", {})
    given = facts.get("representation")
    if given and act_of == "filed":  # handed back to the giver, it is theirs like any other
        services.use_representation(public_id=UUID(given), actor=actor, act=act, at=at)


def helped(filing: FilingInput, helper: Actor) -> FilingInput:
    """Return the filing with the guide who helped at a kiosk; anybody else who is signed in there is nobody.

    Raises:
        HelperIsApplicant: a guide hands nothing in for themselves in that role.
    """
    post = next((item for item in helper.posts if item.role == Role.GUIDE), None)
    if post is None or helper.person_id is None:
        return filing
    own = accounts.citizen_contact(helper.person_id)["identity"]
    if own and own in {personal_data.normal_identity(party.identity) for party in filing.parties}:
        raise HelperIsApplicant
    return replace(filing, helper_person_id=helper.person_id, helper_post_id=post.post_id)


def parties_for(entered: list[dict[str, Any]], card: RepresentationCard, actor: Actor) -> list[dict[str, Any]]:
    """Return the parties of a filing under a representation."""
    applicants = [party for party in entered if party.get("role") != PartyRole.SUBMITTER]
    typed = next((party for party in entered if party.get("role") == PartyRole.SUBMITTER), {})
    first = {name: value for name, value in (applicants[0] if applicants else {}).items() if name in _KEPT and value}
    is_organisation = card.kind == RepresentationKind.ORGANISATION
    principal = {
        "address": card.address,
        **first,
        "full_name": card.full_name,
        "identity": card.identity,
        "kind": PartyKind.ENTERPRISE if is_organisation else PartyKind.CITIZEN,
        "role": PartyRole.APPLICANT,
    }
    if card.born_on:
        principal["born_on"] = card.born_on.isoformat()
    known = accounts.citizen_contact(actor.person_id or 0)
    submitter = {
        "phone": typed.get("phone") or known["phone"],
        "email": typed.get("email") or known["email"],
        "identity": known["identity"] or typed.get("identity", ""),
        "full_name": known["full_name"],
        "kind": PartyKind.CITIZEN,
        "role": PartyRole.SUBMITTER,
    }
    return [principal, *applicants[1:], submitter]
