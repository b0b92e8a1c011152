"""Counting attempts atomically in fixed windows of the database, shared by all web nodes."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection

from motcua.foundation.core.types import TooMany

_COUNT = """
INSERT INTO core_attempt AS a (bucket, window_start, count) VALUES (%s, %s, 1)
ON CONFLICT (bucket, window_start) DO UPDATE SET count = a.count + 1 RETURNING count
"""
_TAKE_BACK = "UPDATE core_attempt SET count = count - 1 WHERE bucket = %s AND window_start = %s AND count > 0"


def count_attempt(*, scope: str, key: str, limit: int, window: timedelta, at: datetime) -> int:
    """Count one attempt and return how many there were in the present window.

    The key is stored as a digest, never in clear. Runs outside or inside a transaction; call it in its own
    so that a later roll-back does not forget the attempt.

    Raises:
        TooMany: the attempt is above `limit`.
    """
    seconds = int(window.total_seconds())
    start = int(at.timestamp()) // seconds * seconds
    bucket = _bucket(scope, key)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [bucket, datetime.fromtimestamp(start, tz=at.tzinfo)])
        count = cursor.fetchone()[0]
    if count > limit:
        raise TooMany(minutes=max(1, (start + seconds - int(at.timestamp()) + 59) // 60))
    return count


def take_back(*, scope: str, key: str, window: timedelta, at: datetime) -> None:
    """Take one counted attempt back: it turned out to be none of those that are limited."""
    seconds = int(window.total_seconds())
    start = int(at.timestamp()) // seconds * seconds
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, [_bucket(scope, key), datetime.fromtimestamp(start, tz=at.tzinfo)])


def _bucket(scope: str, key: str) -> bytes:
    return hashlib.blake2b(f"{scope}:{key}".encode(), digest_size=16).digest()
