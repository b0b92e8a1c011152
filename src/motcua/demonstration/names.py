"""Invents Vietnamese names with a fixed seed; never the name of a known office holder."""

import random

from motcua.demonstration import packaged
from motcua.foundation.core.folding import fold


def excluded() -> frozenset[str]:
    """Return the folded names that must not be invented."""
    return frozenset(fold(row["name"]) for row in packaged.rows("organisation/excluded_names.csv"))


class NameMaker:
    """Makes full names, the same for the same seed, none twice and none that is excluded."""

    def __init__(self, seed: int) -> None:
        parts = packaged.table("organisation/names.toml")
        self._random = random.Random(seed)  # noqa: S311 - invented people, not a secret
        self._families = list(parts["family"])
        self._weights = list(parts["family"].values())
        self._middle = parts["middle"]
        self._given = parts["given"]
        self._used = set(excluded())

    def next(self, sex: str = "") -> str:
        """Return a new full name; `sex` is male, female or '' for either."""
        for _attempt in range(10_000):
            kind = sex or self._random.choice(("male", "female"))
            family = self._random.choices(self._families, self._weights)[0]
            name = f"{family} {self._random.choice(self._middle[kind])} {self._random.choice(self._given[kind])}"
            folded = fold(name)
            parts = folded.split()
            if folded not in self._used and len(set(parts)) == len(parts):
                self._used.add(folded)
                return name
        raise ValueError("no name is left")
