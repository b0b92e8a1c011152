"""Is a record complete? The eight parts that a procedure must have before it may be announced."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.shape import shaped
from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.types import Channel, MissingPart, RecordJson, RecordPart


def missing_parts(raw: RecordJson) -> list[MissingPart]:
    """Return which of the eight parts a record lacks, in the order of the decree; [] when it is complete.

    The eighth part is only asked for where it applies: a result, unless the record says that there is none. Forms,
    requirements and fees may lawfully be none.

    Law: Decree 63/2010/NĐ-CP, art. 8: the parts of a complete procedure.
    """
    record = shaped(raw, Notebook(line=0))
    sentences = {
        RecordPart.NAME: _("The name is missing."),
        RecordPart.STEPS: _("The order of steps is missing."),
        RecordPart.WAYS: _("No way of filing is given: online, at the desk or by public post."),
        RecordPart.PAPERS: _("The papers of the dossier are missing."),
        RecordPart.LIMITS: _("No time limit is given for any way of filing."),
        RecordPart.AUDIENCE: _("It is not said who may ask for it."),
        RecordPart.AGENCIES: _("No agency is named that carries it out or decides."),
        RecordPart.RESULTS: _("The result is missing, and it is not said that there is none."),
    }
    return [MissingPart(part, sentence) for part, sentence in sentences.items() if not _has(record, part)]


def _has(record: dict[str, Any], part: RecordPart) -> bool:
    methods = [item for item in record.get("submission_methods") or () if item]
    cases = [item for item in record.get("dossier_cases") or () if item]
    own = record.get("motcua") or {}
    if part == RecordPart.NAME:
        return bool(one_line(record.get("name")))
    if part == RecordPart.STEPS:
        steps = any((case.get("motcua") or {}).get("steps") for case in cases)
        return bool(clean(record.get("procedure_text")) or steps)
    if part == RecordPart.WAYS:
        return any(item.get("channel") in Channel.values for item in methods)
    if part == RecordPart.PAPERS:
        return any(one_line(paper.get("name")) for case in cases for paper in case.get("components") or () if paper)
    if part == RecordPart.LIMITS:
        return any(_has_limit(item) for item in methods) or any(
            (case.get("motcua") or {}).get("limits") for case in cases
        )
    if part == RecordPart.AUDIENCE:
        return any(one_line(text) for text in record.get("audience") or ())
    if part == RecordPart.AGENCIES:
        named = ("executing_agency_text", "competent_agency")
        return any(clean(record.get(key)) for key in named) or bool(record.get("executing_agencies"))
    results = any(one_line(item.get("name")) for item in record.get("results") or () if item)
    return results or own.get("no_result") is True


def _has_limit(method: dict[str, Any]) -> bool:
    return method.get("time_value") not in {None, ""} or bool(clean(method.get("time_text")))
