"""Limits that the import flagged: a person assigns each to a case, a way of filing and a kind of place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as procedure_services
from motcua.casework.procedures.types import Channel, LimitFlag, LimitSheet, PlaceKind
from motcua.faces.office.deadlines.forms import LimitForm, RulesForm, limit_values
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars.types import Limit, LimitUnit
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:limits"


@act("procedures.settle_limits")
@require_GET
def flagged(request: HttpRequest) -> HttpResponse:
    """List the procedures whose limits a person should look at, those in doubt first."""
    at = clock.now()
    text, shows_all = request.GET.get("q", "").strip()[:100], request.GET.get("all") == "1"
    flag = request.GET.get("flag", "") if request.GET.get("flag") in LimitFlag.values else ""
    number = request.GET.get("page", "")
    wanted = min(int(number), 1000) if number.isdecimal() and int(number) else 1
    found = procedures.flagged_limits(on=civil_day(at), text=text, flag=flag, shows_all=shows_all, page=wanted)
    context = {
        "now": at, "text": text, "shows_all": shows_all, "flag": flag, "found": found, "number": wanted,
        "flags": [item for item in LimitFlag.choices if item[0]], "newer": wanted - 1 if wanted > 2 else None,
        "older": wanted + 1 if found.has_more else None,
    }  # fmt: skip
    hints = [(["J", "K"], _("down, up")), (["Enter"], _("open"))]
    return page(request, "office/deadlines/limits.html", context, here=HERE, hints=hints, at=at)


@act("procedures.settle_limits")
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show all limits of a procedure with their journal; a POST chooses its rules of counting."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = procedures.limit_sheet(code, on=civil_day(at))
    known = calendars.known_rules(on=civil_day(at))
    form = RulesForm(request.POST or None, known=known, initial={"rules": found.rules})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            changed = procedure_services.choose_deadline_rules(
                code=code, rules=form.cleaned_data["rules"], reason=form.cleaned_data["why"], on=civil_day(at),
                actor=actor, at=at,
            )  # fmt: skip
            words = _("The rules of counting are chosen; new dossiers keep them.") if changed else _("Nothing changed.")
            messages.success(request, words)
            return redirect("office:limits-sheet", code)
    context = {"now": at, "sheet": found, "form": form, "rows": _rows(found), "changes": _changes(found)}
    return page(request, "office/deadlines/limits_sheet.html", context, here=HERE, status=status, at=at)


def _rows(found: LimitSheet) -> list[dict[str, object]]:
    return [
        {
            "line": line,
            "channel": Channel(line.channel).label,
            "place": PlaceKind(line.place_kind).label,
            "is_addition": line.is_addition,
            "statutory": Limit(line.statutory_value, LimitUnit(line.statutory_unit)),
            "reduced": Limit(line.value, LimitUnit(line.unit))
            if (line.value, line.unit) != (line.statutory_value, line.statutory_unit)
            else None,
            "flag": LimitFlag(line.flag).label if line.flag else "",
        }
        for line in found.limits
    ]


def _changes(found: LimitSheet) -> list[dict[str, object]]:
    places = {line.id: number for number, line in enumerate(found.limits, start=1)}
    return [
        {
            "what": _("Limit %(number)s") % {"number": places.get(line.limit_id, "")}
            if line.limit_id
            else _("Rules of counting"),
            "line": line,
        }
        for line in found.changes
    ]


@act("procedures.settle_limits")
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, code: str, limit_id: int) -> HttpResponse:
    """Settle one limit: case, way of filing, kind of place, by the law and as the province promised."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = procedures.limit_sheet(code, on=civil_day(at))
    line = next((item for item in found.limits if item.id == limit_id), None)
    if line is None:
        raise NotFound
    form = LimitForm(request.POST or None, sheet=found, initial=limit_values(line))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                changed = procedure_services.assign_limit(limit_id=limit_id, **form.given(), actor=actor, at=at)
            except Refusal as refusal:
                for name in ("statutory", "reduced"):
                    _move(refusal, name, f"{name}_value")
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The limit is settled.") if changed else _("Nothing changed."))
                return redirect("office:limits-sheet", code)
    flag = LimitFlag(line.flag).label if line.flag else ""
    context = {"now": at, "sheet": found, "line": line, "form": form, "flag": flag}
    return page(request, "office/deadlines/limit.html", context, here=HERE, status=status, at=at)


@act("procedures.settle_limits")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a limit that the record tells in words only, such as an addition for remote communes."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = procedures.limit_sheet(code, on=civil_day(at))
    first = {"place_kind": PlaceKind.REMOTE, "holds": "addition", "statutory_unit": LimitUnit.WORKING_DAY}
    form = LimitForm(request.POST or None, sheet=found, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                procedure_services.add_limit(code=code, **form.given(), on=civil_day(at), actor=actor, at=at)
            except Refusal as refusal:
                for name in ("statutory", "reduced"):
                    _move(refusal, name, f"{name}_value")
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The limit is added."))
                return redirect("office:limits-sheet", code)
    context = {"now": at, "sheet": found, "line": None, "form": form, "flag": ""}
    return page(request, "office/deadlines/limit.html", context, here=HERE, status=status, at=at)


def _move(refusal: Refusal, name: str, field: str) -> None:
    """Put a sentence about a limit at its number."""
    fields = getattr(refusal, "fields", {})
    if name in fields:
        fields[field] = fields.pop(name)
