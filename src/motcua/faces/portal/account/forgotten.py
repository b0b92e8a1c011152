"""A forgotten password is replaced by a code, for citizens and staff; the second factor of staff stays."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.faces.design.account_forms import ResetForm, add_refusal
from motcua.faces.portal.account.sign_in import CODE, SHOWN, code_context, code_is_sent, held_code, send_code
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import ActorKind, CodePurpose
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal


@act("portal.sign_in", public=True)
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the contact; the answer is the same whether an account has it or not."""
    sent, form, status = send_code(request, purpose=CodePurpose.RESET)
    if sent:
        return code_is_sent(request, sent, "portal:new-password")
    return render(request, "portal/account/forgotten.html", {"form": form}, status=status)


@act("portal.sign_in", public=True)
@sensitive_post_parameters("code", "new_password")
@never_cache
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Take the code and the new password."""
    held = held_code(request)
    if held is None:
        return redirect("portal:forgotten")
    at, form, status = clock.now(), ResetForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                user = services.reset_password(
                    code_id=held, code=form.cleaned_data["code"], new=form.cleaned_data["new_password"], at=at
                )
            except Refusal as refusal:
                add_refusal(form, refusal, field="code")
                status = refusal.http_status
            else:
                for name in (CODE, SHOWN):
                    request.session.pop(name, None)
                messages.success(request, _("The new password is set. Sign in with it."))
                is_staff = accounts.actor_for_user(user.pk, on=clock.civil_day(at)).kind == ActorKind.STAFF
                return redirect("office:login" if is_staff else "portal:login-password")
    return render(request, "portal/account/new_password.html", code_context(request, held, form), status=status)
