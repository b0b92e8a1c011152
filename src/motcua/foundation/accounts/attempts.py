"""Failed attempts and their delays: whoever guesses waits longer each time, whoever owns the account goes on.

Three buckets count for one attempt, each as a digest:

1. the name together with the address it is tried from, or with the device that signed in under it before. Five failures
   are free, then each makes the next wait: 15 seconds, doubled up to 15 minutes;
2. the address, over all names: sixty failures in a quarter of an hour;
3. the name, over all strange addresses: a hundred failures in an hour. Above that only devices that the owner used
   before may try, so that a crowd that guesses keeps nobody from their own desk.

A device that is known skips 2 and 3: its cookie was given after a sign-in under this very name. An attempt counts as
failed in the moment it begins and is taken back when it succeeds, so that a hundred at once count a hundred. An unknown
name is counted like a known one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import connection

from motcua.foundation.accounts.models import FailureRun
from motcua.foundation.core.throttling import count_attempt, take_back
from motcua.foundation.core.types import TooMany

FREE, FIRST_WAIT, LONGEST_WAIT, FORGOTTEN_AFTER = 5, 15, 900, timedelta(hours=24)
PER_ADDRESS, ADDRESS_WINDOW = 60, timedelta(minutes=15)
PER_NAME, NAME_WINDOW = 100, timedelta(hours=1)
DEVICE_COOKIE, DEVICE_AGE = "motcua_device", timedelta(days=180)
_SALT = "motcua.accounts.device"
_MOST_NAMES = 6

# Counts the attempt unless the bucket is blocked at this instant. A run is forgotten a day after its last attempt.
_BEGIN = """
INSERT INTO accounts_failure_run AS r (bucket, failures, last_at, blocked_until) VALUES (%(bucket)s, 1, %(at)s, %(at)s)
ON CONFLICT (bucket) DO UPDATE SET
  failures = CASE WHEN r.last_at < %(old)s THEN 1 ELSE r.failures + 1 END,
  last_at = %(at)s,
  blocked_until = CASE
    WHEN r.last_at < %(old)s OR r.failures + 1 < %(free)s THEN %(at)s
    ELSE %(at)s
      + make_interval(secs => least(%(longest)s, %(first)s * power(2, least(r.failures + 1 - %(free)s, 20)))) END
WHERE r.blocked_until <= %(at)s
RETURNING failures
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt under way, counted as failed until `succeeded`."""

    name: str
    place: str
    is_known: bool
    at: datetime


def begin(*, scope: str, name: str, address: str, device: str, at: datetime) -> Attempt:
    """Count an attempt.

    Args:
        scope: 'sign-in' or 'second': what is tried.
        name: user name as typed; it is kept as a digest only.
        device: the device cookie of the browser, '' without one.

    Raises:
        TooMany: this bucket has to wait.
    """
    key = name.strip().lower()
    nonce = device_nonce(device, key, at=at)
    place = f"device:{nonce}" if nonce else f"address:{address}"
    attempt = Attempt(f"{scope}:{key}", place, bool(nonce), at)
    _count_run(_bucket(attempt), at)
    if not attempt.is_known:
        count_attempt(scope="failures-of-address", key=address, limit=PER_ADDRESS, window=ADDRESS_WINDOW, at=at)
        count_attempt(scope="failures-of-name", key=attempt.name, limit=PER_NAME, window=NAME_WINDOW, at=at)
    return attempt


def succeeded(attempt: Attempt, *, address: str) -> None:
    """Take the attempt back: it was no failure."""
    FailureRun.objects.filter(bucket=_bucket(attempt)).delete()
    if not attempt.is_known:
        take_back(scope="failures-of-address", key=address, window=ADDRESS_WINDOW, at=attempt.at)
        take_back(scope="failures-of-name", key=attempt.name, window=NAME_WINDOW, at=attempt.at)


def sweep_failures(*, at: datetime) -> int:
    """Forget runs whose last attempt was a day ago; return how many."""
    return FailureRun.objects.filter(last_at__lt=at - FORGOTTEN_AFTER).delete()[0]


def _bucket(attempt: Attempt) -> bytes:
    return hashlib.blake2b(f"{attempt.name}|{attempt.place}".encode(), digest_size=16).digest()


def _count_run(bucket: bytes, at: datetime) -> None:
    values: dict[str, Any] = {
        "bucket": bucket, "at": at, "old": at - FORGOTTEN_AFTER,
        "free": FREE, "first": FIRST_WAIT, "longest": LONGEST_WAIT,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        if cursor.fetchone() is not None:
            return
    until = FailureRun.objects.filter(bucket=bucket).values_list("blocked_until", flat=True).first() or at
    raise TooMany(minutes=max(1, -(-int((until - at).total_seconds()) // 60)))


def device_nonce(cookie: str, name: str, *, at: datetime) -> str:
    """Return the nonce that a device cookie holds for a name, '' when it was never used to sign in under it."""
    return _names(cookie, at=at).get(_short(name.strip().lower()), ["", 0])[0]


def device_cookie(cookie: str, name: str, *, nonce: str, at: datetime) -> str:
    """Return the cookie that lets this device be known under the name from now on; the newest names stay."""
    names = _names(cookie, at=at)
    key = _short(name.strip().lower())
    names.pop(key, None)
    names[key] = [nonce, int(at.timestamp())]
    return signing.dumps(dict(list(names.items())[-_MOST_NAMES:]), salt=_SALT, compress=True)


def _names(cookie: str, *, at: datetime) -> dict[str, list]:
    if not cookie:
        return {}
    try:
        held = signing.loads(cookie, salt=_SALT)
    except signing.BadSignature:
        return {}
    oldest = (at - DEVICE_AGE).timestamp()
    return {key: value for key, value in held.items() if value[1] >= oldest}


def _short(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
