"""Giving keys to programs, taking them back, and remembering what was sent under an idempotency key. Private."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.accounts.api_clients import ApiClient
from motcua.foundation.accounts.types import ApiClientCard, ApiScope, IdempotencyKeyReused, IssuedKey
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import Invalid, NotFound

PREFIX = "mc_"
DEFAULT_PER_MINUTE = 300
# The empty update makes a concurrent second request wait for the first and then see its digest.
_CLAIM = """
INSERT INTO accounts_api_request AS r (client_id, key_digest, content_digest, created_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (client_id, key_digest) DO UPDATE SET created_at = r.created_at RETURNING content_digest
"""


def digest_of(key: str) -> bytes:
    """Return the stored form of a key."""
    return hashlib.sha256(key.encode()).digest()


@transaction.atomic
def issue_api_key(
    *,
    name: str,
    scopes: Iterable[str],
    at: datetime,
    valid_from: date,
    valid_until: date | None = None,
    per_minute: int = DEFAULT_PER_MINUTE,
) -> IssuedKey:
    """Register a program and return its key: the only time that it is seen in clear.

    Args:
        valid_until: the first day on which it no longer works; None for no end.

    Raises:
        Invalid: unknown or no scope, a rate below one, or an empty range; `fields` says which.
    """
    wanted = sorted(set(scopes))
    wrong: dict[str, list[str]] = {}
    if not wanted or set(wanted) - set(ApiScope.values):
        wrong["scopes"] = [", ".join(ApiScope.values)]
    if per_minute < 1:
        wrong["per_minute"] = ["1"]
    if valid_until is not None and valid_until <= valid_from:
        wrong["valid_until"] = [valid_from.isoformat()]
    if not name.strip():
        wrong["name"] = [""]
    if wrong:
        raise Invalid(wrong)
    key = PREFIX + secrets.token_urlsafe(32)
    client = ApiClient.objects.create(
        name=name.strip()[:120],
        key_digest=digest_of(key),
        key_hint=key[-4:],
        scopes=wanted,
        per_minute=per_minute,
        valid=DateRange(valid_from, valid_until),
        issued_at=at,
    )
    return IssuedKey(client=card_of(client), key=key)


@transaction.atomic
def revoke_api_key(*, public_id: UUID, at: datetime) -> None:
    """Take a program's key back at once; revoking twice keeps the first instant.

    Raises:
        NotFound: no such program.
    """
    client = ApiClient.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if client is None:
        raise NotFound
    if client.revoked_at is None:
        client.revoked_at = at
        client.save(update_fields=["revoked_at"])


def claim_api_request(*, client_id: int, key: str, content: bytes, at: datetime) -> None:
    """Bind an idempotency key to what is sent under it, in the caller's transaction.

    The content is digested under the house's own key, since it holds personal data that could be guessed.

    Raises:
        IdempotencyKeyReused: the same key came with other content before.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("claim_api_request() outside a transaction could keep a key for what was never done")
    # Under the coming key where there is one, so that thirty days later no request is bound to the former key.
    *others, sent = personal_data.digests(hashlib.sha256(content).hexdigest(), purpose="api-request")
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [client_id, hashlib.sha256(key.encode()).digest(), sent, at])
        known = cursor.fetchone()[0]
    if bytes(known) not in (sent, *others):
        raise IdempotencyKeyReused


def card_of(client: ApiClient) -> ApiClientCard:
    """Return the frozen picture of a program."""
    return ApiClientCard(
        id=client.pk,
        public_id=client.public_id,
        name=client.name,
        scopes=frozenset(client.scopes),
        per_minute=client.per_minute,
    )
