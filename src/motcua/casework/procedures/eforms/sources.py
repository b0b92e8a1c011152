"""Where a field may be filled in from: the account, earlier dossiers, registers of the state; named sources.

A register that no connection serves is listed as such and cannot be chosen: a form never promises what it cannot do.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class PrefillSource:
    """One source; `is_connected` says whether it can be chosen."""

    code: str
    label: str | Promise
    is_connected: bool = True


_sources: dict[str, PrefillSource] = {}


def register_prefill(*sources: PrefillSource) -> None:
    """Add sources, or say anew that one is connected."""
    for source in sources:
        _sources[source.code] = source


def prefill_sources() -> list[PrefillSource]:
    """Return all sources, the connected ones first."""
    return sorted(_sources.values(), key=lambda source: not source.is_connected)


def prefills() -> set[str]:
    """Return the codes that a field may name."""
    return {source.code for source in _sources.values() if source.is_connected}


register_prefill(
    PrefillSource("full_name", _("Applicant: full name")),
    PrefillSource("birth_date", _("Applicant: date of birth")),
    PrefillSource("identity_no", _("Applicant: identity number")),
    PrefillSource("gender", _("Applicant: sex")),
    PrefillSource("phone", _("Applicant: phone number")),
    PrefillSource("email", _("Applicant: e-mail")),
    PrefillSource("address", _("Applicant: address")),
    PrefillSource(EARLIER, _("The applicant's latest dossier with a field of this name")),
    PrefillSource("register:population", _("National population database"), is_connected=False),
    PrefillSource("register:business", _("National business register"), is_connected=False),
    PrefillSource("register:land", _("Land database"), is_connected=False),
)
