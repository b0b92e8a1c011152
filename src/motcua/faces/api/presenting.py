"""Pictures of the catalogue as the API writes them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from motcua.casework.procedures import types as cards
from motcua.faces.api.schemas import catalogue as shapes
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind


def limit(line: cards.LimitLine) -> shapes.Limit:
    """Return a time limit."""
    return shapes.Limit(
        channel=line.channel, case=line.case, place=line.place_kind, text=str(Limit(line.value, LimitUnit(line.unit))),
        value=line.value, unit=line.unit, statutory_value=line.statutory_value, statutory_unit=line.statutory_unit,
        note=line.note, needs_review=line.needs_review, is_addition=line.is_addition,
    )  # fmt: skip


def fee(line: cards.FeeLine) -> shapes.Fee:
    """Return a fee."""
    return shapes.Fee(channel=line.channel, case=line.case, kind=line.kind, amount_vnd=line.amount_vnd, note=line.note)


def form(line: cards.FormFileLine) -> shapes.Form:
    """Return a form to download."""
    return shapes.Form(name=line.name, url=line.url)


def paper(line: cards.ComponentLine) -> shapes.Paper:
    """Return a paper."""
    return shapes.Paper(
        id=line.id, name=line.name, kind=line.kind, is_confirmed=line.is_confirmed, originals=line.originals,
        certified_copies=line.certified_copies, plain_copies=line.plain_copies,
        forms=[form(item) for item in line.forms],
    )  # fmt: skip


def case(card: cards.CaseCard) -> shapes.Case:
    """Return a case with its papers."""
    return shapes.Case(
        id=card.id,
        name=card.name,
        papers=[paper(line) for line in card.papers],
        notes=[line.name for line in card.notes],
    )


def hit(found: cards.SearchHit) -> shapes.Hit:
    """Return a procedure of a list."""
    return shapes.Hit(
        code=found.code, name=found.name, purpose=found.purpose,
        field=shapes.NamedCode(code=found.field_code, name=found.field_name), levels=list(found.levels),
        channels=list(found.channels), is_online=found.is_online, limit=limit(found.limit) if found.limit else None,
        fee=fee(found.fee) if found.fee else None,
    )  # fmt: skip


def procedure(page: cards.ProcedurePage) -> shapes.Procedure:
    """Return the whole record of a procedure."""
    return shapes.Procedure(
        code=page.code,
        name=page.name,
        name_vi=page.name_vi,
        purpose=page.purpose,
        field=shapes.NamedCode(code=page.field.code, name=page.field.name),
        levels=list(page.levels),
        audience=list(page.audience),
        audience_groups=list(page.audience_groups),
        decision_no=page.decision_no,
        decision_issuer=page.decision_issuer,
        kind=page.kind,
        steps=[shapes.Step(heading=step.heading, paragraphs=list(step.paragraphs)) for step in page.steps],
        channels=list(page.channels),
        cases=[case(card) for card in page.cases],
        sets_required=page.sets_required,
        limits=[limit(line) for line in page.limits],
        fees=[fee(line) for line in page.fees],
        results=_results(page.results),
        requirements=list(page.requirements),
        legal_bases=[shapes.LegalBasis(number=line.number, title=line.title) for line in page.legal_bases],
        forms=[form(line) for line in page.forms],
        executing_agencies=list(page.executing_agencies),
        competent_agency=page.competent_agency,
        authorized_agency=page.authorized_agency,
        coordinating_agency=page.coordinating_agency,
        receiving_address=page.receiving_address,
        life_events=[shapes.NamedCode(code=item.code, name=item.name) for item in page.life_events],
        portal_url=page.portal_url,
        is_online=any("online" in offer.channels for offer in page.offers),
        valid_from=page.valid_from,
        valid_until=page.valid_until,
    )


def _results(lines: Iterable[cards.ResultLine]) -> list[shapes.NamedCode]:
    return [shapes.NamedCode(code=line.code, name=line.name) for line in lines]


def offer(choice: cards.IntakeChoice, *, on: date, english: bool) -> shapes.Offer:
    """Return an offer with all that is needed to submit under it."""
    return shapes.Offer(
        id=UUID(choice.offer.public_id),
        procedure=shapes.NamedCode(code=choice.code, name=choice.name),
        level=choice.offer.level,
        channels=list(choice.channels),
        is_online="online" in choice.channels,
        agencies=agencies(choice.offer, on=on, english=english),
        cases=[case(card) for card in choice.cases],
        limits=[limit(line) for line in choice.limits],
        fees=[fee(line) for line in choice.fees],
        results=_results(choice.results),
        form=choice.schema or None,
    )


def agencies(card: cards.OfferCard, *, on: date, english: bool) -> list[shapes.Agency]:
    """Return the agencies that decide under an offer on `on`, in the order of the directory."""
    return [
        shapes.Agency(
            code=item.code,
            name=(item.name_en if english else "") or item.name,
            short_name=item.short_name,
            level=item.level,
        )
        for item in organisations.directory(on=on).agencies.values()
        if card.is_taken_by(item.id, is_commune=item.kind == AgencyKind.COMMUNE)
    ]
