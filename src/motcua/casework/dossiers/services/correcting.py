"""Putting a person of a dossier right: a new version beside the former one, with a line in the journal."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.casework.dossiers import journal, picture, sealing
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, Party
from motcua.casework.dossiers.types import PartyRole
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound

CORRECTABLE = frozenset({"full_name", "identity", "phone", "email", "address"})


@transaction.atomic
def correct_party(*, item: str, value: str, citizen_id: int, actor: Actor, at: datetime, request: str) -> None:
    """Write a new version of one person with one value put right; signed papers and the journal stay as they are.

    Who may decide it was asked by the caller, the service of requests to correct.

    Args:
        item: 'dossier public id:role:ordinal:field'.
        citizen_id: person whose dossier it has to be.
        request: public id of the request, for the journal.

    Raises:
        NotFound: no such person in a dossier of this citizen.

    Law: Law 91/2025/QH15: whoever the data are about may have them put right.
    """
    parts = item.split(":")
    if len(parts) != 4 or parts[3] not in CORRECTABLE or not parts[2].isdecimal():
        raise NotFound
    dossier = Dossier.objects.locked().filter(public_id=UUID(parts[0]), citizen_id=citizen_id).first()
    if dossier is None:
        raise NotFound
    people = Party.objects.filter(dossier=dossier, role=parts[1], is_current=True)
    party = people.filter(ordinal=int(parts[2])).first()
    if party is None:
        raise NotFound
    _write_version(party, parts[3], value)
    facts = {"role": party.role, "ordinal": party.ordinal, "field": parts[3], "version": party.version + 1}
    facts = picture.facts_of(dossier) | facts | {"request": request}
    line = Line(act="party_corrected", facts=facts, changed=sealing.canonical([item, value]))
    changed = ["lock_version", "journal_seq", "journal_hash"]
    if party.role == PartyRole.APPLICANT and parts[3] == "full_name":
        dossier.applicant_name = ", ".join(people.order_by("ordinal").values_list("full_name", flat=True))[:200]
        changed.append("applicant_name")
    dossier.lock_version += 1
    journal.record(dossier, [line], actor=actor, at=at)
    dossier.save(update_fields=changed)


def _write_version(party: Party, field: str, value: str) -> None:
    corrected: dict[str, Any] = {field: value}
    opened = replace(sealing.open_party(party), **corrected)
    details = sealing.party_details(opened)
    Party.objects.filter(pk=party.pk).update(is_current=False)
    Party.objects.create(
        dossier_id=party.dossier_id, role=party.role, ordinal=party.ordinal, version=party.version + 1, kind=party.kind,
        full_name=opened.full_name, details_cipher=sealing.seal(details, purpose=sealing.PARTY),
        identity_digest=sealing.digest_or_none(details["identity"], purpose="identity"),
        phone_digest=sealing.digest_or_none(details["phone"], purpose="phone"),
        identity_digest_next=sealing.next_or_none(details["identity"], purpose="identity"),
        phone_digest_next=sealing.next_or_none(details["phone"], purpose="phone"),
    )  # fmt: skip
