"""Assign procedures to agencies: enter, look at what would change, then do it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import AssignmentLine, Channel, Effect, OfferRow
from motcua.faces.office.offers.asking import HERE, words
from motcua.faces.office.offers.forms import AssignForm
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations import selectors as organisations

SHOWN = 200
TONES = {
    Effect.NEW: ("mc-ok", "plus"),
    Effect.CHANGED: ("mc-warn", "pencil"),
    Effect.SAME: ("", "check"),
    Effect.REFUSED: ("mc-danger", "circle-x"),
}


@act("offers.assign")
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Ask for procedures, agencies and how; show each effect; do it when it was looked at."""
    at = clock.now()
    on = civil_day(at)
    if request.method == "GET":
        return _show(request, AssignForm(on=on, initial=_initial(request)))
    form = AssignForm(request.POST, on=on)
    if not form.is_valid():
        return _show(request, form, status=422)
    wanted = form.assignment()
    if request.POST.get("do") != "assign":
        lines = procedures.plan_assignment(wanted)
        for place, sentences in services.assignment_refusals(lines).items():
            for sentence in sentences:
                form.add_error(place, sentence)
        return _show(request, form, lines=lines, status=422 if form.errors else 200)
    try:
        done = services.assign_offers(wanted=wanted, actor=request.actor, at=at)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return _show(request, form, status=form.refuse(refusal))
    messages.success(
        request,
        _("Done: %(new)s new, %(changed)s changed, %(same)s were so already.")
        % {"new": done[Effect.NEW], "changed": done[Effect.CHANGED], "same": done[Effect.SAME]},
    )
    return redirect("office:offers")


def _show(
    request: HttpRequest, form: AssignForm, *, lines: tuple[AssignmentLine, ...] = (), status: int = 200
) -> HttpResponse:
    counts = Counter(line.effect for line in lines)
    context = {
        "form": form,
        "lines": [_line(line) for line in lines[:SHOWN]],
        "more": max(0, len(lines) - SHOWN),
        "counts": [(Effect(effect).label, counts[effect]) for effect in Effect if counts[effect]],
        "may_do": bool(lines) and not form.errors and bool(counts[Effect.NEW] + counts[Effect.CHANGED]),
        "to_do": counts[Effect.NEW] + counts[Effect.CHANGED],
    }
    return page(request, "office/offers/assign.html", context, here=HERE, status=status)


def _line(line: AssignmentLine) -> dict[str, Any]:
    tone, picture = TONES[Effect(line.effect)]
    return {"line": line, "effect": Effect(line.effect).label, "tone": tone, "icon": picture}


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Return what the form begins with: codes of the address, or an offer that is to be changed."""
    begin: dict[str, Any] = {
        "procedure_codes": "\n".join(code[:40] for code in request.GET.getlist("procedure")[:100]),
        "channels": list(Channel.values),
        "place": "centre",
    }
    changed = words(request, "offer")
    if changed:
        on = civil_day(clock.now())
        try:
            row = procedures.offer_sheet(procedures.offer(changed).public_id, on=on).row
        except NotFound:
            return begin
        begin |= _of_offer(row)
    return begin


def _of_offer(row: OfferRow) -> dict[str, Any]:
    listing = organisations.directory(on=civil_day(clock.now()))
    card = listing.find(row.agency_id)
    mine = [card.public_id] if card else []
    return {
        "procedure_codes": row.code,
        "all_communes": row.agency_id is None,
        "agencies": mine,
        "communes": mine,
        "excepted": [found.public_id for key in row.excepted_ids if (found := listing.find(key))],
        "process_code": row.process_code,
        "eform_code": row.eform_code,
        "channels": list(row.channels),
        "place": "centre" if row.at_centre else "house",
        "quick_form": row.quick_form,
    }
