"""Typing slips: the nearest known words, chosen by what usually stands beside them. Pure."""

import math
from string import ascii_lowercase

from motcua.casework.procedures.searching.lexicon import Lexicon

_SLIP_COST = 3.0
_MAX_WORDS = 300
_MOST_OPTIONS = 12
_SHORT_TEXT = 12


def correct(words: list[str], lexicon: Lexicon) -> list[str]:
    """Return `words` with slips mended, or the same words when nothing better is known.

    A known word is changed only for one that stands beside its neighbours in some name, where the word itself never
    does.
    """
    if not words or len(words) > _MAX_WORDS:
        return words
    around = ["", *words, ""]
    options = [
        _options(word, around[place], around[place + 2], lexicon, widely=len(words) <= _SHORT_TEXT)
        for place, word in enumerate(words)
    ]
    return _best_path(options, words, lexicon)


def _options(word: str, before: str, after: str, lexicon: Lexicon, *, widely: bool) -> list[list[str]]:
    """Return what a word may have been: itself, its near words, its two halves when a blank was left out.

    A word that is at home between its neighbours is left alone; of many near words those are kept that stand beside
    the neighbours or are common. `widely` looks for two slips in a word as well.
    """
    found = [[word]]
    if word.isdigit() or len(word) < 2 or _is_at_home(word, before, after, lexicon):
        return found
    near = {candidate for candidate in _one_slip(word) if candidate in lexicon.counts}
    if widely and not near and not lexicon.knows(word) and len(word) >= 5:
        near = {
            candidate
            for candidate in lexicon.counts
            if abs(len(candidate) - len(word)) <= 2 and _distance(candidate, word) == 2
        }

    def worth(candidate: str) -> tuple[float, str]:
        beside = lexicon.follows.get((before, candidate), 0) + lexicon.follows.get((candidate, after), 0)
        return -(3 * math.log1p(beside) + math.log1p(lexicon.counts[candidate])), candidate

    found.extend([candidate] for candidate in sorted(near - {word}, key=worth)[:_MOST_OPTIONS])
    if not lexicon.knows(word):
        for cut in range(1, len(word)):
            halves = (word[:cut], word[cut:])
            if halves in lexicon.follows:
                found.append(list(halves))
    return found


def _is_at_home(word: str, before: str, after: str, lexicon: Lexicon) -> bool:
    return bool(before or after) and all(
        pair in lexicon.follows for pair in ((before, word), (word, after)) if pair[0] and pair[1]
    )


def _best_path(options: list[list[list[str]]], words: list[str], lexicon: Lexicon) -> list[str]:
    """Return the cheapest way through the options: slips cost, rare words cost, pairs that occur in names earn."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for original, choices in zip(words, options, strict=True):
        longer: dict[str, tuple[float, list[str]]] = {}
        for choice in choices:
            own = _word_score(choice, original, lexicon)
            for last, (score, path) in paths.items():
                total = score + own + _pair_score(last, choice, lexicon)
                if choice[-1] not in longer or total > longer[choice[-1]][0]:
                    longer[choice[-1]] = (total, path + choice)
        paths = longer
    return max(paths.values(), key=lambda item: item[0])[1]


def _word_score(choice: list[str], original: str, lexicon: Lexicon) -> float:
    changed = choice != [original]
    known = math.log1p(min(lexicon.counts.get(word, 0) for word in choice))
    unknown = 6.0 if len(choice) == 1 and not lexicon.knows(choice[0]) else 0.0
    inner = math.log1p(lexicon.follows.get((choice[0], choice[1]), 0)) if len(choice) == 2 else 0.0
    return 0.3 * known + inner - unknown - (_SLIP_COST if changed else 0.0)


def _pair_score(last: str, choice: list[str], lexicon: Lexicon) -> float:
    together = lexicon.follows.get((last, choice[0]), 0)
    return 1.2 + math.log1p(together) if together else 0.0


def _one_slip(word: str) -> set[str]:
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaced = {left + letter + right[1:] for left, right in splits if right for letter in ascii_lowercase}
    added = {left + letter + right for left, right in splits for letter in ascii_lowercase}
    return left_out | swapped | replaced | added


def _distance(one: str, other: str) -> int:
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != against)))
        previous = current
    return previous[-1]
