"""What an intake asks: who takes a procedure, which cases and limits there are, which form is filled in."""

import time
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from motcua.casework.procedures.models import Case, EFormVersion, Offer, ProcedureVersion, TimeLimit, VersionResult
from motcua.casework.procedures.searching.knowledge import forget_knowledge
from motcua.casework.procedures.selectors.lines import case_line, fee_line, limit_line, offer_card, result_lines
from motcua.casework.procedures.selectors.page import loaded_versions
from motcua.casework.procedures.types import (
    CaseCard,
    IntakeChoice,
    LimitLine,
    OfferCard,
    OfferNotFound,
    PlaceKind,
    ProcedureRef,
    choose_limit,
)
from motcua.casework.procedures.types.intake import applied_limit
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind


def _offers(on: date) -> Any:
    return Offer.objects.filter(valid__contains=on).select_related("procedure").prefetch_related("exceptions")


def offer(offer_id: int | str | uuid.UUID) -> OfferCard:
    """Return an offer by id or public id, in force or not.

    Raises:
        OfferNotFound: no such offer.
    """
    rows = Offer.objects.select_related("procedure").prefetch_related("exceptions")
    try:
        key = {"pk": offer_id} if isinstance(offer_id, int) else {"public_id": uuid.UUID(str(offer_id))}
    except ValueError:
        raise OfferNotFound from None
    row = rows.filter(**key).first()
    if row is None:
        raise OfferNotFound
    return offer_card(row)


def offers_of(procedure_id: int, *, on: date) -> tuple[OfferCard, ...]:
    """Return all offers of a procedure in force on `on`: single agencies first, then all communes."""
    rows = _offers(on).filter(procedure_id=procedure_id).order_by("agency_id", "pk")
    return tuple(offer_card(row) for row in rows)


def offers_by_procedure(procedure_ids: Iterable[int], *, on: date) -> dict[int, tuple[OfferCard, ...]]:
    """Return the offers of several procedures in force on `on`, for a list of hits; single agencies first."""
    found: dict[int, tuple[OfferCard, ...]] = {}
    for row in _offers(on).filter(procedure_id__in=list(procedure_ids)).order_by("procedure_id", "agency_id", "pk"):
        found[row.procedure_id] = (*found.get(row.procedure_id, ()), offer_card(row))
    return found


def offers_of_agency(agency_id: int, *, on: date) -> list[OfferCard]:
    """Return what an agency takes on `on`, by procedure code; a commune's own offer hides that of all communes."""
    is_commune = _is_commune(agency_id, on)
    cards = [offer_card(row) for row in _offers(on).order_by("procedure__code", "pk")]
    taken = [card for card in cards if card.is_taken_by(agency_id, is_commune=is_commune)]
    own = {card.procedure_id for card in taken if card.agency_id is not None}
    return [card for card in taken if card.agency_id is not None or card.procedure_id not in own]


def offer_for(*, code: str = "", procedure_id: int | None = None, agency_id: int, on: date) -> OfferCard:
    """Return the offer under which `agency_id` is competent for a procedure on `on`.

    Raises:
        OfferNotFound: the agency does not take it.
    """
    rows = _offers(on).filter(**({"procedure__code": code} if code else {"procedure_id": procedure_id}))
    is_commune = _is_commune(agency_id, on)
    cards = [offer_card(row) for row in rows.order_by("pk")]
    taken = [card for card in cards if card.is_taken_by(agency_id, is_commune=is_commune)]
    if not taken:
        raise OfferNotFound
    return min(taken, key=lambda card: card.agency_id is None)


def only_offer(code: str, *, on: date) -> OfferCard:
    """Return the offer of the one agency that takes a procedure on `on`, such as a vertical one.

    Raises:
        OfferNotFound: none takes it, or several do, or all communes.
    """
    cards = [offer_card(row) for row in _offers(on).filter(procedure__code=code)[:2]]
    if len(cards) != 1 or cards[0].agency_id is None:
        raise OfferNotFound
    return cards[0]


def _is_commune(agency_id: int, on: date) -> bool:
    card = organisations.directory(on=on).agencies.get(agency_id)
    return card is not None and card.kind == AgencyKind.COMMUNE


_KEPT_SECONDS = 30.0
_kept_choices: dict[tuple[int | uuid.UUID, date], tuple[float, IntakeChoice]] = {}
_kept_names: dict[int, tuple[str, str]] = {}


def forget_choices() -> None:
    """Drop what is kept in the process; services call this after a change, tests between databases."""
    _kept_choices.clear()
    _kept_names.clear()
    forget_knowledge()


def intake_choice(offer_id: int | uuid.UUID, *, on: date) -> IntakeChoice:
    """Return what may be chosen when something is taken in under an offer on `on`; the version found is to be pinned.

    The offer is named by its id, or by its public id, as addresses do.

    Kept in the process for half a minute: a desk takes in the same procedures all day.

    Raises:
        OfferNotFound: no such offer, or its procedure is not in force.
    """
    kept = _kept_choices.get((offer_id, on))
    if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    choice = _read_choice(offer_id, on=on)
    if len(_kept_choices) > 2000:
        _kept_choices.clear()
    kept = (time.monotonic(), choice)
    _kept_choices[choice.offer.id, on] = _kept_choices[uuid.UUID(choice.offer.public_id), on] = kept
    return choice


def version_names(version_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Return (code, name) by version id. A published version keeps its name, so it is kept in the process."""
    missing = version_ids - _kept_names.keys()
    if missing:
        rows = ProcedureVersion.objects.filter(pk__in=missing).values_list("pk", "procedure__code", "name")
        if len(_kept_names) > 10_000:
            _kept_names.clear()
        _kept_names.update({pk: (code, name) for pk, code, name in rows})
    return {pk: _kept_names[pk] for pk in version_ids if pk in _kept_names}


def result_names(version_id: int) -> list[str]:
    """Return the published names of what a version results in, in published order. One narrow query."""
    rows = VersionResult.objects.filter(version_id=version_id).order_by("position")
    return list(rows.values_list("result_type__name", flat=True))


def _read_choice(offer_id: int | uuid.UUID, *, on: date) -> IntakeChoice:
    card = offer(offer_id)
    version = loaded_versions().filter(procedure_id=card.procedure_id, valid__contains=on).first()
    if version is None:
        raise OfferNotFound
    form = eform_version_in_force(card.eform_id, on=on)
    cases = tuple(case_line(row) for row in version.cases.all())
    names = {case.id: case.name for case in cases}
    published = set(version.channels)
    return IntakeChoice(
        offer=card,
        version_id=version.pk,
        field_id=version.field_id,
        code=card.procedure_code,
        name=version.name,
        cases=cases,
        channels=tuple(channel for channel in card.channels if not published or channel in published),
        limits=tuple(limit_line(row, names) for row in version.limits.all()),
        fees=tuple(fee_line(row, names) for row in version.fees.all()),
        results=result_lines(version),
        eform_version_id=form.pk if form else None,
        schema=form.schema if form else {},
        rules=tuple(version.deadline_rules),
    )


def eform_version_in_force(eform_id: int | None, *, on: date) -> EFormVersion | None:
    """Return the version of a form in force on `on`."""
    if eform_id is None:
        return None
    return EFormVersion.objects.filter(eform_id=eform_id, valid__contains=on).first()


def eform_schema(eform_version_id: int) -> dict[str, Any]:
    """Return the schema of a pinned form version.

    Raises:
        NotFound: no such version.
    """
    schema = EFormVersion.objects.filter(pk=eform_version_id).values_list("schema", flat=True).first()
    if schema is None:
        raise NotFound
    return schema


def limit_for(
    *, version_id: int, case_id: int | None, channel: str, place_kind: str = PlaceKind.ANY
) -> LimitLine | None:
    """Return the limit of a pinned version for a case, channel and kind of place; None where nothing is published."""
    return choose_limit(_limits(version_id), case_id=case_id, channel=channel, place_kind=place_kind)


def limit_applied(
    *, version_id: int, case_id: int | None, channel: str, place_kind: str = PlaceKind.ANY
) -> LimitLine | None:
    """Return the limit that a filing under a pinned version gets, through another channel where that has none."""
    return applied_limit(_limits(version_id), case_id=case_id, channel=channel, place_kind=place_kind)


def _limits(version_id: int) -> tuple[LimitLine, ...]:
    return tuple(limit_line(row) for row in TimeLimit.objects.filter(version_id=version_id).order_by("position"))


def version_card(version_id: int) -> ProcedureRef:
    """Return code and name of a pinned version.

    Raises:
        NotFound: no such version.
    """
    row = ProcedureVersion.objects.filter(pk=version_id).values_list("procedure__code", "name").first()
    if row is None:
        raise NotFound
    return ProcedureRef(code=row[0], name=row[1])


def case_card(case_id: int) -> CaseCard:
    """Return a pinned case with its papers.

    Raises:
        NotFound: no such case.
    """
    row = Case.objects.prefetch_related("components__form_files").filter(pk=case_id).first()
    if row is None:
        raise NotFound
    return case_line(row)
