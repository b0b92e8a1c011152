"""The rows under versions: cases with papers, limits, fees, exemptions, results, legal bases."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from motcua.casework.procedures.models import (
    Case,
    CaseComponent,
    Fee,
    FeeExemption,
    FormFile,
    LegalBasis,
    ProcedureVersion,
    ResultType,
    TimeLimit,
    VersionResult,
)
from motcua.casework.procedures.reading.drafts import (
    ComponentDraft,
    ExemptionDraft,
    FeeDraft,
    LimitDraft,
    RecordDraft,
)

Pair = tuple[ProcedureVersion, RecordDraft]
_ROWS = 2_000


def make_parts(pairs: Sequence[Pair], confirmed: Mapping[str, Mapping[str, str]]) -> None:
    """Make all rows under the versions; `confirmed` is the kind of papers by procedure code and name."""
    cases = _make_cases(pairs)
    _make_papers(pairs, cases, confirmed)
    _make_results(pairs)
    lines: tuple[tuple[Any, Callable[[RecordDraft], Sequence[Any]], Callable[[Any], dict[str, Any]]], ...] = (
        (TimeLimit, lambda draft: draft.limits, _limit),
        (Fee, lambda draft: draft.fees, _fee),
        (FeeExemption, lambda draft: draft.exemptions, _exemption),
    )
    for model, of, columns in lines:
        model.objects.bulk_create(
            (
                model(version=version, case=_case_of(line, cases[version.pk]), position=position, **columns(line))
                for version, draft in pairs
                for position, line in enumerate(of(draft))
            ),
            batch_size=_ROWS,
        )
    LegalBasis.objects.bulk_create(
        (
            LegalBasis(version=version, position=position, number=number[:120], title=title)
            for version, draft in pairs
            for position, (number, title) in enumerate(draft.legal_bases)
        ),
        batch_size=_ROWS,
    )


def _make_cases(pairs: Sequence[Pair]) -> dict[int, list[Case]]:
    rows = [
        Case(version=version, position=position, name=case.name, steps=list(case.steps))
        for version, draft in pairs
        for position, case in enumerate(draft.cases)
    ]
    found: dict[int, list[Case]] = {version.pk: [] for version, _draft in pairs}
    for row in Case.objects.bulk_create(rows, batch_size=_ROWS):
        found[row.version_id].append(row)
    return found


def _make_papers(
    pairs: Sequence[Pair], cases: Mapping[int, list[Case]], confirmed: Mapping[str, Mapping[str, str]]
) -> None:
    drafts = list(_papers(pairs))
    rows = CaseComponent.objects.bulk_create(
        (
            _component(cases[version.pk][number], position, paper, confirmed.get(code, {}).get(paper.name))
            for version, code, number, position, paper in drafts
        ),
        batch_size=_ROWS,
    )
    FormFile.objects.bulk_create(
        (
            FormFile(component=row, position=position, name=name)
            for row, (*_where, paper) in zip(rows, drafts, strict=True)
            for position, name in enumerate(paper.form_files)
        ),
        batch_size=_ROWS,
    )


def _papers(pairs: Sequence[Pair]) -> Iterator[tuple[ProcedureVersion, str, int, int, ComponentDraft]]:
    for version, draft in pairs:
        for number, case in enumerate(draft.cases):
            for position, paper in enumerate(case.components):
                yield version, draft.code, number, position, paper


def _component(case: Case, position: int, draft: ComponentDraft, confirmed: str | None) -> CaseComponent:
    kept = None if draft.is_said else confirmed
    return CaseComponent(
        case=case,
        position=position,
        name=draft.name,
        kind=kept or draft.kind,
        is_confirmed=draft.is_said or kept is not None,
        originals=draft.originals,
        certified_copies=draft.certified_copies,
        plain_copies=draft.plain_copies,
        paper_code=draft.paper_code,
        held_by_state=draft.held_by_state,
        eform_code=draft.eform_code,
        template_file=draft.template_file,
    )


def _make_results(pairs: Sequence[Pair]) -> None:
    """Result types are shared by all procedures: one row for each code and name."""
    wanted = {(code[:60], name) for _version, draft in pairs for code, name in draft.results}
    found = _result_types(wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        ResultType.objects.bulk_create(
            [ResultType(code=code, name=name) for code, name in missing], ignore_conflicts=True
        )
        found |= _result_types(set(missing))
    rows: dict[tuple[int, int], VersionResult] = {}
    for version, draft in pairs:
        for position, (code, name) in enumerate(draft.results):
            key = (version.pk, found[code[:60], name])
            rows.setdefault(key, VersionResult(version_id=key[0], result_type_id=key[1], position=position))
    VersionResult.objects.bulk_create(rows.values(), batch_size=_ROWS)


def _result_types(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = ResultType.objects.filter(name__in={name for _code, name in wanted})
    return {(code, name): pk for pk, code, name in rows.values_list("pk", "code", "name")}


def _case_of(line: Any, cases: list[Case]) -> Case | None:
    return None if line.case is None else cases[line.case]


def _limit(draft: LimitDraft) -> dict[str, Any]:
    return {
        "channel": draft.channel,
        "place_kind": draft.place_kind,
        "statutory_value": draft.value,
        "statutory_unit": draft.unit,
        "reduced_value": draft.reduced_value,
        "reduced_unit": draft.reduced_unit,
        "reduced_by": draft.reduced_by,
        "note": draft.note,
        "needs_review": draft.needs_review,
        "flag": draft.flag,
    }


def _fee(draft: FeeDraft) -> dict[str, Any]:
    return {
        "channel": draft.channel,
        "kind": draft.kind,
        "amount_vnd": draft.amount_vnd,
        "note": draft.note,
        "code": draft.code,
    }


def _exemption(draft: ExemptionDraft) -> dict[str, Any]:
    return {
        "who": draft.who,
        "group": draft.group,
        "percent": draft.percent,
        "channel": draft.channel,
        "note": draft.note,
        "basis": draft.basis,
    }
