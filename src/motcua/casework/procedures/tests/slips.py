"""Typing slips as people make them, by seed: letters swapped, dropped, doubled, or hit on the neighbouring key."""

from random import Random

_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "o",
    "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "ko",
    "z": "ax", "x": "zsc", "c": "xdv", "v": "cfb", "b": "vgn", "n": "bhm", "m": "nj",
}  # fmt: skip


def slipped(text: str, random: Random) -> str:
    """Return folded words with one slip in each run of three; a text of one or two words has one."""
    words = text.split()
    for start in range(0, len(words), 3):
        run = [place for place in range(start, min(start + 3, len(words))) if words[place].isalpha()]
        is_rest = start > 0 and start + 3 > len(words)
        if run and not is_rest:
            place = random.choice(run)
            words[place] = _slip(words[place], random)
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    kind = random.choice(("swap", "drop", "double", "neighbour") if len(word) > 1 else ("double", "neighbour"))
    if kind == "swap":
        place = random.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    place = random.randrange(len(word))
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    return word[:place] + random.choice(_NEIGHBOURS[word[place]]) + word[place + 1 :]
