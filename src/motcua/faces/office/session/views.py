"""Sign in by name and password, for staff and for citizens who set one; sign out."""

from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.faces.office.session.forms import SignInForm
from motcua.faces.office.session.pending import after_first_factor
from motcua.faces.office.session.where import home_of, portal_home, wanted_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import SignInMethod, WrongCredentials
from motcua.foundation.core import clock
from motcua.foundation.core.types import TooMany


@act("office.sign_in", public=True)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or check it and go on to the second factor, or where the person was heading."""
    at = clock.now()
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(wanted_of(request) or home_of(request.user.pk, at=at))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                user = authenticate(request, **form.cleaned_data)
            except TooMany as refusal:
                form.add_error(None, str(refusal))
                status = refusal.http_status
            else:
                if user is not None:
                    return after_first_factor(
                        request, user, method=SignInMethod.PASSWORD, wanted=wanted_of(request), at=at
                    )
                form.add_error(None, str(WrongCredentials()))
    context = {"form": form, "next": wanted_of(request), "sign_ons": accounts.sign_ons("staff")}
    return render(request, "office/session/sign_in.html", context, status=status)


@act("office.sign_out")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(portal_home() or reverse("office:login"))
