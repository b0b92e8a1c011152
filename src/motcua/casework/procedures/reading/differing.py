"""What differs between two records, in words that a person reads: by part, with what stood there before and after."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.reading.canonical import canonical
from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.shape import shaped
from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.reading.wording import (
    channel_word,
    exemption_words,
    fee_words,
    flag_word,
    labels,
    level_word,
    limit_words,
    own_words,
    paper_words,
)
from motcua.casework.procedures.types import Change, RecordJson

Lines = dict[str, str]


def record_difference(before: RecordJson, after: RecordJson) -> list[Change]:
    """Return the differences from `before` to `after` in the order of a record; [] when nothing differs.

    Differences of blanks, of order among papers and results, and of where a record was collected are no differences;
    where the two differ in nothing else but are not equal, one line says so.
    """
    one, two = shaped(before, Notebook(line=0)), shaped(after, Notebook(line=0))
    changes: list[Change] = []
    for part, lines_of in _parts():
        changes.extend(_changes(part, lines_of(one), lines_of(two)))
    if not changes and _facts(before) != _facts(after):
        changes.append(Change(_("Layout"), "", _("Blanks or the order of lines differ; the words are the same."), ""))
    return changes


def _facts(raw: RecordJson) -> str:
    return canonical({key: value for key, value in raw.items() if key != "sources"})


def _parts() -> list[tuple[str, Callable[[Mapping[str, Any]], Lines]]]:
    plain = [(label, _plain(key)) for key, label in labels().items()]
    listed: list[tuple[str, Callable[[Mapping[str, Any]], Lines]]] = [
        (_("Ways of filing and time limits"), _limits),
        (_("Fees"), _fees),
        (_("Fee exemptions"), _exemptions),
        (_("Steps of a case"), _case_steps),
        (_("Papers"), _papers),
        (_("Results"), _results),
        (_("Legal bases"), _bases),
        (_("Service"), _service),
    ]
    return [*plain, *listed]


def _changes(part: str, before: Lines, after: Lines) -> list[Change]:
    keys = [*before, *(key for key in after if key not in before)]
    return [
        Change(part, key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    ]


def _plain(key: str) -> Callable[[Mapping[str, Any]], Lines]:
    def lines(record: Mapping[str, Any]) -> Lines:
        value = record.get(key)
        if isinstance(value, list):
            words = [level_word(item) if key == "levels" else one_line(item) for item in value]
            return {"": "; ".join(sorted(words))}
        return {"": clean(value)}

    return lines


def _add(lines: Lines, place: str, words: str) -> None:
    """Two lines of one place are told apart by a number."""
    number, key = 1, place
    while key in lines:
        number += 1
        key = f"{place} ({number})"
    lines[key] = words


def _cases(record: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    cases = [case for case in record.get("dossier_cases") or () if case]
    return [(one_line(case.get("case")) if len(cases) > 1 else "", case) for case in cases]


def _joined(*words: str) -> str:
    return " – ".join(word for word in words if word)


def _limits(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for method in record.get("submission_methods") or ():
        if method:
            words = _joined(limit_words(method), clean(method.get("description")))
            _add(lines, channel_word(method.get("channel")), words)
    for name, case in _cases(record):
        for limit in (case.get("motcua") or {}).get("limits") or ():
            if limit:
                _add(lines, _joined(name, channel_word(limit.get("channel"))), limit_words(limit))
    return lines


def _fees(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for method in record.get("submission_methods") or ():
        for fee in (method or {}).get("fees") or ():
            if fee:
                _add(lines, channel_word(method.get("channel")), fee_words(fee))
    for name, case in _cases(record):
        for fee in (case.get("motcua") or {}).get("fees") or ():
            if fee:
                _add(lines, _joined(name, channel_word(fee.get("channel"))), fee_words(fee))
    return lines


def _exemptions(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for item in (record.get("motcua") or {}).get("exemptions") or ():
        if item:
            _add(lines, one_line(item.get("who")), exemption_words(item))
    for name, case in _cases(record):
        for item in (case.get("motcua") or {}).get("exemptions") or ():
            if item:
                _add(lines, _joined(name, one_line(item.get("who"))), exemption_words(item))
    return lines


def _case_steps(record: Mapping[str, Any]) -> Lines:
    steps = {
        name: "\n".join(clean(step) for step in (case.get("motcua") or {}).get("steps") or ())
        for name, case in _cases(record)
    }
    return {name: words for name, words in steps.items() if words}


def _papers(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for name, case in _cases(record):
        for paper in case.get("components") or ():
            if paper and one_line(paper.get("name")):
                _add(lines, _joined(name, one_line(paper["name"])), paper_words(paper))
    return lines


def _results(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for item in record.get("results") or ():
        if item and one_line(item.get("name")):
            _add(lines, one_line(item["name"]), one_line(item.get("code")) or _("without a code"))
    return lines


def _bases(record: Mapping[str, Any]) -> Lines:
    lines: Lines = {}
    for item in record.get("legal_bases") or ():
        if item:
            number, title = one_line(item.get("number")), one_line(item.get("title"))
            _add(lines, number or title[:80], title or number)
    return lines


def _service(record: Mapping[str, Any]) -> Lines:
    own = record.get("motcua") or {}
    found = own_words()
    return {
        label: flag_word(key, own[key])
        for key, label in found.items()
        if own.get(key) not in {None, ""} and not isinstance(own.get(key), list)
    } | ({_("Life events"): ", ".join(sorted(own["life_events"]))} if own.get("life_events") else {})
