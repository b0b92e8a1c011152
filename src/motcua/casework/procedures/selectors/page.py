"""The whole record of one procedure as of a day."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from motcua.casework.procedures.models import (
    Case,
    CaseComponent,
    Fee,
    FeeExemption,
    LegalBasis,
    LifeEvent,
    Offer,
    Procedure,
    ProcedureVersion,
    TimeLimit,
    VersionResult,
)
from motcua.casework.procedures.reading.text import bare
from motcua.casework.procedures.selectors.lines import (
    case_line,
    exemption_line,
    fee_line,
    limit_line,
    offer_card,
    purpose_of,
    result_lines,
    title_of,
)
from motcua.casework.procedures.types import (
    FieldCard,
    FormFileLine,
    LegalLine,
    ProcedureNotInForce,
    ProcedurePage,
    ProcedureRef,
    StepLine,
)
from motcua.foundation.core.types import NotFound


def procedure_page(code: str, *, on: date, lang: str = "vi") -> ProcedurePage:
    """Return everything published about a procedure in force on `on`; the number of statements is fixed.

    Raises:
        NotFound: no such code.
        ProcedureNotInForce: it ended before `on` (with its successors), or has not begun.

    Law: Decree 63/2010/NĐ-CP, art. 8: the eight parts of a procedure.
    """
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise NotFound
    version = page_versions().filter(procedure=procedure, valid__contains=on).first()
    if version is None:
        raise _not_in_force(procedure, on)
    offers = Offer.objects.filter(procedure=procedure, valid__contains=on).select_related("procedure")
    return as_page(
        version,
        lang,
        offers=tuple(offer_card(row) for row in offers.prefetch_related("exceptions").order_by("level", "pk")),
        life_events=tuple(
            ProcedureRef(event.code, (event.name_en if lang == "en" else "") or event.name)
            for event in LifeEvent.objects.filter(procedures=procedure).order_by("position")
        ),
    )


def loaded_versions() -> Any:
    """Return versions with every part loaded."""
    components = CaseComponent.objects.prefetch_related("form_files").order_by("position")
    return ProcedureVersion.objects.select_related("procedure", "field").prefetch_related(
        Prefetch("cases", queryset=Case.objects.order_by("position")),
        Prefetch("cases__components", queryset=components),
        Prefetch("limits", queryset=TimeLimit.objects.order_by("position")),
        Prefetch("fees", queryset=Fee.objects.order_by("position")),
        Prefetch("results", queryset=VersionResult.objects.select_related("result_type")),
        Prefetch("legal_bases", queryset=LegalBasis.objects.order_by("position")),
    )


def page_versions() -> Any:
    """Return versions with every part loaded, and who pays less: what pages show and an intake does not ask for."""
    return loaded_versions().prefetch_related(
        Prefetch("exemptions", queryset=FeeExemption.objects.order_by("position"))
    )


def _not_in_force(procedure: Procedure, on: date) -> ProcedureNotInForce:
    before = procedure.versions.filter(valid__fully_lt=(on, None)).order_by("-valid").first()
    latest = before or procedure.versions.order_by("valid").first()
    successors = procedure.successors.filter(versions__valid__contains=on).values_list("code", "versions__name")
    return ProcedureNotInForce(
        procedure.code,
        latest.name if latest else "",
        before.valid.upper if before else None,
        tuple(ProcedureRef(code, name) for code, name in successors.order_by("code")),
    )


def as_page(
    version: ProcedureVersion, lang: str, *, offers: tuple[Any, ...], life_events: tuple[ProcedureRef, ...]
) -> ProcedurePage:
    """Return a version of `loaded_versions` as a page, without further statements."""
    cases = tuple(case_line(row) for row in version.cases.all())
    names = {case.id: case.name for case in cases}
    results = result_lines(version)
    forms = {form.name: form for case in cases for line in (*case.papers, *case.notes) for form in line.forms}
    english = lang == "en"
    return ProcedurePage(
        procedure_id=version.procedure_id,
        version_id=version.pk,
        public_id=str(version.procedure.public_id),
        code=version.procedure.code,
        name=title_of(version, lang),
        name_vi=version.name,
        is_translated=english and bool(version.name_en),
        purpose=purpose_of(version, lang, results),
        field=FieldCard(version.field.code, (version.field.name_en if english else "") or version.field.name, 0),
        levels=tuple(version.levels),
        audience=tuple(version.audience),
        audience_groups=tuple(version.audience_groups),
        decision_no=version.decision_no,
        decision_issuer=version.decision_issuer,
        kind=version.kind,
        steps=tuple(StepLine(step["heading"], tuple(step["paragraphs"])) for step in version.steps),
        channels=tuple(version.channels),
        limits=tuple(limit_line(row, names) for row in version.limits.all()),
        fees=tuple(fee_line(row, names) for row in version.fees.all()),
        cases=cases,
        sets_required=version.sets_required,
        results=results,
        legal_bases=tuple(LegalLine(row.number, row.title) for row in version.legal_bases.all()),
        requirements=tuple(bare(line) for line in version.requirements.split("\n") if line),
        executing_agencies=tuple(version.executing_agencies),
        competent_agency=version.competent_agency,
        authorized_agency=version.authorized_agency,
        coordinating_agency=version.coordinating_agency,
        receiving_address=version.receiving_address,
        forms=tuple(FormFileLine(form.name, form.url) for form in forms.values()),
        portal_url=version.portal_url,
        valid_from=version.valid.lower,
        valid_until=version.valid.upper,
        offers=offers,
        life_events=life_events,
        service_level=version.service_level,
        partial_reason=version.partial_reason,
        no_result=version.no_result,
        receiving_agency=version.receiving_agency,
        exemptions=tuple(exemption_line(row, names) for row in version.exemptions.all()),
    )
