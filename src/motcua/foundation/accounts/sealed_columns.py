"""What of the accounts is encrypted and how it is found: for the change of keys. Private."""

import json
from collections.abc import Mapping

from motcua.foundation.accounts.contacts import read_contact
from motcua.foundation.accounts.sign_on import OUTSIDE
from motcua.foundation.core.rotation import Sealed, Values
from motcua.foundation.core.types import Invalid


def _person(texts: Mapping[str, str]) -> Values:
    return {
        f"{name}_digest": (texts[f"{name}_cipher"], name) if f"{name}_cipher" in texts else None
        for name in ("identity", "phone")
    }


def _by_contact(contact: str) -> tuple[str, str] | None:
    try:
        kind, normal = read_contact(contact)
    except Invalid:
        return None
    return normal, f"contact.{kind}"


def _contact(texts: Mapping[str, str]) -> Values:
    contact = texts["cipher"]
    kind = "email" if "@" in contact else "phone"
    return {"digest": (contact, f"contact.{kind}")}


def _representation(texts: Mapping[str, str]) -> Values:
    return {"deputy_contact_digest": _by_contact(json.loads(texts["principal_cipher"]).get("deputy_contact", ""))}


SEALED = (
    Sealed(
        "accounts_person",
        {
            name: f"person.{name.removesuffix('_cipher')}"
            for name in ("identity_cipher", "phone_cipher", "email_cipher")
        },
        ("identity_digest", "phone_digest"),
        _person,
    ),
    Sealed("accounts_contact", {"cipher": "accounts.contact"}, ("digest",), _contact),
    Sealed(
        "accounts_outside_identity",
        {"subject_cipher": OUTSIDE},
        ("subject_digest",),
        lambda texts: {"subject_digest": (texts["subject_cipher"], OUTSIDE)},
    ),
    Sealed(
        "accounts_representation",
        {"principal_cipher": "accounts.representation"},
        ("deputy_contact_digest",),
        _representation,
    ),
    Sealed("accounts_authenticator", {"secret_cipher": "accounts.authenticator"}),
    Sealed("accounts_one_time_code", {"contact_cipher": "accounts.contact"}),
    Sealed("accounts_correction", {"content_cipher": "accounts.correction"}),
)
