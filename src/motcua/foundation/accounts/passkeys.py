"""Passkeys (WebAuthn) as second factor; the protocol is python-fido2's."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import Passkey, User
from motcua.foundation.accounts.second_factor import drop_idle_recovery
from motcua.foundation.accounts.types import EventKind, WrongCode
from motcua.foundation.core.types import Invalid, NotFound

MOST = 8
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, LookupError)


def _server(host: str, name: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host.partition(":")[0], name=name))


def begin_passkey(*, user_id: int, host: str, site: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (options for the browser as JSON values, state for the session) of a new passkey."""
    user = User.objects.get(pk=user_id)
    entity = PublicKeyCredentialUserEntity(id=user.public_id.bytes, name=user.username, display_name=user.username)
    options, state = _server(host, site).register_begin(
        entity, _credentials(user_id), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), state


@transaction.atomic
def add_passkey(
    *, user_id: int, host: str, site: str, state: dict[str, Any], answer: str, name: str, at: datetime
) -> None:
    """Keep a passkey from the browser's answer (JSON).

    Raises:
        WrongCode: the answer does not fit what was asked.
        Invalid: there are eight already.
    """
    User.objects.select_for_update().get(pk=user_id)
    if Passkey.objects.filter(user_id=user_id).count() >= MOST:
        raise Invalid(message=_("You have eight passkeys. Remove one that you no longer use first."))
    try:
        made: AuthenticatorData = _server(host, site).register_complete(state, json.loads(answer))
        credential = made.credential_data
    except _BROKEN:
        raise WrongCode(message=_("The passkey could not be set up. Try again.")) from None
    if credential is None or Passkey.objects.filter(credential_id=credential.credential_id).exists():
        raise WrongCode(message=_("The passkey could not be set up. Try again."))
    Passkey.objects.create(
        user_id=user_id, name=" ".join(name.split())[:60] or _("Passkey"), credential_id=credential.credential_id,
        credential=bytes(credential), sign_count=made.counter, created_at=at,
    )  # fmt: skip
    note(user_id=user_id, kind=EventKind.PASSKEY_ADDED, at=at)


def begin_passkey_check(*, user_id: int, host: str, site: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (options for the browser, state for the session) to show one of the user's passkeys."""
    options, state = _server(host, site).authenticate_begin(
        _credentials(user_id), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), state


@transaction.atomic
def check_passkey(*, user_id: int, host: str, site: str, state: dict[str, Any], answer: str, at: datetime) -> None:
    """Take the browser's answer.

    Raises:
        WrongCode: it is not signed by a passkey of this user, or by one whose counter went back (a copy).
    """
    refused = WrongCode(message=_("The passkey was not accepted. Try again, or use a code."))
    try:
        given = json.loads(answer)
        used = _server(host, site).authenticate_complete(state, _credentials(user_id), given)
        row = Passkey.objects.select_for_update().get(user_id=user_id, credential_id=used.credential_id)
        counter = _counter(given)
    except (*_BROKEN, Passkey.DoesNotExist):
        raise refused from None
    if (row.sign_count or counter) and counter <= row.sign_count:
        raise refused
    row.sign_count, row.used_at = counter, at
    row.save(update_fields=["sign_count", "used_at"])


def _counter(given: dict[str, Any]) -> int:
    return AuthenticatorData(websafe_decode(given["response"]["authenticatorData"])).counter


def _credentials(user_id: int) -> list[AttestedCredentialData]:
    rows = Passkey.objects.filter(user_id=user_id).order_by("pk").values_list("credential", flat=True)
    return [AttestedCredentialData(bytes(row)) for row in rows]


@transaction.atomic
def remove_passkey(*, user_id: int, public_id: UUID, at: datetime) -> None:
    """Take a passkey off.

    Raises:
        NotFound: none of this user's.
    """
    if not Passkey.objects.filter(user_id=user_id, public_id=public_id).delete()[0]:
        raise NotFound
    note(user_id=user_id, kind=EventKind.PASSKEY_REMOVED, at=at)
    drop_idle_recovery(user_id)
