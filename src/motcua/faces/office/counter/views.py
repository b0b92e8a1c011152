"""Taking in at the counter: choose the procedure, enter the citizen, tick the papers, print the receipt."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import DossierRow, Filed, PartyInput
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import IntakeChoice, QuickForm
from motcua.faces.office.counter.desk import IntakeDesk
from motcua.faces.office.counter.places import choices
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal

HERE = "office:counter"
SUGGESTED = 8


@act("dossiers.take_in")
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find the procedure by words, by slips of the keyboard or by its code."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    on, text = civil_day(at), request.GET.get("q", "").strip()[:200]
    found = procedures.search(text, on=on, limit=20) if text else None
    listed = choices(found.results, actor=actor, on=on) if found else []
    if found is None:
        own = procedures.search("", on=on, agency_id=actor.posts[0].agency_id, limit=20)
        listed = choices(own.results, actor=actor, on=on)
    if not may(actor, "office.certify"):
        listed = [choice for choice in listed if not choice.quick_form]
    context = {
        "certifies": may(actor, "office.certify"),
        "now": at,
        "text": text,
        "found": found,
        "choices": listed,
        "same": request.GET.get("same", ""),
    }
    return page(request, "office/counter/choose.html", context, here=HERE, at=at)


@act("dossiers.take_in")
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Return the list under the search box while one types."""
    actor, on = request.actor, civil_day(clock.now())  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:200]
    found = procedures.search(text, on=on, limit=SUGGESTED).results if text else ()
    listed = choices(found, actor=actor, on=on)
    if not may(actor, "office.certify"):
        listed = [choice for choice in listed if not choice.quick_form]
    context = {"choices": listed, "text": text, "same": request.GET.get("same", "")}
    return render(request, "office/counter/suggestions.html", context)


@act("dossiers.take_in")
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Show the form, change it on wish, or take in and go to the receipt."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    choice = procedures.intake_choice(offer_id, on=civil_day(at))
    if choice.offer.quick_form == QuickForm.CERTIFICATION and "plain" not in request.GET:
        return redirect(f"{reverse('office:certification')}?offer={choice.offer.public_id}")
    taking = "take_in" in request.POST
    if taking and not request.FILES and (taken := _taken_in(request, choice, at=at)):
        return taken
    desk = IntakeDesk(request, choice, actor=actor, at=at, bound=taking, known=_same(request))
    said, twins = _changed(request, desk) if request.method == "POST" and not taking else ("", [])
    status = 200
    if request.method == "POST":
        valid = desk.is_valid() if taking else False
        desk.keep_uploads()
        status = 422 if taking else 200
        if valid and not any(form.errors for form in desk.forms() if form.is_bound):
            try:
                filed = dossier_services.take_in_at_counter(
                    filing=desk.filing(), actor=actor, at=at, post_id=desk.main.post_id
                )
            except Refusal as refusal:
                status = desk.main.refuse(refusal)
            else:
                return _to_receipt(request, desk, filed)
    context = {
        "now": at, "choice": choice, "desk": desk, "said": said, "twins": twins, "promise": desk.promise(),
        "forms": desk.forms() if taking else [],
    }  # fmt: skip
    hints = [
        (["F2"], _("identity card")), (["F4"], _("scan")), (["F8"], _("tick all")), (["Enter"], _("next field")),
        (["Ctrl", "Enter"], _("take in, print")),
    ]  # fmt: skip
    return page(request, "office/counter/intake.html", context, here=HERE, status=status, hints=hints, at=at)


def _taken_in(request: HttpRequest, choice: IntakeChoice, *, at: datetime) -> HttpResponse | None:
    """Take in when all is well, without the parts that only the page needs; None when the page must be shown again."""
    actor = request.actor  # type: ignore[attr-defined]
    desk = IntakeDesk(request, choice, actor=actor, at=at, bound=True, lean=True)
    if not desk.is_valid():
        return None
    try:
        filed = dossier_services.take_in_at_counter(filing=desk.filing(), actor=actor, at=at, post_id=desk.main.post_id)
    except Refusal:  # the page says which, and keeps what was typed
        return None
    return _to_receipt(request, desk, filed)


def _to_receipt(request: HttpRequest, desk: IntakeDesk, filed: Filed) -> HttpResponse:
    if desk.main.post_id:
        request.session["post"] = desk.main.post_id
    if not filed.is_new:
        messages.info(request, _("This dossier had been taken in already; here is its receipt."))
    return redirect("office:taken-in", filed.public_id)


def _same(request: HttpRequest) -> tuple[PartyInput, ...]:
    """Return the people of the dossier just taken in, for the next one of the same visitor."""
    try:
        public_id = UUID(request.GET.get("same", ""))
    except ValueError:
        return ()
    actor = request.actor  # type: ignore[attr-defined]
    at = clock.now()
    try:
        view = dossiers.dossier_view(actor=actor, public_id=public_id, at=at)
    except NotFound:
        return ()
    dossier_services.log_reading(dossier_id=view.id, actor=actor, what="lookup", at=at)
    return view.parties


def _changed(request: HttpRequest, desk: IntakeDesk) -> tuple[str, list[DossierRow]]:
    """Do what a button other than the main one asks for; return words about it and dossiers of the same kind."""
    place = request.POST.get("find", request.POST.get("remove_person", ""))
    number = int(place) if place.isdecimal() else -1
    if "add_person" in request.POST:
        desk.add_person()
    elif "remove_person" in request.POST:
        desk.remove_person(number)
    elif "tick_all" in request.POST:
        desk.tick_all()
    elif "find" in request.POST:
        return desk.find_person(number), _twins(request, desk, number)
    return "", []


def _twins(request: HttpRequest, desk: IntakeDesk, place: int) -> list[DossierRow]:
    """Return open dossiers of this person for the same procedure: perhaps it was handed in already."""
    actor, at = request.actor, desk.at  # type: ignore[attr-defined]
    identity = str(desk.people[place].initial.get("identity") or "") if 0 <= place < len(desk.people) else ""
    if len(identity) < 9:
        return []
    rows = dossiers.register(actor=actor, at=at, text=identity, limit=10).rows
    return [row for row in rows if row.procedure_code == desk.choice.code and row.closed_at is None][:3]
