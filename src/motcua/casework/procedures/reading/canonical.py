"""One record as one text: how it is parsed from a line, told apart from another, and written out again."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.shape import RECORD, is_keepable

# The longest record published has some 200 kB; a text search vector holds one megabyte.
MOST_BYTES = 800_000
_ORDER = {key: place for place, key in enumerate(RECORD)}


def parse(line: str | bytes, notebook: Notebook) -> dict[str, Any] | None:
    """Return the object of one line of JSON, or None and the reason in `notebook`; nothing in a line raises."""
    if len(line) > MOST_BYTES:
        notebook.refuse("", _("is longer than %(most)s bytes"), most=MOST_BYTES)
        return None
    try:
        raw = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        notebook.refuse("", _("is no JSON: %(error)s"), error=error)
        return None
    if not isinstance(raw, dict):
        notebook.refuse("", _("is no record: an object of names and values was expected"))
        return None
    return raw


def canonical(raw: dict[str, Any]) -> str:
    """Return the record as JSON with sorted keys: equal records have equal texts."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True)


def written(raw: dict[str, Any]) -> str:
    """Return the record as one line of JSON, its parts in the order of the national format."""
    ordered = dict(sorted(raw.items(), key=lambda pair: (_ORDER.get(pair[0], len(_ORDER)), pair[0])))
    return json.dumps(ordered, ensure_ascii=False)


def digest_of(raw: dict[str, Any], notebook: Notebook | None = None) -> str:
    """Return the SHA-256 of the record in canonical JSON, without where it was collected; '' where none can be made."""
    facts = {key: value for key, value in raw.items() if key != "sources"}
    book = notebook or Notebook(line=0)
    try:
        text = canonical(facts)
    except (TypeError, ValueError, RecursionError):
        book.refuse("", _("holds something that JSON cannot say"))
        return ""
    if not is_keepable(text) or "\\u0000" in text:
        book.refuse("", _("holds a character that no text may hold"))
        return ""
    return hashlib.sha256(text.encode()).hexdigest()


def _no_constant(name: str) -> None:
    raise ValueError(name)
