"""The offers of a day, one offer with its history, and its end."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import Channel, OfferAct, OfferRow, OneStop
from motcua.faces.office import exporting
from motcua.faces.office.offers.asking import HERE, day_of, paged, tabs, words
from motcua.faces.office.offers.forms import EndForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

KINDS = {"procedures": False, "companies": True}
TAKING = (
    AgencyKind.PROVINCE, AgencyKind.DEPARTMENT, AgencyKind.BRANCH, AgencyKind.VERTICAL, AgencyKind.UTILITY,
    AgencyKind.COMMUNE,
)  # fmt: skip


def shown(row: OfferRow) -> dict[str, Any]:
    """Return an offer in the words of a page."""
    return {
        "row": row,
        "channels": [Channel(channel).label for channel in row.channels],
        "one_stop": OneStop(row.one_stop).label if row.one_stop else "",
        "place": _("At the centre") if row.at_centre else _("In house"),
    }


def _asked(request: HttpRequest) -> tuple[date, dict[str, Any], tuple[OfferRow, ...]]:
    on = day_of(request)
    asked = {name: words(request, name) for name in ("q", "agency", "kind", "field")}
    cards = organisations.directory(on=on).agencies.values()
    agency = next((card for card in cards if card.public_id == asked["agency"]), None)
    rows = procedures.offer_rows(
        on=on,
        text=asked["q"],
        agency_id=agency.id if agency else None,
        companies=KINDS.get(asked["kind"]),
        field=asked["field"],
    )
    return on, asked, rows


@act("offers.see")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show which agency does which procedure on a day, by which process and form."""
    on, asked, rows = _asked(request)
    cards = organisations.directory(on=on).agencies.values()
    shown_page = paged(request, rows)
    context = asked | {
        "day": on,
        "page": shown_page,
        "rows": [shown(row) for row in shown_page.object_list],
        "count": len(rows),
        "services": sum(row.is_company for row in rows),
        "agencies": sorted((card for card in cards if card.kind in TAKING), key=_order),
        "fields": procedures.fields(on=on),
        "may_assign": may(request.actor, "offers.assign"),  # type: ignore[attr-defined]
    }
    return page(request, "office/offers/list.html", context | tabs("offers"), here=HERE)


def _order(card: Any) -> tuple[bool, str]:
    return card.kind == AgencyKind.COMMUNE, card.short_name


@act("offers.see")
@require_safe
def export(request: HttpRequest, kind: str) -> Any:
    """Return the same list as a file."""
    on, _asked_for, rows = _asked(request)
    head = [
        _("Code"), _("Procedure"), _("Field"), _("Agency"), _("Vertical agency"), _("Service of a company"),
        _("Process"), _("Process in force"), _("Electronic form"), _("Ways of handing in"), _("Where it is handed in"),
        _("One-stop"), _("Communes that do not take it"), _("From"), _("Until"),
    ]  # fmt: skip
    yes, no = _("yes"), _("no")
    lines = (
        [
            row.code, row.name, row.field, row.agency_name, yes if row.is_vertical else no,
            yes if row.is_company else no, row.process_code, yes if row.has_process else no, row.eform_code,
            ", ".join(map(str, item["channels"])), item["place"], str(item["one_stop"]), len(row.excepted_ids),
            f"{row.valid_from:%d/%m/%Y}", f"{row.valid_until:%d/%m/%Y}" if row.valid_until else "",
        ]
        for row in rows
        for item in [shown(row)]
    )  # fmt: skip
    return exporting.answer(kind, name=f"phan-cong-thu-tuc-{on:%Y-%m-%d}", head=head, rows=lines)


@act("offers.see")
@require_safe
def offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one offer with its history, and let it be changed or ended."""
    return _offer(request, public_id)


def _offer(request: HttpRequest, public_id: UUID, *, form: EndForm | None = None, status: int = 200) -> HttpResponse:
    on = civil_day(clock.now())
    sheet = procedures.offer_sheet(public_id, on=on)
    listing = organisations.directory(on=on)
    excepted = sorted(card.name for key in sheet.row.excepted_ids if (card := listing.find(key)))
    is_open = sheet.row.valid_until is None or sheet.row.valid_until > on
    may_assign = may(request.actor, "offers.assign")  # type: ignore[attr-defined]
    context = {
        "sheet": sheet,
        "item": shown(sheet.row),
        "excepted": excepted,
        "others": [shown(row) for row in sheet.others],
        "changes": [(OfferAct(line.act).label, line) for line in sheet.changes],
        "form": (form or EndForm()) if may_assign and is_open else None,
        "may_assign": may_assign,
    }
    return page(request, "office/offers/offer.html", context, here=HERE, status=status)


@act("offers.assign")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an offer from a day on; what was taken in before is finished as it began."""
    if request.method == "GET":
        return redirect("office:offer", public_id)
    at, form = clock.now(), EndForm(request.POST)
    if not form.is_valid():
        return _offer(request, public_id, form=form, status=422)
    try:
        services.end_offer(
            offer_id=procedures.offer(public_id).id,
            ended_on=form.cleaned_data["ended_on"],
            reason=form.cleaned_data["reason"],
            actor=request.actor,  # type: ignore[attr-defined]
            at=at,
        )
    except Refusal as refusal:
        if refusal.http_status == 404:
            form.add_error("ended_on", _("Choose a day after its first day and before its present end."))
        else:
            form.refuse(refusal)
        return _offer(request, public_id, form=form, status=422)
    messages.success(request, _("The assignment ends; what was taken in before is finished as it began."))
    return redirect("office:offer", public_id)
