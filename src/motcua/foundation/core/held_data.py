"""What is held about a person: each app tells here what of it lies in its tables, and how an item is put right.

One registry feeds the citizen's page, the file they take with them and the requests to correct. Apps above are never
imported: they register themselves in AppConfig.ready(), like acts and followers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.foundation.core.types import NotFound

Correct = Callable[..., None]


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One value.

    Attributes:
        code: names the item among those of its section where it can be corrected, '' otherwise.
        value: in clear, as its owner may read it.
        masked: what stands on the page until its owner asks to see it; '' when there is nothing to hide.
    """

    label: str
    value: str
    code: str = ""
    masked: str = ""


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """One thing that consists of values: an account, a dossier, a rating."""

    title: str
    items: tuple[HeldItem, ...]


@dataclass(frozen=True, slots=True)
class HeldSection:
    """What one app holds.

    Attributes:
        why: for what it is held, on which ground and for how long.
    """

    code: str
    title: str
    why: str
    entries: tuple[HeldEntry, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """An app's answer to what it holds about a person.

    Attributes:
        order: place on the page, low first.
        collect: (actor, at) -> section of that citizen's own data; read afresh at each call.
        correct: (item, value, owner, actor, at, request) puts one item right by a new version; None: nothing can be.
    """

    code: str
    order: int
    collect: Callable[[Any, datetime], HeldSection]
    correct: Correct | None = None


_providers: dict[str, Provider] = {}


def register(*providers: Provider) -> None:
    """Add providers; called from AppConfig.ready()."""
    for item in providers:
        _providers[item.code] = item


def held_about(actor: Any, *, at: datetime) -> tuple[HeldSection, ...]:
    """Return everything held about a signed-in citizen, section by section."""
    ordered = sorted(_providers.values(), key=lambda item: (item.order, item.code))
    return tuple(item.collect(actor, at) for item in ordered)


def item_of(actor: Any, section: str, code: str, *, at: datetime) -> tuple[str, HeldItem]:
    """Return the title of the entry and the item that a citizen may ask to have corrected.

    Raises:
        NotFound: no such item of this citizen, or none that can be corrected.
    """
    provider = _providers.get(section)
    if provider is None or provider.correct is None or not code:
        raise NotFound
    for entry in provider.collect(actor, at).entries:
        for item in entry.items:
            if item.code == code:
                return entry.title, item
    raise NotFound


def correct(section: str, code: str, value: str, *, owner: Any, actor: Any, at: datetime, request: str) -> None:
    """Put one item right, in the caller's transaction.

    Raises:
        NotFound: nothing of that name can be corrected (any more).
        Invalid: the value is none of its kind.
    """
    provider = _providers.get(section)
    if provider is None or provider.correct is None:
        raise NotFound
    provider.correct(code, value, owner=owner, actor=actor, at=at, request=request)


def masked(value: str) -> str:
    """Return a number or address with its middle hidden: '0891 •••• 4127', 'd•••@example.vn'."""
    name, sign, host = value.partition("@")
    if sign:
        return f"{name[:1]}•••@{host}"
    return f"{value[:3]}••••{value[-3:]}" if len(value) > 6 else "••••" if value else ""
