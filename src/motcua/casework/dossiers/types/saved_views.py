"""Saved views of lists: what may be kept of a list, and how a view is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Refusal


class TooManyViews(Refusal):
    """Somebody keeps as many views as the bar has room for."""

    code = "too-many-views"
    message = _("You keep %(most)s views already. Delete one that you do not need any more.")


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What views of one list may hold: filters with their values (None: free words), columns, indexed orders."""

    filters: Mapping[str, frozenset[str] | None]
    columns: tuple[str, ...]
    sorts: tuple[str, ...]


WORK = "work"
LISTS = {
    WORK: ListSpec(
        filters={
            "scope": frozenset({"mine", "unit", "agency"}),
            "due": frozenset({"overdue", "today", "soon", "new"}),
            "wait": frozenset({"citizen", "bodies"}),
            "given": frozenset({"me"}),
            "q": None,
        },
        columns=("code", "step", "since", "whole", "unit", "channel", "state"),
        sorts=("due",),
    )
}
MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class SavedViewCard:
    """A view as it is shown.

    Attributes:
        filters, columns: only what the list still knows; `unknown` names what it does not know any more.
        owner: name of whose it is, '' for one's own.
    """

    public_id: UUID
    name: str
    place: str
    filters: Mapping[str, str]
    columns: tuple[str, ...]
    sort: str
    is_mine: bool
    is_shared: bool
    is_default: bool
    owner: str = ""
    unknown: tuple[str, ...] = field(default=())


def known(place: str, filters: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the filters that a list knows, and the others as 'name=value'."""
    spec = LISTS[place].filters
    good: dict[str, str] = {}
    bad = []
    for name, value in filters.items():
        allowed = spec.get(name, frozenset())
        if isinstance(value, str) and (len(value) <= MOST_WORDS if allowed is None else value in allowed):
            good[name] = value
        else:
            bad.append(f"{name}={value}"[:MOST_WORDS])
    return good, tuple(bad)


def kept_key(agency_id: int, place: str) -> str:
    """Return under which key a process remembers the views of an agency."""
    return f"dossiers.views.{agency_id}.{place}"


def home_agency(actor: Actor) -> int | None:
    """Return the agency in which the actor shares views: that of the first post."""
    return actor.posts[0].agency_id if actor.posts else None
