"""Who the dossier is for, and who hands it in when that is somebody else."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers.types import PartyKind, PartyRole
from motcua.faces.portal.apply.drafts import Held, draft_page
from motcua.faces.portal.apply.people import ApplicantForm, SubmitterForm, WhoForm
from motcua.faces.portal.apply.steps import onward, show
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import RepresentationCard, RepresentationKind
from motcua.foundation.core import clock

MOST = 10
EMPTY: dict[str, Any] = {"full_name": ""}


@draft_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, held: Held) -> HttpResponse:
    """Show the people of the draft, or keep them. Adding and taking away people works by plain buttons."""
    if request.method != "POST":
        return _show(request, held, *_from_draft(held))
    applicants, switch, submitter = _from_entry(request.POST)
    if "add" in request.POST and len(applicants) < MOST:
        return _keep_unfinished(
            held, [*_entered(applicants), EMPTY], switch, submitter, anchor=f"id_p{len(applicants)}-full_name"
        )
    if request.POST.get("remove", "").isdecimal() and len(applicants) > 1:
        left = _entered(applicants)
        del left[min(int(request.POST["remove"]), len(left) - 1)]
        return _keep_unfinished(held, left, switch, submitter, anchor="noi-dung")
    chosen = [switch, *applicants, *([submitter] if switch.by_other else [])]
    is_whole = sum(form.is_valid() for form in chosen) == len(chosen)  # every form is asked, none is passed over
    if not is_whole and "later" in request.POST:
        return _keep_unfinished(held, _entered(applicants), switch, submitter, later=True)
    if not is_whole:
        return _show(request, held, applicants, switch, submitter, status=422)
    held.save(
        parties=_parties(
            [form.cleaned_data for form in applicants], submitter.cleaned_data if switch.by_other else None
        ),
        done="who",
    )
    return onward(request, held, "who")


def _from_draft(held: Held) -> tuple[list[ApplicantForm], WhoForm, SubmitterForm]:
    saved = [party for party in held.view.parties if party.get("role") != PartyRole.SUBMITTER]
    submitter = next((party for party in held.view.parties if party.get("role") == PartyRole.SUBMITTER), None)
    people = saved or [principal_of(held) or known_of(held)]
    forms_shown = [
        ApplicantForm(prefix=f"p{place}", initial=person, is_first=not place) for place, person in enumerate(people)
    ]
    switch = WhoForm(initial={"hand_in": "other" if submitter or held.view.representation else "self"})
    return forms_shown, switch, SubmitterForm(prefix="s", initial=submitter or known_of(held))


def represented(held: Held) -> RepresentationCard | None:
    """Return for whom this draft was begun, None for oneself, or when the right to act is over."""
    if not held.view.representation:
        return None
    on = clock.civil_day(held.at)
    return accounts.representation_for(public_id=UUID(held.view.representation), person_id=held.actor.person_id, on=on)


def principal_of(held: Held) -> dict[str, Any]:
    """Return what is known of the one whom the citizen acts for."""
    card = represented(held)
    if card is None:
        return {}
    is_organisation = card.kind == RepresentationKind.ORGANISATION
    return {
        "kind": PartyKind.ENTERPRISE if is_organisation else PartyKind.CITIZEN,
        "full_name": card.full_name,
        "identity": card.identity,
        "address": card.address,
    }


def known_of(held: Held) -> dict[str, Any]:
    """Return what the account knows of the citizen; nothing without an account."""
    return accounts.citizen_contact(held.actor.person_id) if held.actor.person_id else {}


def _from_entry(data: QueryDict) -> tuple[list[ApplicantForm], WhoForm, SubmitterForm]:
    count = data.get("people", "1")
    number = min(int(count), MOST) if count.isascii() and count.isdecimal() and len(count) < 3 else 1
    switch = WhoForm(data)
    people = [
        ApplicantForm(data, prefix=f"p{place}", is_first=not place, phone_elsewhere=switch.by_other)
        for place in range(max(1, number))
    ]
    submitter = SubmitterForm(data, prefix="s")
    if not switch.by_other:  # not asked: keep the words, say nothing about them
        submitter = SubmitterForm(prefix="s", initial=_entered([submitter])[0])
    return people, switch, submitter


def _entered(people: list[Any]) -> list[dict[str, Any]]:
    return [{name: form.data.get(form.add_prefix(name), "").strip()[:300] for name in form.fields} for form in people]


def _parties(people: list[dict[str, Any]], submitter: dict[str, Any] | None) -> list[dict[str, Any]]:
    parties = [{"kind": PartyKind.CITIZEN, **person, "role": PartyRole.APPLICANT} for person in people]
    if submitter is not None:
        parties.append({**submitter, "kind": PartyKind.CITIZEN, "role": PartyRole.SUBMITTER})
    return parties


def _keep_unfinished(
    held: Held,
    people: list[dict[str, Any]],
    switch: WhoForm,
    submitter: SubmitterForm,
    *,
    anchor: str = "",
    later: bool = False,
) -> HttpResponse:
    """Keep the words as they stand, finished or not, so that no button loses them."""
    other = _entered([submitter])[0] if switch.by_other else None
    held.save(parties=_parties(people, other), undone="who")
    if later:
        return redirect("portal:apply_draft", draft=held.view.public_id)
    answer = redirect("portal:apply_who", draft=held.view.public_id)
    answer["Location"] += f"#{anchor}"
    return answer


def _show(
    request: HttpRequest,
    held: Held,
    applicants: list[ApplicantForm],
    switch: WhoForm,
    submitter: SubmitterForm,
    *,
    status: int = 200,
) -> HttpResponse:
    asked: list[forms.Form] = [switch, *applicants, *([submitter] if switch.by_other else [])]
    context = {
        "applicants": applicants,
        "switch": switch,
        "submitter": submitter,
        "forms": asked,
        "is_known": bool(held.actor.person_id) and "who" not in held.view.done and not held.view.parties,
        "can_add": len(applicants) < MOST,
        "represented": represented(held),
        "is_over": bool(held.view.representation) and represented(held) is None,
    }
    return show(request, held, "who", "portal/apply/who.html", context, status=status)
