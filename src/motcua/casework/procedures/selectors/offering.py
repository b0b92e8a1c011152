"""Offers for the office: the list of a day, one offer with its history, what an assignment would do, coverage."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.casework.procedures.models import EForm, Offer, OfferChange, ProcedureVersion
from motcua.casework.procedures.types import (
    Assignment,
    AssignmentLine,
    Channel,
    CoverageRow,
    Effect,
    Nature,
    OfferChangeLine,
    OfferNotFound,
    OfferRow,
    OfferSheet,
)
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyCard, AgencyKind

VERTICAL = frozenset({AgencyKind.VERTICAL})
COMPANY = frozenset({AgencyKind.UTILITY})


def offer_rows(
    *, on: date, text: str = "", agency_id: int | None = None, companies: bool | None = None, field: str = ""
) -> tuple[OfferRow, ...]:
    """Return the offers in force on `on` by procedure code, single agencies before all communes; five statements.

    Args:
        text: words of the procedure's name or its code, folded.
        agency_id: what this agency takes, also under an offer of all communes.
        companies: True for companies' services alone, False for administrative procedures alone.
    """
    found = Offer.objects.filter(valid__contains=on)
    if field:
        found = found.filter(procedure__versions__field__code=field, procedure__versions__valid__contains=on)
    if agency_id is not None:
        found = found.filter(_taken_by(agency_id, on))
    rows = rows_of(found, on=on)
    if companies is not None:
        rows = tuple(row for row in rows if row.is_company == companies)
    if text:
        rows = tuple(row for row in rows if _holds(text, row))
    return rows


def _holds(text: str, row: OfferRow) -> bool:
    words, name = fold(text).split(), fold(f"{row.code} {row.name} {row.agency_name}")
    return all(word in name for word in words)


def _taken_by(agency_id: int, on: date) -> Q:
    own = Q(agency_id=agency_id)
    card = organisations.directory(on=on).agencies.get(agency_id)
    if card is None or card.kind != AgencyKind.COMMUNE:
        return own
    others = Offer.objects.filter(agency_id=agency_id, valid__contains=on).values("procedure_id")
    shared = Q(agency__isnull=True) & ~Q(exceptions__agency_id=agency_id) & ~Q(procedure_id__in=others)
    return own | shared


def rows_of(found: Any, *, on: date) -> tuple[OfferRow, ...]:
    """Return offers as rows with the names and the records of `on`; fixed number of statements."""
    offers = list(
        found.select_related("procedure", "eform")
        .prefetch_related("exceptions")
        .order_by("procedure__code", "agency_id", "-valid", "pk")
    )
    records = _records({offer.procedure_id for offer in offers}, on)
    running = workflow.published_versions({offer.process_code for offer in offers}, on=on)
    listing = organisations.directory(on=on)
    return tuple(_row(offer, records.get(offer.procedure_id), running, listing) for offer in offers)


def _records(procedure_ids: Collection[int], on: date) -> dict[int, tuple[Any, ...]]:
    columns = ("procedure_id", "name", "field__name", "nature", "one_stop", "territorial", "valid")
    newest: dict[int, tuple[Any, ...]] = {}
    rows = ProcedureVersion.objects.filter(procedure_id__in=procedure_ids).order_by("valid").values_list(*columns)
    for procedure_id, *record, valid in rows:
        if procedure_id not in newest or valid.lower <= on:
            newest[procedure_id] = tuple(record)
    return newest


def _row(offer: Offer, record: tuple[Any, ...] | None, running: dict[str, int], listing: Any) -> OfferRow:
    name, field, nature, one_stop, territorial = record or ("", "", Nature.PROCEDURE, "", None)
    card = listing.find(offer.agency_id) if offer.agency_id else None
    kind = card.kind if card else ""
    return OfferRow(
        public_id=str(offer.public_id),
        code=offer.procedure.code,
        name=name,
        field=field,
        agency_id=offer.agency_id,
        agency_name=card.name if card else _("All communes, wards and special zones"),
        is_vertical=kind in VERTICAL,
        is_company=nature == Nature.COMPANY_SERVICE or kind in COMPANY,
        level=offer.level,
        at_centre=offer.at_centre,
        process_code=offer.process_code,
        has_process=offer.process_code in running,
        eform_code=offer.eform.code if offer.eform else "",
        channels=tuple(offer.channels),
        quick_form=offer.quick_form,
        one_stop=one_stop,
        territorial=territorial,
        excepted_ids=frozenset(item.agency_id for item in offer.exceptions.all()),
        valid_from=offer.valid.lower,
        valid_until=offer.valid.upper,
    )


def offer_sheet(public_id: uuid.UUID | str, *, on: date) -> OfferSheet:
    """Return an offer with its history, whether it is in force or not.

    Raises:
        OfferNotFound: no such offer.
    """
    offer = Offer.objects.filter(public_id=public_id).first()
    if offer is None:
        raise OfferNotFound
    place = Q(agency_id=offer.agency_id) if offer.agency_id else Q(agency__isnull=True)
    same = Offer.objects.filter(place, procedure_id=offer.procedure_id)
    rows = rows_of(same, on=on)
    changes = list(OfferChange.objects.filter(offer__in=same).select_related("offer").order_by("-at", "-pk"))
    people = accounts.person_names({change.person_id for change in changes if change.person_id})
    return OfferSheet(
        row=next(row for row in rows if row.public_id == str(offer.public_id)),
        others=rows,
        changes=tuple(
            OfferChangeLine(
                act=change.act,
                by=people.get(change.person_id or 0, ""),
                at=change.at,
                reason=change.reason,
                valid_from=change.offer.valid.lower,
            )
            for change in changes
        ),
    )


def plan_assignment(wanted: Assignment) -> tuple[AssignmentLine, ...]:
    """Return what an assignment would do, procedure by procedure; nothing is written. Four statements."""
    on = wanted.valid_from
    records = ProcedureVersion.objects.filter(procedure__code__in=wanted.procedure_codes, valid__contains=on)
    names = dict(records.values_list("procedure__code", "name"))
    cards = organisations.directory(on=on).agencies
    latest = _latest(wanted)
    form = EForm.objects.filter(code=wanted.eform_code).first() if wanted.eform_code else None
    lines = []
    for code in wanted.procedure_codes:
        for agency_id in wanted.agency_ids:
            effect, why, place = _effect(wanted, code, agency_id, names, cards, latest.get((code, agency_id)), form)
            card = cards.get(agency_id) if agency_id else None
            agency_name = card.name if card else ("" if agency_id else _("All communes, wards and special zones"))
            lines.append(AssignmentLine(code, names.get(code, ""), agency_id, agency_name, effect, why, place))
    return tuple(lines)


def _latest(wanted: Assignment) -> dict[tuple[str, int | None], Offer]:
    ids = [agency_id for agency_id in wanted.agency_ids if agency_id]
    places = Q(agency_id__in=ids) | (Q(agency__isnull=True) if None in wanted.agency_ids else Q(pk__in=[]))
    found = Offer.objects.filter(places, procedure__code__in=wanted.procedure_codes).select_related("procedure")
    rows = found.prefetch_related("exceptions").order_by("valid")
    return {(offer.procedure.code, offer.agency_id): offer for offer in rows}


def _effect(
    wanted: Assignment,
    code: str,
    agency_id: int | None,
    names: dict[str, str],
    cards: dict[int, AgencyCard],
    latest: Offer | None,
    form: EForm | None,
) -> tuple[Effect, str, str]:
    on = wanted.valid_from
    day = {"day": f"{on:%d/%m/%Y}"}
    if code not in names:
        return Effect.REFUSED, _("No procedure of this code is in force on %(day)s.") % day, "procedure_codes"
    if agency_id is not None and agency_id not in cards:
        return Effect.REFUSED, _("This agency does not work on %(day)s.") % day, "agencies"
    if latest is None or (latest.valid.upper is not None and latest.valid.upper <= on):
        return Effect.NEW, "", ""
    differences = differs(latest, wanted, form)
    is_open = latest.valid.upper is None
    if not differences and is_open:
        return Effect.SAME, "", ""
    if latest.valid.lower >= on and not (is_open and differences == [_("exceptions")]):
        words = _("An assignment begins on %(day)s already; choose a later day.")
        return Effect.REFUSED, words % {"day": f"{latest.valid.lower:%d/%m/%Y}"}, "valid_from"
    return Effect.CHANGED, ", ".join(differences) or _("no end any more"), ""


def differs(offer: Offer, wanted: Assignment, form: EForm | None) -> list[str]:
    """Return what of an offer would be otherwise, in words; empty when nothing."""
    excepted = frozenset(wanted.excepted_ids) if offer.agency_id is None else frozenset()
    pairs: Iterable[tuple[str, Any, Any]] = (
        (_("process"), offer.process_code, wanted.process_code),
        (_("form"), offer.eform_id, form.pk if form else None),
        (_("ways of handing in"), sorted(offer.channels), sorted(wanted.channels)),
        (_("at the centre or in house"), offer.at_centre, wanted.at_centre),
        (_("form of the counter"), offer.quick_form, wanted.quick_form),
        (_("exceptions"), {item.agency_id for item in offer.exceptions.all()}, set(excepted)),
    )
    return [words for words, before, after in pairs if before != after]


def coverage(*, on: date) -> tuple[CoverageRow, ...]:
    """Return, agency by agency, how many procedures are run by a process on `on`; agencies that take none are left out.

    Companies' services are not counted. Five statements, however many agencies there are.
    """
    offers = [row for row in rows_of(Offer.objects.filter(valid__contains=on), on=on) if not row.is_company]
    approved = workflow.approved_codes({row.process_code for row in offers}, on=on)
    cards = organisations.directory(on=on).agencies.values()
    shared = [row for row in offers if row.agency_id is None]
    own: dict[int, dict[str, OfferRow]] = {}
    for row in offers:
        if row.agency_id is not None:
            own.setdefault(row.agency_id, {})[row.code] = row
    found = []
    for card in cards:
        taken = dict(own.get(card.id, {}))
        if card.kind == AgencyKind.COMMUNE:
            taken = {row.code: row for row in shared if card.id not in row.excepted_ids} | taken
        if taken:
            found.append(_coverage_row(card, list(taken.values()), approved))
    return tuple(found)


def _coverage_row(card: AgencyCard, taken: list[OfferRow], approved: Collection[str]) -> CoverageRow:
    return CoverageRow(
        agency_id=card.id,
        agency_name=card.name,
        kind=card.kind,
        procedures=len(taken),
        internal=sum(row.process_code in approved for row in taken),
        electronic=sum(row.has_process for row in taken),
        both=sum(row.has_process and row.process_code in approved for row in taken),
    )


def is_online(row: OfferRow) -> bool:
    """Say whether an offer is taken online with a form."""
    return bool(row.eform_code) and Channel.ONLINE in row.channels
