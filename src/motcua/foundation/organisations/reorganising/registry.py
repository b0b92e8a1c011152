"""What hangs on agencies and follows them: upper apps register theirs, so that nothing here knows them (ADR 15)."""

from collections.abc import Mapping, Sequence
from datetime import date

from motcua.foundation.organisations.types import Affected, Follower

_followers: dict[str, Follower] = {}
_SHOWN = 50


def register_follower(*followers: Follower) -> None:
    """Add kinds of things that follow an agency to its heir. Called from AppConfig.ready()."""
    for item in followers:
        _followers[item.code] = item


def followers() -> list[Follower]:
    """Return all kinds of things in their order."""
    return sorted(_followers.values(), key=lambda item: (item.order, item.code))


def affected(ended: Mapping[int, str], heirless: frozenset[int], *, on: date) -> list[Affected]:
    """Return how many things of each kind hang on the agencies; a query or two a kind.

    Args:
        ended: id -> code of the agencies that end, or go along below another one.
        heirless: those that end without an heir.
    """
    ids: Sequence[int] = list(ended)
    found = []
    for item in followers():
        counts = {key: number for key, number in item.count(ids, on).items() if number} if ids else {}
        largest = sorted(counts.items(), key=lambda pair: (-pair[1], ended.get(pair[0], "")))
        found.append(
            Affected(
                code=item.code,
                label=str(item.label),
                total=sum(counts.values()),
                homeless=tuple((ended[key], number) for key, number in largest if key in heirless and item.needs_home),
                follows=item.follow is not None or item.goes_along,
                by_agency=tuple((ended[key], number) for key, number in largest[:_SHOWN] if key in ended),
            )
        )
    return found
