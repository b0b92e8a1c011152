"""Encrypting what is personal before it is stored, and opening it for those who may read it."""

import json
from datetime import date
from typing import Any

from motcua.casework.dossiers.models import Party
from motcua.casework.dossiers.types import PartyInput
from motcua.foundation.core import personal_data

PARTY, ANSWERS, DRAFT = "dossier.party", "dossier.answers", "dossier.draft"


def canonical(value: Any) -> str:
    """Return `value` as JSON with sorted keys, for digests and storage."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def seal(value: Any, *, purpose: str) -> bytes:
    """Return the encrypted canonical JSON of `value`."""
    return personal_data.encrypt(canonical(value), purpose=purpose)


def unseal(stored: bytes | memoryview, *, purpose: str) -> Any:
    """Return the value that `seal` encrypted."""
    return json.loads(personal_data.decrypt(stored, purpose=purpose))


def party_details(party: PartyInput) -> dict[str, str]:
    """Return what of a party is encrypted."""
    return {
        "identity": personal_data.normal_identity(party.identity),
        "phone": personal_data.normal_phone(party.phone),
        "email": party.email.strip(),
        "address": party.address.strip(),
        "born_on": party.born_on.isoformat() if party.born_on else "",
    }


def digest_or_none(value: str, *, purpose: str) -> bytes | None:
    """Return the search digest of a normalised value, None for an empty one."""
    return personal_data.digest(value, purpose=purpose) if value else None


def next_or_none(value: str, *, purpose: str) -> bytes | None:
    """Return the digest under the coming key, None for an empty value or while the key is not being changed."""
    return personal_data.next_digest(value, purpose=purpose) if value else None


def open_party(party: Party) -> PartyInput:
    """Return a party in clear."""
    details = unseal(party.details_cipher, purpose=PARTY)
    born = details.get("born_on")
    return PartyInput(
        full_name=party.full_name,
        role=party.role,
        kind=party.kind,
        identity=details["identity"],
        phone=details["phone"],
        email=details["email"],
        address=details["address"],
        born_on=date.fromisoformat(born) if born else None,
    )
