"""A record that is not published, read as the terms that a dossier would get by it."""

from motcua.casework.procedures.reading.drafts import FeeDraft, LimitDraft, Notebook
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.types import FeeLine, LimitLine, RecordJson, RecordRefused
from motcua.casework.procedures.types.intake import TriedTerms


def tried_terms(raw: RecordJson) -> TriedTerms:
    """Return the limits and fees of a record; nothing is written.

    Raises:
        RecordRefused: it cannot be read; `problems` says where.
    """
    notebook = Notebook(line=0, code=str(raw.get("code") or "")[:40])
    draft = read_record(raw, notebook)
    if draft is None:
        raise RecordRefused(notebook.problems)
    names = tuple(case.name for case in draft.cases)
    return TriedTerms(
        code=draft.code,
        cases=names,
        limits=tuple(_limit(limit, limit.case, names) for limit in draft.limits),
        fees=tuple(_fee(fee, fee.case, names) for fee in draft.fees),
    )


def _limit(limit: LimitDraft, place: int | None, names: tuple[str, ...]) -> LimitLine:
    reduced = limit.reduced_value is not None
    return LimitLine(
        id=0,
        case="" if place is None else names[place],
        case_id=place,
        channel=limit.channel,
        place_kind=limit.place_kind,
        value=limit.reduced_value if limit.reduced_value is not None else limit.value,
        unit=limit.reduced_unit if reduced else limit.unit,
        statutory_value=limit.value,
        statutory_unit=limit.unit,
        note=limit.note,
        needs_review=limit.needs_review,
        flag=limit.flag,
        reduced_by=limit.reduced_by,
    )


def _fee(fee: FeeDraft, place: int | None, names: tuple[str, ...]) -> FeeLine:
    return FeeLine(
        id=0,
        case="" if place is None else names[place],
        case_id=place,
        channel=fee.channel,
        kind=fee.kind,
        amount_vnd=fee.amount_vnd,
        note=fee.note,
    )
