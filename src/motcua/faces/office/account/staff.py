"""The administrator's view of the sign-ins of staff, and the reset of a lost second factor."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.faces.design.account_forms import add_refusal
from motcua.faces.office.account.recent import ask_if_old
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal


class ResetFactorForm(forms.Form):
    """Why a second factor is taken off."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It is kept with your name and shown to them."),
        error_messages={"required": gettext_lazy("Say why, and how you made sure who asked")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@act("office.staff_accounts")
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List staff below one's administrator posts with how they sign in."""
    at = clock.now()
    text = request.GET.get("q", "")[:100]
    people = accounts.staff_accounts(actor=request.actor, on=clock.civil_day(at), text=text)  # type: ignore[attr-defined]
    context = {"people": people, "text": text}
    return page(request, "office/account/staff.html", context, here="office:staff-accounts", at=at)


@act("office.staff_accounts")
@never_cache
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the second factor off for somebody who lost it, with a reason."""
    at, actor, status = clock.now(), request.actor, 200  # type: ignore[attr-defined]
    on = clock.civil_day(at)
    person = accounts.staff_account(actor=actor, public_id=public_id, on=on)
    again = ask_if_old(request)
    if again is not None:
        return again
    form = ResetFactorForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.reset_second_factor(
                    actor=actor, public_id=public_id, reason=form.cleaned_data["reason"], at=at, on=on
                )
            except Refusal as refusal:
                add_refusal(form, refusal)
                status = refusal.http_status
            else:
                messages.success(
                    request, _("The second factor is removed. They set up a new one when they sign in next.")
                )
                return redirect("office:staff-accounts")
    context = {"person": person, "form": form, "is_self": person.user_id == actor.user_id}
    return page(request, "office/account/reset.html", context, here="office:staff-accounts", status=status)
