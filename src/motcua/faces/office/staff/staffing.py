"""How units are staffed: required, present, on leave, missing, qualified; and the numbers that are required."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.faces.office import exporting
from motcua.faces.office.shell import page
from motcua.faces.office.staff.forms import NumberForm
from motcua.faces.office.staff.people import units_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Role

HERE = "office:staffing"
MOST_SHOWN = 200


def _found(request: HttpRequest, on: Any) -> tuple[list[Any], int | None, bool]:
    unit = request.GET.get("unit", "")
    unit_id = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 12 else None
    only_missing = request.GET.get("show") == "missing"
    rows = accounts.staffing(actor=request.actor, on=on, unit_id=unit_id)  # type: ignore[attr-defined]
    return [row for row in rows if row.missing or not only_missing], unit_id, only_missing


@act("staff.staffing")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show how each unit is staffed today."""
    at = clock.now()
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    rows, unit_id, only_missing = _found(request, on)
    roles = dict(Role.choices)
    context = {
        "rows": [{"row": row, "role": roles[Role(row.role)]} for row in rows[:MOST_SHOWN]], "total": len(rows),
        "unit": unit_id, "only_missing": only_missing, "units": units_of(actor, on=on), "on": on,
        "missing": sum(row.missing for row in rows), "away": sum(row.away for row in rows),
        "may_set": can(actor, "staff.numbers"),
    }  # fmt: skip
    return page(request, "office/staff/staffing.html", context, here=HERE, at=at)


@act("staff.staffing")
@require_safe
def export(request: HttpRequest, kind: str) -> Any:
    """Return the same as a file."""
    on = civil_day(clock.now())
    rows, _unit, _only = _found(request, on)
    roles = dict(Role.choices)
    head = [
        _("Unit of the agency"), _("Agency"), _("Role"), _("Required"), _("Hold the post"), _("On leave today"),
        _("Present"), _("Missing"), _("Qualified"), _("Decided by"),
    ]  # fmt: skip
    lines = (
        [
            row.unit_name, row.agency_name, roles[Role(row.role)], row.required, row.held, row.away, row.present,
            row.missing, row.qualified, row.source,
        ]
        for row in rows
    )  # fmt: skip
    return exporting.answer(kind, name=f"bo-tri-nhan-su-{on:%Y-%m-%d}", head=head, rows=lines)


@act("staff.numbers")
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest) -> HttpResponse:
    """Show and set how many people units of a kind shall have."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    mine = accounts.administered(actor)
    units = [(card.id, card.short_name) for card in organisations.directory(on=on).agencies.values() if card.id in mine]
    form = NumberForm(request.POST or None, units=units, initial={"since": on})
    names = ("agency_kind", "agency", "role", "fewest", "source", "since")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            entered = {name: form.cleaned_data[name] for name in names}
            one = entered.pop("agency")
            try:
                services.set_staffing_number(actor=actor, agency_id=int(one) if one else None, **entered)
                messages.success(request, _("Saved."))
                return redirect("office:staffing-numbers")
            except Refusal as refusal:
                status = form.refuse(refusal)
    rows = [
        (unit or AgencyKind(kind).label, Role(role).label, fewest, source, bool(unit))
        for kind, role, fewest, source, unit in accounts.staffing_numbers(on=on)
    ]
    context = {"form": form, "fields": [form[name] for name in names], "numbers": rows}
    return page(request, "office/staff/numbers.html", context, here=HERE, status=status, at=at)
