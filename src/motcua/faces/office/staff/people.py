"""The staff of one's agencies: list, export, one person, and new people."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.faces.office import exporting
from motcua.faces.office.shell import page
from motcua.faces.office.staff.forms import CertificateForm, NewOfficerForm
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act, can, seen
from motcua.foundation.accounts.types import Actor, PersonCard
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role

HERE = "office:staff"


@act("staff.see")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the staff, searched and filtered, page by page."""
    at = clock.now()
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    text, unit, number = _wish(request)
    found = accounts.people(actor=actor, on=on, text=text, unit_id=unit, page=number)
    context = {
        "found": found, "text": text, "unit": unit, "units": units_of(actor, on=on),
        "may_manage": can(actor, "staff.manage"), "searching": bool(text or unit),
    }  # fmt: skip
    return page(request, "office/staff/people.html", context, here=HERE, at=at)


def _wish(request: HttpRequest) -> tuple[str, int | None, int]:
    unit, number = request.GET.get("unit", ""), request.GET.get("page", "")
    digits = unit.isascii() and unit.isdigit() and len(unit) < 12
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return request.GET.get("q", "").strip()[:100], int(unit) if digits else None, place


def units_of(actor: Actor, *, on: Any) -> list[tuple[int, str]]:
    """Return (id, name) of the agencies that the actor may filter by; desks and divisions are found by their agency."""
    listing = organisations.directory(on=on)
    return [
        (card.id, card.short_name)
        for card in seen("staff_unit", actor, listing.agencies.values())
        if organisations.agency_of_unit(card.id, on=on) == card.id
    ]


@act("staff.see")
@require_safe
def export(request: HttpRequest, kind: str) -> Any:
    """Return the list as a file."""
    at = clock.now()
    text, unit, _number = _wish(request)
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    found = accounts.people(actor=actor, on=on, text=text, unit_id=unit, size=exporting.MOST_ROWS)
    head = [_("Full name"), _("Posts"), _("Unit of the agency"), _("Seconded"), _("On leave today"), _("Can sign in")]

    def rows() -> Iterator[list[Any]]:
        words = {True: "x", False: ""}
        for row in found.rows:
            yield [
                row.name, row.posts, row.agencies, words[row.is_seconded], words[row.is_away], words[row.can_sign_in]
            ]  # fmt: skip

    return exporting.answer(kind, name="nhan-su", head=head, rows=rows())


@act("staff.see")
@never_cache
@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one member of the staff: posts, superiors, leave, certificates, sign-in."""
    at = clock.now()
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=on)
    context = {
        "card": card, "coming": [item for item in card.holdings if not item.is_present and not item.is_over],
        "past": [item for item in card.holdings if item.is_over],
        "certificates": [(Role(role).label, *rest) for role, *rest in card.qualifications],
        "absences": accounts.absences_of(actor=actor, person_id=card.id, on=on),
        "approves": accounts.approves(actor, card.id, on=on) or card.id == actor.person_id,
        "handovers": dossiers.handovers_of(actor=actor, person_id=card.id),
        "manages": manages(actor, card), "started": request.session.pop("start_password", None),
        "roles": dict(Role.choices),
    }  # fmt: skip
    return page(request, "office/staff/person.html", context, here=HERE, at=at)


def manages(actor: Actor, card: PersonCard) -> bool:
    """Tell whether the actor gives and ends posts of this person."""
    if not can(actor, "staff.manage", card):
        return False
    units = {item.unit_id for item in card.present}
    return not units or bool(units & accounts.administered(actor))


@act("staff.manage")
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a new member of the staff; the start password is shown once."""
    at, status = clock.now(), 200
    form = NewOfficerForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = services.new_officer(
                    actor=request.actor,  # type: ignore[attr-defined]
                    full_name=form.cleaned_data["full_name"], username=form.cleaned_data["username"], at=at,
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                request.session["start_password"] = {"username": made.username, "password": made.password}
                return redirect("office:staff-person", made.person_public_id)
    return page(request, "office/staff/new.html", {"form": form}, here=HERE, status=status, at=at)


@act("staff.manage")
@require_POST
def start_password(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give somebody a new start password, shown once."""
    at = clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    made = services.new_start_password(actor=actor, public_id=public_id, at=at, on=civil_day(at))
    request.session["start_password"] = {"username": made.username, "password": made.password}
    return redirect("office:staff-person", public_id)


@act("staff.manage")
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down a certificate."""
    at, status = clock.now(), 200
    actor = request.actor  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=civil_day(at))
    form = CertificateForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            entered = {name: form.cleaned_data[name] for name in ("role", "certificate", "number", "since", "until")}
            try:
                services.record_qualification(actor=actor, person_id=card.id, **entered)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("office:staff-person", public_id)
    context = {
        "card": card, "form": form, "title": _("Certificate"), "button": _("Save"),
        "fields": [form[name] for name in ("role", "certificate", "number", "since", "until")],
    }  # fmt: skip
    return page(request, "office/staff/form.html", context, here=HERE, status=status, at=at)
