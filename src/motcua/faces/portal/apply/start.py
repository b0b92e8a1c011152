"""Before the form: where, which case, and what will be needed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import services as dossiers
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import IntakeChoice, ProcedureNotInForce, ProcedurePage
from motcua.faces.design import formatting
from motcua.faces.design.preferences import preferences_of
from motcua.faces.portal import visitor
from motcua.faces.portal.account.acting import acting_for
from motcua.faces.portal.apply import promises
from motcua.faces.portal.apply.places import SHOWN, Place, chosen, matching, places
from motcua.faces.portal.apply.steps import STAGES
from motcua.faces.portal.procedure import presenting
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.organisations import selectors as organisations

DRAFTS_PER_HOUR = 60


class CaseForm(forms.Form):
    """The choice of a case, where there are several."""

    use_required_attribute = False
    case = forms.TypedChoiceField(
        label=_("Your case"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the case that is yours, so that only its papers are asked")},
    )

    def __init__(self, choice: IntakeChoice, data: Any = None, initial: int | None = None) -> None:
        several = len(choice.cases) > 1
        super().__init__(data, initial={"case": initial or (None if several else choice.cases[0].id)})
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [(case.id, case.name or choice.name) for case in choice.cases]


@never_cache
@act("portal.apply", public=True)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Ask where and which case, say what will be needed, then begin a draft."""
    now = clock.now()
    try:
        page = procedures.procedure_page(code, on=now.date(), lang=formatting.language())
    except ProcedureNotInForce as ended:
        return render(request, "portal/procedure/ended.html", {"ended": ended, "code": code}, status=410)
    found = places(page, on=now.date())
    if not found:
        return render(request, "portal/apply/counter_only.html", {"page": page}, status=409)
    place = chosen(found, request.GET.get("noi", ""))
    if place is None:
        return _choose_place(request, page, found)
    return _choose_case(request, page, place, has_others=len(found) > 1)


def _choose_place(request: HttpRequest, page: ProcedurePage, found: list[Place]) -> HttpResponse:
    text = request.GET.get("tim", "").strip()[:100]
    fitting = matching(found, text)
    context = {
        "procedure": page,
        "text": text,
        "places": fitting[:SHOWN] if text else fitting,
        "more": max(0, len(fitting) - SHOWN) if text else 0,
        "total": len(found),
        "known": _remembered(request, found),
        "stages": STAGES,
    }
    return render(request, "portal/apply/place.html", context)


def _remembered(request: HttpRequest, found: list[Place]) -> Place | None:
    """Return the commune whose counter this browser remembers."""
    wanted = preferences_of(request).office
    if not wanted:
        return None
    cards = organisations.directory(on=clock.now().date()).agencies
    centre = next((card for card in cards.values() if card.public_id == wanted), None)
    return next((place for place in found if centre and place.agency.id in {centre.id, centre.parent_id}), None)


def _choose_case(request: HttpRequest, page: ProcedurePage, place: Place, *, has_others: bool) -> HttpResponse:
    now = clock.now()
    choice = procedures.intake_choice(place.offer.id, on=now.date())
    form = CaseForm(choice, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _begin(request, place, case_id=form.cleaned_data["case"])
    only = choice.cases[0] if len(choice.cases) == 1 else None
    context = {
        "procedure": page,
        "place": place.agency,
        "has_others": has_others,
        "form": form,
        "choice": choice,
        "only": only,
        "cases": presenting.cases(page),
        "chosen_case": _entered_case(request, choice),
        "promise": promises.of_choice(choice, only, agency_id=place.agency.id, at=now),
        "fees": promises.fees_of(choice, only),
        "stages": STAGES,
        "days": settings.MOTCUA_DRAFT_DAYS,
    }
    return render(request, "portal/apply/start.html", context, status=422 if form.is_bound else 200)


def _entered_case(request: HttpRequest, choice: IntakeChoice) -> int | None:
    text = request.POST.get("case", "")
    return int(text) if text.isascii() and text.isdecimal() and choice.case(int(text)) else None


def _begin(request: HttpRequest, place: Place, *, case_id: int) -> HttpResponse:
    now, actor = clock.now(), visitor.actor_of(request)
    count_attempt(
        scope="portal.draft", key=visitor.address_of(request), limit=DRAFTS_PER_HOUR, window=timedelta(hours=1), at=now
    )
    for_whom = acting_for(request, at=now)
    begun = dossiers.start_draft(
        offer_id=place.offer.id,
        competent_agency_id=place.agency.id,
        actor=actor,
        at=now,
        case_id=case_id,
        representation=for_whom.public_id if for_whom else None,
    )
    if visitor.guide_of(request) is not None:
        visitor.forget_citizen(request)
    visitor.remember_draft(request, begun.public_id, begun.secret)
    return redirect(reverse("portal:apply_who", kwargs={"draft": begun.public_id}))
