"""Who acts in this request: kept in this process as long as the user's row, which every request reads, is the same.

Posts, leave and orders of inspection write a new version of that row (migration accounts 0009), so what was given or
taken away counts with the next request. The half minute is for the structure of agencies, which changes by the day.
"""

import time
from datetime import datetime
from typing import Any

from motcua.foundation.accounts import selectors
from motcua.foundation.accounts.backends import version_of
from motcua.foundation.accounts.types import PUBLIC, Actor
from motcua.foundation.core import clock

KEPT_SECONDS = 30.0
MOST_KEPT = 5_000
_kept: dict[tuple[int, str], tuple[float, tuple[str, ...], Actor]] = {}


def actor_of(user: Any, *, at: datetime) -> Actor:
    """Return the actor of a signed-in user, PUBLIC for anybody else."""
    if not user.is_authenticated:
        return PUBLIC
    day = clock.civil_day(at)
    key, version = (user.pk, day.isoformat()), version_of(user)
    held = _kept.get(key)
    if held is not None and held[0] > time.monotonic() and held[1] == version:
        return held[2]
    actor = selectors.actor_for_user(user.pk, on=day)
    if version is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (time.monotonic() + KEPT_SECONDS, version, actor)
    return actor


def forget() -> None:
    """Drop all that is kept; for tests, where posts change from one request to the next."""
    _kept.clear()
