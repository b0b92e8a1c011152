"""The outbox: facts written with the change, handed to subscribers after commit by the relay.

`publish` writes one row and nothing else. Order inside one subject follows the subject's lock: rows of one dossier are
numbered under its lock, so their ids are in commit order.
"""

import dataclasses
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import connection

from motcua.foundation.core import statements

INSERT = "INSERT INTO core_outbox_event (topic, subject, payload, occurred_at) VALUES (%s, %s, %s, %s)"


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense: ids, codes, instants only. Subclasses set `topic` and `subject_field`."""

    topic: ClassVar[str]
    subject_field: ClassVar[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Delivered:
    """One event as a subscriber gets it."""

    id: int
    topic: str
    subject: str
    payload: dict[str, Any]
    occurred_at: datetime


Handler = Callable[[Sequence[Delivered]], None]
_subscribers: dict[str, tuple[frozenset[str], Handler]] = {}


def subscribe(name: str, *, topics: Sequence[type[Event]], handler: Handler) -> None:
    """Register `handler` under a stable `name` for the given event classes. Called from AppConfig.ready()."""
    _subscribers[name] = (frozenset(topic.topic for topic in topics), handler)


def subscribers() -> dict[str, tuple[frozenset[str], Handler]]:
    """Return name -> (topics, handler)."""
    return dict(_subscribers)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def publish(event: Event, *, at: datetime) -> None:
    """Write `event` into the outbox of the present transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() outside a transaction could announce what never happened")
    with statements.prepared() as cursor:
        cursor.execute(INSERT, row_of(event, at=at))


def row_of(event: Event, *, at: datetime) -> tuple[str, str, str, datetime]:
    """Return the values of `INSERT` for services that write the outbox row in one statement with their change."""
    payload = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    subject = str(payload[event.subject_field])
    return event.topic, subject, json.dumps(payload, default=_plain), at
