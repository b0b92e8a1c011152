"""People of a filing: what the desk must know of them, and what makes a number one."""

import re
import unicodedata
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import PartyInput, PartyKind, PartyRole
from motcua.faces.api.schemas.filing import PartyIn
from motcua.foundation.core import personal_data

_PERSON = re.compile(r"\d{12}|[A-Z]{1,2}\d{6,8}")
_ORGANISATION = re.compile(r"\d{10}(\d{3})?")
_PHONE = re.compile(r"0\d{8,10}")


def read_parties(given: Sequence[PartyIn]) -> tuple[tuple[PartyInput, ...], dict[str, list[str]]]:
    """Return the parties in canonical form, and what is wrong by place, such as 'parties.0.identity'."""
    parties = tuple(_party(item) for item in given)
    wrong: dict[str, list[str]] = {}
    for place, party in enumerate(parties):
        for name, message in _faults(party).items():
            wrong[f"parties.{place}.{name}"] = [message]
    applicants = [party for party in parties if party.role == PartyRole.APPLICANT]
    if not applicants:
        wrong["parties"] = [_("Name at least one applicant.")]
    elif not any(party.phone for party in parties if party.role != PartyRole.RECIPIENT):
        wrong.setdefault("parties.0.phone", [_("Give a telephone number of the applicant or of whoever hands in.")])
    return parties, wrong


def _party(item: PartyIn) -> PartyInput:
    return PartyInput(
        full_name=" ".join(unicodedata.normalize("NFC", item.full_name).split()),
        role=item.role,
        kind=item.kind,
        identity=personal_data.normal_identity(item.identity),
        phone=personal_data.normal_phone(item.phone),
        email=item.email.strip(),
        address=" ".join(unicodedata.normalize("NFC", item.address).split()),
        born_on=item.born_on,
    )


def _faults(party: PartyInput) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if len(party.full_name) < 2 or not any(char.isalpha() for char in party.full_name):
        wrong["full_name"] = _("Give the full name as on the identity card.")
    pattern = _PERSON if party.kind == PartyKind.CITIZEN else _ORGANISATION
    is_needed = party.role == PartyRole.APPLICANT
    if (party.identity or is_needed) and not pattern.fullmatch(party.identity):
        wrong["identity"] = (
            _("A person's identity number has 12 digits; foreigners give the passport number.")
            if party.kind == PartyKind.CITIZEN
            else _("The number of an organisation has 10 or 13 digits.")
        )
    if party.phone and not _PHONE.fullmatch(party.phone):
        wrong["phone"] = _("A telephone number begins with 0 and has 10 digits.")
    if party.email:
        try:
            validate_email(party.email)
        except ValidationError:
            wrong["email"] = _("An e-mail address looks like ten@example.vn.")
    return wrong
