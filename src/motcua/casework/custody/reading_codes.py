"""What a scanner writes, one a line: a code, or the tracking address in the QR of a receipt or slip. Private."""

from urllib.parse import parse_qs, urlsplit

MOST_CODES = 500


def codes_of(scanned: str) -> tuple[str, ...]:
    """Return the codes in order, each once, at most MOST_CODES of them."""
    found: dict[str, None] = {}
    for line in scanned.replace("\0", "").splitlines():
        for word in line.split():
            code = _code(word.strip(",;"))
            if code:
                found[code[:50]] = None
    return tuple(found)[:MOST_CODES]


def _code(word: str) -> str:
    if "://" not in word:
        return word
    try:
        named = parse_qs(urlsplit(word).query).get("ma", [])
    except ValueError:
        return word
    return named[0] if named else word
