"""What a process knows of a day's catalogue, made once and kept until a version or an everyday word is added."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.casework.procedures.models import ProcedureVersion, SearchSynonym
from motcua.casework.procedures.searching.lexicon import Lexicon, make_lexicon
from motcua.casework.procedures.searching.titles import TitleRow, Titles, make_titles
from motcua.foundation.core.folding import fold

_TTL_SECONDS = 300.0
_REST = 10.0  # while records stream in, at most a tenth of the time goes into learning them

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Words and titles of a day; `stamp` is the newest version and everyday word that were there then."""

    lexicon: Lexicon
    titles: Titles
    stamp: Stamp
    made: float
    cost: float

    def is_behind(self, stamp: Stamp) -> bool:
        """Say whether something was added since, and long enough ago to learn anew."""
        return stamp != self.stamp and time.monotonic() - self.made > _REST * self.cost


_cache: dict[date, Knowledge] = {}
_lock = threading.Lock()


def knowledge(*, on: date, newer_than: Knowledge | None = None) -> Knowledge:
    """Return what is known of a day; three statements when it is learned, every five minutes or by `newer_than`.

    While one thread learns anew the others go on with what was known before.
    """
    kept = _cache.get(on)
    if kept and kept is not newer_than and time.monotonic() - kept.made < _TTL_SECONDS:
        return kept
    if not _lock.acquire(blocking=kept is None):
        assert kept is not None  # noqa: S101 - a blocking acquire does not fail
        return kept
    try:
        already = _cache.get(on)
        if already is not None and already is not kept:
            return already
        made = _learned(on)
        if len(_cache) > 4:
            _cache.clear()
        _cache[on] = made
        return made
    finally:
        _lock.release()


def forget_knowledge() -> None:
    """Drop what is kept: after an import, and between tests."""
    _cache.clear()


def _learned(on: date) -> Knowledge:
    begun = time.monotonic()
    newest = ProcedureVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    synonyms = list(SearchSynonym.objects.order_by("pk").values_list("pk", "phrase", "meaning"))
    names: list[str] = []
    titles = make_titles(_rows(on, names))
    lexicon = make_lexicon(names, [(phrase, meaning) for _pk, phrase, meaning in synonyms])
    now = time.monotonic()
    return Knowledge(lexicon, titles, (newest, synonyms[-1][0] if synonyms else 0), now, now - begun)


def _rows(on: date, names: list[str]) -> Iterator[TitleRow]:
    """Yield the titles in the order in which equal hits are shown, and keep the names as they are written."""
    found = ProcedureVersion.objects.filter(valid__contains=on).order_by("sort_key", "pk")
    columns = ("pk", "name", "name_fold", "keywords", "search_extra", "procedure__prominence")
    for pk, name, text, keywords, extra, prominence in found.values_list(*columns):
        names.append(name)
        yield TitleRow(version_id=pk, text=text, beside=fold(f"{keywords} {extra}"), prominence=prominence)
