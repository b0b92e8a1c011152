"""The production application, living by the clock of the journeys."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from django.conf import settings

from motcua.config.wsgi import application as served
from tests.journeys.clock import Follower

_follower = Follower(settings.JOURNEY_CLOCK)
_turning = Lock()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Look at the clock, then serve."""
    with _turning:
        _follower.follow()
    return served(environ, start_response)
