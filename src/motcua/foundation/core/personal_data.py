"""Personal data at rest: AES-GCM ciphertext with a key number, and an HMAC digest under another key for exact search.

Stored form: two bytes key number (big endian), twelve bytes nonce, ciphertext with tag. `purpose` is bound as
associated data, so a value copied into another column does not decrypt.

While the key of digests is being changed, each digest stands twice: under the key in use and, in the column `…_next`,
under the coming one. Whoever looks something up asks for either (`matching`).
"""

import base64
import hashlib
import hmac
import os
import re
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q


@lru_cache(maxsize=4)
def _keys(value: str) -> dict[int, AESGCM]:
    keys = {}
    for part in filter(None, (item.strip() for item in value.split(","))):
        number, _, encoded = part.partition(":")
        keys[int(number)] = AESGCM(base64.b64decode(encoded))
    if not keys:
        raise ImproperlyConfigured("Set MOTCUA_DATA_KEYS to number:base64 pairs of 32-byte keys.")
    return keys


def encrypt(text: str, *, purpose: str) -> bytes:
    """Return `text` encrypted under the newest key; the result differs each time."""
    keys = _keys(settings.MOTCUA_DATA_KEYS)
    number = max(keys)
    nonce = os.urandom(12)
    return number.to_bytes(2, "big") + nonce + keys[number].encrypt(nonce, text.encode(), purpose.encode())


def decrypt(stored: bytes | memoryview, *, purpose: str) -> str:
    """Return the text of `stored`.

    Raises:
        cryptography.exceptions.InvalidTag: wrong key or purpose, or the bytes were changed.
        KeyError: the key of that number is not configured.
    """
    data = bytes(stored)
    key = _keys(settings.MOTCUA_DATA_KEYS)[int.from_bytes(data[:2], "big")]
    return key.decrypt(data[2:14], data[14:], purpose.encode()).decode()


def key_number(stored: bytes | memoryview) -> int:
    """Return the number of the key under which a value is encrypted."""
    return int.from_bytes(bytes(stored)[:2], "big")


def newest_key() -> int:
    """Return the number of the key that encrypts."""
    return max(_keys(settings.MOTCUA_DATA_KEYS))


def known_keys() -> tuple[int, ...]:
    """Return the numbers of all configured keys."""
    return tuple(sorted(_keys(settings.MOTCUA_DATA_KEYS)))


def digest(normalised: str, *, purpose: str) -> bytes:
    """Return the 32-byte HMAC-SHA-256 of an already normalised value, for exact search."""
    return _digest(settings.MOTCUA_DIGEST_KEY, "MOTCUA_DIGEST_KEY", normalised, purpose)


def next_digest(normalised: str, *, purpose: str) -> bytes | None:
    """Return the digest under the coming key, None while the key is not being changed."""
    if not settings.MOTCUA_DIGEST_KEY_NEXT:
        return None
    return _digest(settings.MOTCUA_DIGEST_KEY_NEXT, "MOTCUA_DIGEST_KEY_NEXT", normalised, purpose)


def digests(normalised: str, *, purpose: str) -> list[bytes]:
    """Return the digest under every configured key, the one in use first."""
    coming = next_digest(normalised, purpose=purpose)
    return [digest(normalised, purpose=purpose), *([coming] if coming else [])]


def matching(column: str, normalised: str, *, purpose: str) -> Q:
    """Return the condition that finds a value by its digest in `column` or in the second column beside it."""
    found = digests(normalised, purpose=purpose)
    return Q(**{f"{column}__in": found}) | Q(**{f"{column}_next__in": found})


def _digest(encoded: str, name: str, normalised: str, purpose: str) -> bytes:
    key = base64.b64decode(encoded)
    if len(key) < 32:
        raise ImproperlyConfigured(f"Set {name} to a base64 key of 32 bytes.")
    return hmac.new(key, f"{purpose}:{normalised}".encode(), hashlib.sha256).digest()


def normal_phone(text: str) -> str:
    """Return a phone number as digits in national form: '+84 913 000 128' -> '0913000128'; '' when there are none."""
    digits = re.sub(r"\D", "", text).removeprefix("00")
    if digits.startswith("84") and len(digits) >= 11:
        digits = "0" + digits[2:]
    return digits


def normal_identity(text: str) -> str:
    """Return an identity number upper-cased without separators: '0891 9000-4127' -> '089190004127'."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())
