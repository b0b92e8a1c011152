"""Who acts in this request. Posts change rarely: what was read is kept for half a minute in this process."""

import time
from datetime import datetime
from typing import Any

from motcua.foundation.accounts import selectors
from motcua.foundation.accounts.types import PUBLIC, Actor
from motcua.foundation.core import clock

KEPT_SECONDS = 30.0
MOST_KEPT = 5_000
_kept: dict[tuple[int, str], tuple[float, Actor]] = {}


def actor_of(user: Any, *, at: datetime) -> Actor:
    """Return the actor of a signed-in user, PUBLIC for anybody else."""
    if not user.is_authenticated:
        return PUBLIC
    day = clock.civil_day(at)
    key = (user.pk, day.isoformat())
    held = _kept.get(key)
    if held is not None and held[0] > time.monotonic():
        return held[1]
    actor = selectors.actor_for_user(user.pk, on=day)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = (time.monotonic() + KEPT_SECONDS, actor)
    return actor


def forget() -> None:
    """Drop all that is kept; for tests, where posts change from one request to the next."""
    _kept.clear()
