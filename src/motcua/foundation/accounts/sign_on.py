"""Outside sign-on by OpenID Connect: VNeID for citizens, a ministry's or the province's own directory for staff.

Authlib speaks the protocol (discovery, state, nonce, PKCE, keys, the identity token); here stands whom we then know.
"""

import json
import secrets
from datetime import datetime
from functools import cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from joserfc.errors import JoseError

from motcua.foundation.accounts import contacts
from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import OutsideIdentity, Person, User
from motcua.foundation.accounts.types import EventKind, OutsideClaims, SignOn, SignOnFailed, SignOnUnknown
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import NotFound

TIMEOUT = 10
OUTSIDE = "accounts.outside"
_TROUBLE = (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, TypeError, RuntimeError)


def sign_ons(audience: str) -> tuple[SignOn, ...]:
    """Return the outside sign-ons configured for 'citizens' or 'staff'."""
    return tuple(item for item in _configured().values() if item.audience in {audience, "both"})


def sign_on(code: str, audience: str) -> SignOn:
    """Return one of them.

    Raises:
        NotFound: none of that code for this audience.
    """
    found = _configured().get(code)
    if found is None or found.audience not in {audience, "both"}:
        raise NotFound
    return found


def _configured() -> dict[str, SignOn]:
    return _read(json.dumps(settings.MOTCUA_SIGN_ONS, sort_keys=True))


@cache
def _read(text: str) -> dict[str, SignOn]:
    return {item["code"]: SignOn(**item) for item in json.loads(text)}


@cache
def _client(provider: SignOn) -> Any:
    return OAuth().register(
        provider.code,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=provider.metadata_url,
        client_kwargs={"scope": provider.scope, "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )


def go_there(request: HttpRequest, *, provider: SignOn, back: str) -> HttpResponseBase:
    """Return the redirect to the provider.

    Args:
        back: the absolute address that the provider leads back to, registered with it.

    Raises:
        SignOnFailed: the provider does not answer.
    """
    try:
        answer: HttpResponseBase = _client(provider).authorize_redirect(request, back)
    except _TROUBLE:
        raise SignOnFailed from None
    return answer


def come_back(request: HttpRequest, *, provider: SignOn) -> OutsideClaims:
    """Return whom the provider names, its token checked against its keys, our state and our nonce.

    Raises:
        SignOnFailed: anything about the answer is not as it has to be, or the person said no there.
    """
    try:
        token = _client(provider).authorize_access_token(request)
        claims = dict(token["userinfo"])
        if provider.name_claim not in claims and "userinfo_endpoint" in _client(provider).load_server_metadata():
            more = dict(_client(provider).userinfo(token=token))
            claims |= more if more.get("sub") == claims["sub"] else {}
        subject = str(claims["sub"])
    except _TROUBLE:
        raise SignOnFailed from None
    return OutsideClaims(
        provider=provider.code, subject=subject, full_name=str(claims.get(provider.name_claim) or "")[:150],
        username=str(claims.get(provider.match) or ""),
    )  # fmt: skip


@transaction.atomic
def citizen_of(claims: OutsideClaims, *, at: datetime) -> User:
    """Return the citizen whom the provider names; one who comes for the first time gets an account.

    An account is never found by name or identity number, which anybody could have typed into it before.

    Raises:
        SignOnUnknown: the identity belongs to a member of staff.
    """
    known = _known(claims)
    if known is not None:
        if not known.user.is_active or not Person.objects.filter(user=known.user, is_officer=False).exists():
            raise SignOnUnknown
        return known.user
    user = new_citizen(full_name=claims.full_name or "—", at=at)
    _link(user, claims, at=at)
    return user


def new_citizen(*, full_name: str, at: datetime, kind: str = "", contact: str = "") -> User:
    """Make a citizen's account without a password; the user name is nobody's business and made up.

    Raises:
        ContactTaken: somebody was quicker with this contact.
    """
    with transaction.atomic():
        user = User.objects.create_user(f"cd-{secrets.token_hex(8)}", None, date_joined=at)
        sealed: dict[str, Any] = {}
        if kind:
            sealed[f"{kind}_cipher"] = personal_data.encrypt(contact, purpose=f"person.{kind}")
        if kind == "phone":
            sealed["phone_digest"] = personal_data.digest(contact, purpose="phone")
            sealed["phone_digest_next"] = personal_data.next_digest(contact, purpose="phone")
        Person.objects.create(user=user, full_name=" ".join(full_name.split())[:150], **sealed)
        if kind:
            contacts.add_contact(user_id=user.pk, kind=kind, contact=contact, at=at)
    return user


@transaction.atomic
def staff_of(claims: OutsideClaims, *, at: datetime) -> User:
    """Return the member of staff whom the provider names by user name; accounts are made by the administrator only.

    Raises:
        SignOnUnknown: there is none, or not an active one.
    """
    user = User.objects.filter(
        username=claims.username or "", is_active=True, person__is_officer=True
    ).first()  # fmt: skip
    if user is None:
        raise SignOnUnknown
    known = _known(claims)
    if known is None:
        _link(user, claims, at=at)
    elif known.user_id != user.pk:
        raise SignOnUnknown
    return user


def _link(user: User, claims: OutsideClaims, *, at: datetime) -> None:
    OutsideIdentity.objects.create(user=user, provider=claims.provider, linked_at=at, **_subject(claims))
    note(user_id=user.pk, kind=EventKind.OUTSIDE_LINKED, at=at)


def _known(claims: OutsideClaims) -> OutsideIdentity | None:
    """Return who the provider names; one linked before subjects were sealed is sealed now, for the change of keys."""
    found = personal_data.matching("subject_digest", f"{claims.provider}:{claims.subject}", purpose=OUTSIDE)
    row = OutsideIdentity.objects.select_related("user").filter(found, provider=claims.provider).first()
    if row is not None and row.subject_cipher is None:
        OutsideIdentity.objects.filter(pk=row.pk).update(**_subject(claims))
    return row


def _subject(claims: OutsideClaims) -> dict[str, bytes | None]:
    text = f"{claims.provider}:{claims.subject}"
    return {
        "subject_digest": personal_data.digest(text, purpose=OUTSIDE),
        "subject_digest_next": personal_data.next_digest(text, purpose=OUTSIDE),
        "subject_cipher": personal_data.encrypt(text, purpose=OUTSIDE),
    }
