"""Which titles fit a text, best first. Pure.

Score of a title = best reading of (share of the words' weight that it has, words in the name counting more than words
beside it) + neighbours that stand together + likeness of the whole + an editor's prominence. A name equal to the text
always comes first.
"""

from collections.abc import Sequence
from heapq import nsmallest

from motcua.casework.procedures.searching.terms import Variant
from motcua.casework.procedures.searching.titles import Titles

_BESIDE = 0.4  # a word found only among keywords, results or the field's name
_SHORT = 3
_SHORT_SCALE = 0.775  # so that a short text must be covered to 0.8 where a long one must to 0.62
_SLACK = 1e-6
_LOOKED_AT_CLOSELY = 60  # titles whose whole likeness is counted; those behind them are on later pages
_PRUNED_FROM = 64
_EQUAL, _STARTS, _CONTAINS = 3.0, 1.5, 0.35


def rank(
    variants: Sequence[Variant], titles: Titles, *, coverage: float, prefix: bool = False, typed: str = ""
) -> list[int]:
    """Return the ids of versions whose best reading covers at least `coverage` of the words' weight, best first.

    `typed` is the folded text before slips were mended: of titles that fit equally the one more like it comes first.
    """
    scores: dict[int, float] = {}
    for variant in variants:
        for number, score in _scored(variant, titles, coverage=coverage, prefix=prefix).items():
            own = variant.trust * score
            if own > scores.get(number, -1.0):
                scores[number] = own
    for number in scores:
        scores[number] += titles.rows[number].prominence * 0.004
    sizes = titles.sizes
    close = nsmallest(_LOOKED_AT_CLOSELY, scores, key=lambda number: (-scores[number], sizes[number], number))
    for number in close:
        scores[number] += max(variant.trust * _whole(variant.text, titles, number) for variant in variants)
        if typed:
            scores[number] += 0.5 * titles.likeness(typed, number)
    order = sorted(scores, key=lambda number: (-scores[number], number))
    return [titles.rows[number].version_id for number in order]


def _whole(text: str, titles: Titles, number: int) -> float:
    name = titles.rows[number].text
    likeness = 0.5 * titles.likeness(text, number)
    if name == text:
        return likeness + _EQUAL
    if name.startswith(text):
        return likeness + _STARTS
    return likeness + (_CONTAINS if text in name else 0.0)


def _scored(variant: Variant, titles: Titles, *, coverage: float, prefix: bool) -> dict[int, float]:
    """Return title -> coverage and neighbours, for the titles that this reading covers well enough."""
    is_short = bool(variant.pairs) and len(variant.words) <= _SHORT
    least = min(coverage, (coverage / _SHORT_SCALE - 0.25) / 0.75) if is_short else coverage
    covered = _covered(variant, titles, least=least, prefix=prefix)
    together = dict.fromkeys(covered, 0.0)
    for one, other, weight in variant.pairs:
        share = 0.5 * weight / variant.pair_weight
        for number in together.keys() & titles.together.get((one, other), ()):
            together[number] += share
    if is_short:
        # Two or three syllables are one notion in Vietnamese: 'công chứng' is not 'công' and 'chứng' apart.
        covered = {
            number: share
            for number, share in covered.items()
            if _SHORT_SCALE * (0.75 * share + 0.5 * together[number]) >= coverage - _SLACK
        }
    return {number: share + together[number] for number, share in covered.items()}


def _covered(variant: Variant, titles: Titles, *, least: float, prefix: bool) -> dict[int, float]:
    """Return title -> share of the words' weight it has, where that is at least `least`.

    The rarest words come first: once those still to come cannot reach `least` alone, no new title is looked at, and
    titles that cannot reach it any more are dropped.
    """
    shares: dict[int, float] = {}
    left = sum(weight for _word, weight in variant.words) / variant.weight
    for word, weight in variant.words:
        share = weight / variant.weight
        inside, beside = titles.of(word, prefix=prefix)
        for numbers, part in ((inside, share), (beside, _BESIDE * share)):
            if left >= least - _SLACK:
                for number in numbers:
                    shares[number] = shares.get(number, 0.0) + part
            else:
                for number in shares.keys() & numbers:
                    shares[number] += part
        left -= share
        if len(shares) > _PRUNED_FROM:
            bound = least - left - _SLACK
            shares = {number: reached for number, reached in shares.items() if reached >= bound}
    return {number: reached for number, reached in shares.items() if reached >= least - _SLACK}
