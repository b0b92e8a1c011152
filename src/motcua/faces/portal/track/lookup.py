"""Tracking by code: anybody learns how far a dossier is; its parties prove themselves and see all of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import Completion, Proof
from motcua.faces.portal import visitor
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.throttling import count_attempt
from motcua.foundation.core.types import NotFound

HOUR = timedelta(hours=1)
UNKNOWN = _("We find no dossier with this code. Check the last 4 digits on your slip")
NO_MATCH = _("Code and number do not belong together. Check the code, and take a number you gave in the dossier")


class CodeForm(forms.Form):
    """A code or intake number."""

    use_required_attribute = False
    ma = forms.CharField(
        label=_("Code of the dossier, or intake number"),
        max_length=60,
        help_text=_("On your slip or in our message, for example H01.18-261109-0008 or TN261123-UT9N-V2SF."),
        error_messages={"required": _("Enter the code of the dossier")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "mc-num"}
        ),
    )


class ProofForm(forms.Form):
    """The code with a second thing that only parties know."""

    use_required_attribute = False
    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    number = forms.CharField(
        label=_("Phone or identity number that you gave in the dossier"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "mc-num mc-w16"}),
        error_messages={"required": _("Enter the phone or identity number that you gave in the dossier")},
    )


@never_cache
@act("portal.track", public=True)
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a code, or say how far the dossier of a code is; go on to the dossier for whoever may see it."""
    text = request.GET.get("ma", "")[:60]
    if not text.strip():
        form = CodeForm(request.GET if "ma" in request.GET else None)
        return render(request, "portal/track/look_up.html", {"form": form}, status=422 if form.is_bound else 200)
    code = "".join(text.split()).upper()
    found = _for_party(request, code)
    if found is not None:
        return found
    try:
        completion = dossiers.completion(code=code)
    except NotFound:
        form = CodeForm({"ma": text})
        form.add_error("ma", UNKNOWN)
        return render(request, "portal/track/look_up.html", {"form": form}, status=404)
    return _show(request, completion, ProofForm(initial={"code": completion.code}))


def _for_party(request: HttpRequest, code: str) -> HttpResponse | None:
    """Lead on whoever proved it in this session, or owns it by account."""
    proved = visitor.proved_by_code(request, code, at=clock.now())
    public_id: Any = proved.public_id if proved else None
    if public_id is None and visitor.actor_of(request).person_id:
        public_id = dossiers.own_public_id(actor=visitor.actor_of(request), code=code)
    return redirect("portal:dossier", dossier=public_id) if public_id else None


@never_cache
@act("portal.track", public=True)
@sensitive_post_parameters("number")
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Check the second factor; attempts are counted per code and per address before anything is looked up."""
    form = ProofForm(request.POST)
    code = "".join(request.POST.get("code", "")[:60].split()).upper()
    if form.is_valid():
        proof = _prove(request, code, form.cleaned_data["number"])
        if proof is not None:
            public_id = dossiers.public_id_of(proof=proof)
            visitor.keep_proof(request, proof, public_id=public_id, code=code, at=clock.now())
            return redirect("portal:dossier", dossier=public_id)
        form.add_error("number", NO_MATCH)
        return _show(request, Completion(code, ""), form, status=404)
    return _show(request, Completion(code, ""), form, status=422)


def _prove(request: HttpRequest, code: str, number: str) -> Proof | None:
    now = clock.now()
    counted = (
        ("tracking.address", visitor.address_of(request), settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS),
        ("tracking.code", dossiers.counting_key(code), settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE),
    )
    for scope, key, limit in counted:
        count_attempt(scope=scope, key=key, limit=limit, window=HOUR, at=now)
    try:
        return dossiers.prove(code=code, second_factor=number)
    except NotFound:
        return None


def _show(request: HttpRequest, completion: Completion, form: ProofForm, *, status: int = 200) -> HttpResponse:
    context = {"completion": completion, "form": form}
    return render(request, "portal/track/completion.html", context, status=status)
