"""Search for faces: words with or without diacritics, slips mended as a second step, everyday words understood."""

from datetime import date

from motcua.casework.procedures.models import ProcedureVersion
from motcua.casework.procedures.searching.correction import correct
from motcua.casework.procedures.searching.knowledge import Knowledge, knowledge
from motcua.casework.procedures.searching.lexicon import Lexicon
from motcua.casework.procedures.searching.marking import mark
from motcua.casework.procedures.searching.matching import Filters, Found, browse, choose
from motcua.casework.procedures.searching.ranking import rank
from motcua.casework.procedures.searching.terms import Variant, content_words, readings
from motcua.casework.procedures.selectors.lines import title_of
from motcua.casework.procedures.selectors.listing import hit_lines
from motcua.casework.procedures.types import SearchPage, Suggestion
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

_LONGEST_TEXT = 2000
_WELL_COVERED = 0.62
_BARELY_COVERED = 0.34
_FEW = 3
_MOST_COUNTED = 1001


def search(
    text: str = "",
    *,
    on: date,
    lang: str = "vi",
    field: str = "",
    level: str = "",
    agency_id: int | None = None,
    life_event: str = "",
    audience: str = "",
    channel: str = "",
    limit: int = 20,
    offset: int = 0,
) -> SearchPage:
    """Return a page of procedures in force on `on`, best first; without words all that pass the filters, by name.

    A code finds its procedure. Slips are mended only when the words as typed find little; then `corrected` has the
    words searched instead, in their usual spelling.
    """
    filters = Filters(
        on=on,
        field_code=field,
        level=level,
        life_event=life_event,
        audience=audience,
        channel=channel,
        agency_id=agency_id,
        agency_is_commune=_is_commune(agency_id, on),
    )
    words = fold(text[:_LONGEST_TEXT]).split()
    marked: frozenset[str] = frozenset()
    corrected = ""
    if not words:
        found = browse(filters, limit=limit, offset=offset)
    else:
        found, marked, corrected = _find(text, words, filters, limit=limit, offset=offset)
    return SearchPage(
        text=text,
        results=hit_lines(found.version_ids, lang=lang, words=marked),
        total=min(found.total, _MOST_COUNTED),
        corrected=corrected,
        limit=limit,
        offset=offset,
        facets=found.facets,
    )


def _is_commune(agency_id: int | None, on: date) -> bool:
    if agency_id is None:
        return False
    card = organisations.directory(on=on).agencies.get(agency_id)
    return card is not None and card.kind == AgencyKind.COMMUNE


def _find(
    text: str, words: list[str], filters: Filters, *, limit: int, offset: int
) -> tuple[Found, frozenset[str], str]:
    own = _by_code(text, filters.on)
    if own:
        return own, frozenset(), ""
    known = knowledge(on=filters.on)
    chosen = _choose(words, known, filters, limit=limit, offset=offset)
    if known.is_behind(chosen[0].stamp):
        known = knowledge(on=filters.on, newer_than=known)
        chosen = _choose(words, known, filters, limit=limit, offset=offset)
    return chosen


def _choose(
    words: list[str], known: Knowledge, filters: Filters, *, limit: int, offset: int
) -> tuple[Found, frozenset[str], str]:
    ranked, variants, corrected = _ranked(words, known, is_filtered=filters != Filters(on=filters.on))
    return choose(ranked, filters, limit=limit, offset=offset), content_words(variants), corrected


def _ranked(words: list[str], known: Knowledge, *, is_filtered: bool) -> tuple[list[int], tuple[Variant, ...], str]:
    """Return the fitting versions best first, the readings that found them, and the words that were mended."""
    lexicon = known.lexicon
    variants = readings(words, lexicon)
    ranked = rank(variants, known.titles, coverage=_WELL_COVERED)
    has_unknown = _is_unknown(words, lexicon)
    if len(ranked) < _FEW or has_unknown:
        mended = correct(words, lexicon)
        if mended != words:
            better = readings(mended, lexicon)
            other = rank(better, known.titles, coverage=_WELL_COVERED, typed=" ".join(words))
            if other and (not ranked or has_unknown):
                return other, better, lexicon.write(mended)
    if not ranked and not is_filtered:
        ranked = rank(variants, known.titles, coverage=_BARELY_COVERED)
    return ranked, variants, ""


def _is_unknown(words: list[str], known: Lexicon) -> bool:
    return any(not known.knows(word) for word in words)


def _by_code(text: str, on: date) -> Found | None:
    code = text.strip()
    if not code[:1].isdigit() or "." not in code:
        return None
    ids = ProcedureVersion.objects.filter(procedure__code=code, valid__contains=on).values_list("pk", flat=True)
    return Found(tuple(ids), 1, {}) if ids else None


def suggest(text: str, *, on: date, lang: str = "vi", limit: int = 5) -> tuple[Suggestion, ...]:
    """Return the best names while somebody types: the last word may be unfinished; at most `limit`."""
    words = fold(text[:200]).split()
    if not words:
        return ()
    known = knowledge(on=on)
    whole = [*words[:-1], _whole(words[-1], known.lexicon)]
    if not all(known.lexicon.knows(word) for word in whole):
        whole = correct(whole, known.lexicon)
    variants = readings(whole, known.lexicon)
    ranked = rank(variants, known.titles, coverage=_WELL_COVERED, prefix=True)
    found = choose(ranked[: 4 * limit], Filters(on=on), limit=limit, offset=0)
    return _suggestions(found, variants, lang)


def _whole(word: str, known: Lexicon) -> str:
    """Return the most common known word that starts like an unfinished one."""
    if known.knows(word):
        return word
    longer = [(count, candidate) for candidate, count in known.counts.items() if candidate.startswith(word)]
    return max(longer)[1] if longer else word


def _suggestions(found: Found, variants: tuple[Variant, ...], lang: str) -> tuple[Suggestion, ...]:
    words = content_words(variants)
    rows = ProcedureVersion.objects.select_related("procedure").only("name", "name_en", "procedure__code")
    by_id = rows.in_bulk(list(found.version_ids))
    lines = []
    for version_id in found.version_ids:
        name = title_of(by_id[version_id], lang)
        lines.append(Suggestion(by_id[version_id].procedure.code, name, mark(name, words)))
    return tuple(lines)
