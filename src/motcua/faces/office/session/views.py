"""Sign in once, for citizens and staff alike; sign out."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.faces.office.session.forms import SignInForm
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import ActorKind, WrongCredentials
from motcua.foundation.core import clock
from motcua.foundation.core.types import TooMany


@act("office.sign_in", public=True)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or check it and go where the person was heading."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_wanted(request) or _home_of(request.user.pk))
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
                    login(request, user)
                    return redirect(_wanted(request) or _home_of(user.pk))
                form.add_error(None, str(WrongCredentials()))
    context = {"form": form, "next": _wanted(request)}
    return render(request, "office/session/sign_in.html", context, status=status)


@act("office.sign_out")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(_portal() or reverse("office:login"))


def _wanted(request: HttpRequest) -> str:
    """Return where the person was heading, when that lies on this site."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else ""


def _home_of(user_id: int) -> str:
    actor = accounts.actor_for_user(user_id, on=clock.civil_day(clock.now()))
    if actor.kind == ActorKind.STAFF:
        return reverse("office:home")
    try:
        return reverse("portal:my")
    except NoReverseMatch:
        return _portal() or "/"


def _portal() -> str:
    try:
        return reverse("portal:home")
    except NoReverseMatch:
        return ""
