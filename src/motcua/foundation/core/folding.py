"""Folding Vietnamese for search: lower case, no diacritics, đ as d. Equals the SQL function motcua_fold."""

import re
import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "d"})
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Return `text` folded to ASCII words separated by single spaces: 'Đăng ký khai sinh' -> 'dang ky khai sinh'."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D))
    bare = _MARKS.sub("", decomposed).lower()
    return _SPACES.sub(" ", bare).strip()
