"""A search text made into weighted terms: the words themselves, their neighbours, and what everyday words stand for."""

from dataclasses import dataclass
from itertools import pairwise

from motcua.casework.procedures.searching.lexicon import Lexicon

_MAX_WORDS = 24
_MAX_VARIANTS = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a text: folded words with weights, pairs of neighbours with weights.

    Attributes:
        text: the folded text, compared as a whole with names.
        unknown: weight of the words that no name has: they keep a reading from covering everything.
        trust: 1 for what was typed, less for a synonym.
    """

    text: str
    words: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[str, str, float], ...]
    unknown: float
    trust: float

    @property
    def weight(self) -> float:
        """Return the sum of the words' weights."""
        return sum(weight for _word, weight in self.words) + self.unknown or 1.0

    @property
    def pair_weight(self) -> float:
        """Return the sum of the pairs' weights."""
        return sum(weight for _one, _other, weight in self.pairs) or 1.0


def readings(words: list[str], lexicon: Lexicon) -> tuple[Variant, ...]:
    """Return the readings of folded words: as typed, then with everyday phrases replaced by what they stand for."""
    text = " ".join(words)
    variants = [_variant(words, lexicon, trust=1.0)]
    seen = {text}
    for phrase, meanings in lexicon.synonyms:
        if f" {phrase} " not in f" {text} ":
            continue
        for meaning in meanings:
            replaced = f" {text} ".replace(f" {phrase} ", f" {meaning} ").strip()
            if replaced not in seen and len(variants) < _MAX_VARIANTS:
                seen.add(replaced)
                variants.append(_variant(replaced.split(), lexicon, trust=0.97))
    return tuple(variants)


def _variant(words: list[str], lexicon: Lexicon, *, trust: float) -> Variant:
    weighed = {word: lexicon.rarity(word) for word in words}
    known = sorted(((word, weight) for word, weight in weighed.items() if weight), key=lambda item: -item[1])
    pairs = {
        (one, other): (weighed[one] + weighed[other]) / 2
        for one, other in pairwise(words)
        if (one, other) in lexicon.follows
    }
    return Variant(
        text=" ".join(words),
        words=tuple(known[:_MAX_WORDS]),
        unknown=sum(lexicon.unknown_weight for word in weighed if not lexicon.knows(word)),
        pairs=tuple((one, other, weight) for (one, other), weight in list(pairs.items())[:_MAX_WORDS]),
        trust=trust,
    )


def content_words(variants: tuple[Variant, ...]) -> frozenset[str]:
    """Return the words worth marking in a name: those of all readings that tell something."""
    return frozenset(word for variant in variants for word, weight in variant.words if weight > 0.5)
