"""Connectors: what service and send tasks may start outside the process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Call:
    """One run's passing of a service task. `event_id` is the same when the delivery is repeated."""

    event_id: int
    run_id: int
    node: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Connector:
    """A named act outside the process. `run` works in a transaction of its own and must bear being called twice."""

    name: str
    label: str | Promise
    run: Callable[[Call], None]
