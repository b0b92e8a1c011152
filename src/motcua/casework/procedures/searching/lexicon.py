"""The words of the catalogue in memory: how rare each is, what follows what, how it is written, what it means. Pure."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.foundation.core.folding import fold

_WORD = re.compile(r"\w+")

# Words of the sentence around the matter ("tôi muốn làm ... cho con ở đâu"): they may help but never decide.
COURTESY = frozenset(
    [
        "toi",
        "em",
        "minh",
        "chung",
        "muon",
        "xin",
        "can",
        "lam",
        "cho",
        "o",
        "dau",
        "nhu",
        "the",
        "nao",
        "thi",
        "la",
        "bi",
        "duoc",
        "va",
        "cua",
        "ve",
        "tai",
        "thu",
        "tuc",
        "khi",
        "de",
        "di",
        "hoi",
        "nop",
        "phai",
        "co",
        "khong",
        "gi",
        "ma",
        "nay",
        "con",
        "vui",
        "long",
        "giup",
        "voi",
        "ra",
        "sao",
        "moi",
        "mot",
    ]
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of all names in force and of all synonyms.

    Attributes:
        size: number of names; counts: folded word -> names that have it; follows: pairs of folded words -> how often.
        written, written_pairs: folded word or pair -> its most common spelling with diacritics.
        synonyms: folded phrase -> folded meanings, longest phrase first.
    """

    size: int
    counts: Counter[str]
    follows: Counter[tuple[str, str]]
    written: dict[str, str]
    written_pairs: dict[tuple[str, str], str]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def unknown_weight(self) -> float:
        """Return what a word weighs that no name has: half of the rarest known one."""
        return math.log(1.0 + self.size) / 2

    def rarity(self, word: str) -> float:
        """Return how much a word tells: 0 for unknown ones, small for those that every name has."""
        count = self.counts.get(word, 0)
        if not count:
            return 0.0
        weight = math.log(1.0 + self.size / count)
        return weight * 0.15 if word in COURTESY else weight

    def knows(self, word: str) -> bool:
        """Say whether the word occurs anywhere, or is a number."""
        return word in self.counts or word.isdigit() or word in COURTESY

    def write(self, words: list[str]) -> str:
        """Return folded words in their usual spelling, told by their neighbours where one alone could be several."""
        spelled = [self.written.get(word, word) for word in words]
        settled = [False] * len(words)
        pairs = sorted(range(len(words) - 1), key=lambda place: -self.follows.get((words[place], words[place + 1]), 0))
        for place in pairs:
            both = self.written_pairs.get((words[place], words[place + 1]))
            if both:
                for offset, spelling in enumerate(both.split(" ")):
                    if not settled[place + offset]:
                        spelled[place + offset] = spelling
                        settled[place + offset] = True
        return " ".join(spelled)


def make_lexicon(names: Iterable[str], synonyms: Iterable[tuple[str, str]]) -> Lexicon:
    """Return the lexicon of `names` and (phrase, meaning) pairs."""
    counts: Counter[str] = Counter()
    follows: Counter[tuple[str, str]] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    pair_spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    size = 0

    bare: dict[str, str] = {}

    def learn(text: str) -> None:
        words = [match.lower() for match in _WORD.findall(text)]
        for word in words:
            if word not in bare:
                bare[word] = fold(word)
        words = [word for word in words if bare[word]]
        folded = [bare[word] for word in words]
        counts.update(set(folded))
        for place, word in enumerate(folded):
            spellings[word][words[place]] += 1
            if place:
                pair = (folded[place - 1], word)
                follows[pair] += 1
                pair_spellings[pair][f"{words[place - 1]} {words[place]}"] += 1

    for name in names:
        size += 1
        learn(name)
    meanings: dict[str, list[str]] = defaultdict(list)
    for phrase, meaning in synonyms:
        learn(phrase)
        meanings[fold(phrase)].append(fold(meaning))
    return Lexicon(
        size=max(size, 1),
        counts=counts,
        follows=follows,
        written={word: found.most_common(1)[0][0] for word, found in spellings.items()},
        written_pairs={pair: found.most_common(1)[0][0] for pair, found in pair_spellings.items()},
        synonyms=tuple(
            sorted(((phrase, tuple(found)) for phrase, found in meanings.items()), key=lambda item: -len(item[0]))
        ),
    )
