"""Rows made into frozen lines; shared by the page, the lists and the intake."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from motcua.casework.procedures.models import Case, CaseComponent, Fee, FeeExemption, Offer, ProcedureVersion, TimeLimit
from motcua.casework.procedures.types import (
    CaseCard,
    ComponentKind,
    ComponentLine,
    ExemptionLine,
    FeeLine,
    FormFileLine,
    LimitLine,
    OfferCard,
    ResultLine,
)

_REFUSALS = ("thông báo", "văn bản", "trường hợp", "công văn")


def limit_line(row: TimeLimit, case_names: dict[int, str] | None = None) -> LimitLine:
    """Return a limit; what counts is the reduced one where the province promised it."""
    has_reduced = row.reduced_value is not None
    return LimitLine(
        id=row.pk,
        case=(case_names or {}).get(row.case_id or 0, ""),
        case_id=row.case_id,
        channel=row.channel,
        place_kind=row.place_kind,
        value=row.reduced_value if row.reduced_value is not None else row.statutory_value,
        unit=row.reduced_unit if has_reduced else row.statutory_unit,
        statutory_value=row.statutory_value,
        statutory_unit=row.statutory_unit,
        note=row.note,
        needs_review=row.needs_review,
        flag=row.flag,
        reduced_by=row.reduced_by,
        is_addition=row.is_addition,
    )


def fee_line(row: Fee, case_names: dict[int, str] | None = None) -> FeeLine:
    """Return a fee."""
    return FeeLine(
        id=row.pk,
        case=(case_names or {}).get(row.case_id or 0, ""),
        case_id=row.case_id,
        channel=row.channel,
        kind=row.kind,
        amount_vnd=row.amount_vnd,
        note=row.note,
    )


def exemption_line(row: FeeExemption, case_names: dict[int, str] | None = None) -> ExemptionLine:
    """Return who pays less."""
    case = (case_names or {}).get(row.case_id or 0, "")
    return ExemptionLine(case, row.channel, row.who, row.percent, row.note, row.basis)


def component_line(row: CaseComponent) -> ComponentLine:
    """Return a paper with its forms; `form_files` must be loaded."""
    forms = sorted(row.form_files.all(), key=lambda file: file.position)
    return ComponentLine(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        is_confirmed=row.is_confirmed,
        originals=row.originals,
        certified_copies=row.certified_copies,
        plain_copies=row.plain_copies,
        forms=tuple(FormFileLine(name=file.name, url=file.url) for file in forms),
        held_by_state=row.held_by_state,
    )


def case_line(row: Case) -> CaseCard:
    """Return a case with its papers by kind; `components` with `form_files` must be loaded."""
    lines = [component_line(component) for component in sorted(row.components.all(), key=lambda item: item.position)]

    def of(kind: str) -> tuple[ComponentLine, ...]:
        return tuple(line for line in lines if line.kind == kind)

    return CaseCard(
        id=row.pk,
        name=row.name,
        submit=of(ComponentKind.SUBMIT),
        show=of(ComponentKind.SHOW),
        notes=of(ComponentKind.NOTE),
        steps=tuple(row.steps),
    )


def result_lines(version: ProcedureVersion) -> tuple[ResultLine, ...]:
    """Return the results; `results` with their types must be loaded."""
    rows = sorted(version.results.all(), key=lambda row: row.position)
    return tuple(ResultLine(row.result_type_id, row.result_type.code, row.result_type.name) for row in rows)


def offer_card(row: Offer) -> OfferCard:
    """Return an offer; `procedure` and `exceptions` must be loaded."""
    return OfferCard(
        id=row.pk,
        public_id=str(row.public_id),
        procedure_id=row.procedure_id,
        procedure_code=row.procedure.code,
        agency_id=row.agency_id,
        level=row.level,
        at_centre=row.at_centre,
        process_code=row.process_code,
        eform_id=row.eform_id,
        channels=tuple(row.channels),
        quick_form=row.quick_form,
        excepted_ids=frozenset(exception.agency_id for exception in row.exceptions.all()),
    )


def title_of(version: ProcedureVersion, lang: str) -> str:
    """Return the name in `lang` where a translation was entered, else the published name."""
    return (version.name_en if lang == "en" else "") or version.name


def purpose_of(version: ProcedureVersion, lang: str, results: Iterable[ResultLine]) -> str:
    """Return one plain line: the one entered, else what one receives, else the field; nothing is invented."""
    entered = version.purpose_en if lang == "en" else version.purpose
    if entered:
        return entered
    names = [result.name.strip(" .;-") for result in results if result.name]
    papers = [name for name in names if not name.lower().startswith(_REFUSALS)] or names
    if papers and len(papers[0]) <= 160:
        return _("You receive: %(paper)s") % {"paper": papers[0]}
    return _("Field: %(field)s") % {"field": version.field.name}
