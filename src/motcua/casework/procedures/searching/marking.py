"""Which words of a name were looked for, so that a page can mark them. Pure."""

import re

from motcua.foundation.core.folding import fold

_PIECE = re.compile(r"\w+|\W+")


def mark(name: str, words: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    """Return the name in pieces (text, is_match); neighbouring matches and the blank between them are one piece."""
    if not words:
        return ((name, False),)
    pieces = _PIECE.findall(name)
    marks = [fold(piece) in words if piece.strip() else False for piece in pieces]
    for place in range(1, len(pieces) - 1):
        if pieces[place].isspace() and marks[place - 1] and marks[place + 1]:
            marks[place] = True
    merged: list[tuple[str, bool]] = []
    for piece, is_match in zip(pieces, marks, strict=True):
        if merged and merged[-1][1] == is_match:
            merged[-1] = (merged[-1][0] + piece, is_match)
        else:
            merged.append((piece, is_match))
    return tuple(merged)
