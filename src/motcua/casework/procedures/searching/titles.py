"""The titles of a day in memory: which have a word, which have two words side by side. Pure.

A search asks for some twenty words at once; sets of numbers answer in a millisecond what the database takes fifty for.
What is shown is always asked of the database again, so nothing that is not in force is ever found.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

_NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title: the version's id, its folded name, folded words beside the name, an editor's prominence (0 to 100)."""

    version_id: int
    text: str
    beside: str
    prominence: int


@dataclass(frozen=True)
class Titles:
    """Titles by number, in Vietnamese order, and where each word stands.

    Attributes:
        rows: the titles; a title's place is its number.
        inside, beside: folded word -> numbers of titles that have it in the name, or only beside the name.
        together: pair of words -> numbers of titles in whose name the one follows the other.
        same: folded name -> numbers of the titles with exactly this name.
    """

    rows: tuple[TitleRow, ...]
    inside: dict[str, frozenset[int]]
    beside: dict[str, frozenset[int]]
    together: dict[tuple[str, str], frozenset[int]]
    same: dict[str, frozenset[int]]
    _trigrams: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of words of each name."""
        return tuple(row.text.count(" ") + 1 for row in self.rows)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self.inside)

    def of(self, word: str, *, prefix: bool) -> tuple[frozenset[int], frozenset[int]]:
        """Return the titles that have `word` (or a word starting so) in the name, and those only beside it."""
        if not prefix:
            return self.inside.get(word, _NOWHERE), self.beside.get(word, _NOWHERE)
        known, start = self._words, bisect_left(self._words, word)
        found: set[int] = set()
        while start < len(known) and known[start].startswith(word):
            found |= self.inside[known[start]]
            start += 1
        return frozenset(found), self.beside.get(word, _NOWHERE) - found

    def likeness(self, text: str, number: int) -> float:
        """Return how alike a text and a name are, 0 to 1: shared groups of three letters, as the database counts."""
        one, other = self._groups(text), self._groups(self.rows[number].text)
        return len(one & other) / (len(one | other) or 1)

    def _groups(self, text: str) -> set[str]:
        found: set[str] = set()
        for word in text.split():
            own = self._trigrams.get(word)
            if own is None:
                padded = f"  {word} "
                own = frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
                if len(self._trigrams) < 20_000:
                    self._trigrams[word] = own
            found |= own
        return found


def make_titles(rows: Iterable[TitleRow]) -> Titles:
    """Return the titles of `rows`, which come in the order in which equal hits are shown."""
    kept = tuple(rows)
    inside: dict[str, set[int]] = {}
    beside: dict[str, set[int]] = {}
    together: dict[tuple[str, str], set[int]] = {}
    same: dict[str, set[int]] = {}
    for number, row in enumerate(kept):
        words = row.text.split()
        own = set(words)
        for word in own:
            inside.setdefault(word, set()).add(number)
        for word in set(row.beside.split()) - own:
            beside.setdefault(word, set()).add(number)
        for pair in set(pairwise(words)):
            together.setdefault(pair, set()).add(number)
        same.setdefault(row.text, set()).add(number)
    return Titles(
        rows=kept,
        inside={word: frozenset(numbers) for word, numbers in inside.items()},
        beside={word: frozenset(numbers) for word, numbers in beside.items()},
        together={pair: frozenset(numbers) for pair, numbers in together.items()},
        same={text: frozenset(numbers) for text, numbers in same.items()},
    )
