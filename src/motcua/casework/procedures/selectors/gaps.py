"""What procedures lack before people can be served by them, and what each reception level takes in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from motcua.casework.procedures.models import EForm, Fee, Offer, ProcedureVersion, TimeLimit
from motcua.casework.procedures.selectors.offering import is_online, rows_of
from motcua.casework.procedures.types import (
    Gap,
    GapRow,
    LimitFlag,
    Nature,
    OfferRow,
    ProcedureLevel,
    ReceptionLevel,
    ReceptionRow,
)
from motcua.foundation.calendars.types import LimitUnit
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Level

_HERE = (ProcedureLevel.PROVINCE, ProcedureLevel.COMMUNE)


def gaps(*, on: date, dossiers: Mapping[int, int], often: int) -> tuple[GapRow, ...]:
    """Return everything that procedures of the province and its communes lack on `on`, most asked for first.

    Process and form are asked of procedures that somebody takes; office, fee and limit of every one. Seven statements.

    Args:
        dossiers: procedure id -> dossiers of the time looked at; often: from so many on a procedure should be online.
    """
    records = list(_records(on))
    codes = {record["procedure__code"]: record["procedure_id"] for record in records}
    offers: dict[int, list[OfferRow]] = {}
    for row in rows_of(Offer.objects.filter(valid__contains=on), on=on):
        if row.code in codes:
            offers.setdefault(codes[row.code], []).append(row)
    found = [
        _row(record, gap, offer, dossiers.get(record["procedure_id"], 0))
        for record in records
        for gap, offer in _lacking(record, offers.get(record["procedure_id"], []), dossiers, often)
    ]
    return tuple(sorted(found, key=lambda row: (-row.dossiers, row.code, row.gap, row.detail)))


def _records(on: date) -> Any:
    limits = TimeLimit.objects.filter(version=OuterRef("pk"))
    unsettled = limits.filter(Q(needs_review=True) | ~Q(flag=LimitFlag.NONE))
    rows = ProcedureVersion.objects.filter(valid__contains=on, levels__overlap=list(_HERE)).order_by("pk")
    return rows.annotate(
        has_fee=Exists(Fee.objects.filter(version=OuterRef("pk"))),
        has_limit=Exists(limits.exclude(statutory_unit=LimitUnit.NONE)),
        is_unsettled=Exists(unsettled),
    ).values(
        "pk", "procedure_id", "procedure__code", "name", "field__name", "has_fee", "has_limit", "is_unsettled"
    )  # fmt: skip


def _lacking(
    record: Mapping[str, Any], offers: list[OfferRow], dossiers: Mapping[int, int], often: int
) -> Iterator[tuple[Gap, OfferRow | None]]:
    if not offers:
        yield Gap.OFFICE, None
    for offer in offers:
        if not offer.has_process:
            yield Gap.PROCESS, offer
        if not offer.eform_code:
            yield Gap.FORM, offer
    if not record["has_fee"]:
        yield Gap.FEE, None
    if not record["has_limit"] or record["is_unsettled"]:
        yield Gap.LIMIT, None
    if dossiers.get(record["procedure_id"], 0) >= often and not any(map(is_online, offers)):
        yield Gap.NOT_ONLINE, offers[0] if offers else None


def _row(record: Mapping[str, Any], gap: Gap, offer: OfferRow | None, count: int) -> GapRow:
    return GapRow(
        code=record["procedure__code"],
        name=record["name"],
        field=record["field__name"],
        gap=gap,
        detail=offer.agency_name if offer else "",
        process_code=offer.process_code if offer else "",
        eform_code=offer.eform_code if offer else "",
        dossiers=count,
        offer_id=offer.public_id if offer else "",
    )


def reception(*, on: date) -> tuple[ReceptionRow, ...]:
    """Return what the provincial centre, the commune centres and the agencies themselves take in on `on`.

    A kind of procedure is counted once at each level that takes it, and the levels are never added up.
    """
    rows = rows_of(Offer.objects.filter(valid__contains=on), on=on)
    ids = dict(Offer.objects.filter(valid__contains=on).values_list("procedure__code", "procedure_id"))
    cards = organisations.directory(on=on).agencies
    by_level: dict[ReceptionLevel, list[OfferRow]] = {level: [] for level in ReceptionLevel}
    for row in rows:
        by_level[_level(row, cards)].append(row)
    return tuple(_reception_row(level, taken, ids) for level, taken in by_level.items())


def _level(row: OfferRow, cards: Mapping[int, Any]) -> ReceptionLevel:
    if not row.at_centre:
        return ReceptionLevel.IN_HOUSE
    card = cards.get(row.agency_id) if row.agency_id else None
    at_commune = card is None or card.kind == AgencyKind.COMMUNE or card.level == Level.COMMUNE
    return ReceptionLevel.COMMUNE_CENTRES if at_commune else ReceptionLevel.PROVINCE_CENTRE


def _reception_row(level: ReceptionLevel, taken: list[OfferRow], ids: Mapping[str, int]) -> ReceptionRow:
    procedures = {row.code: row for row in taken if not row.is_company}
    vertical = {row.code for row in taken if row.is_vertical and not row.is_company}
    services = {row.code for row in taken if row.is_company}
    by_one_stop: dict[str, int] = {}
    for row in procedures.values():
        by_one_stop[row.one_stop] = by_one_stop.get(row.one_stop, 0) + 1
    return ReceptionRow(
        level=level,
        kinds=len(procedures),
        vertical=len(vertical),
        unbound=sum(row.territorial is False for row in procedures.values()),
        services=len(services),
        by_one_stop=by_one_stop,
        procedure_ids=frozenset(ids[code] for code in procedures),
        vertical_ids=frozenset(ids[code] for code in vertical),
        service_ids=frozenset(ids[code] for code in services),
    )


def eform_names() -> dict[str, str]:
    """Return code -> name of all electronic forms, by name; one statement."""
    return dict(EForm.objects.order_by("name", "code").values_list("code", "name"))


def company_service_ids(*, on: date) -> frozenset[int]:
    """Return the procedures whose record in force says that they are a company's service; one statement."""
    rows = ProcedureVersion.objects.filter(valid__contains=on, nature=Nature.COMPANY_SERVICE)
    return frozenset(rows.values_list("procedure_id", flat=True))
