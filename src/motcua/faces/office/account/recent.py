"""What changes how somebody signs in is asked for the password again, unless they signed in minutes ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.faces.design.account_forms import ConfirmForm, add_refusal
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import WrongCredentials
from motcua.foundation.core import clock
from motcua.foundation.core.types import TooMany

LASTS = 900
View = Callable[..., HttpResponse]


def recent(view: View) -> View:
    """Let the view be reached within a quarter of an hour of showing who one is; else ask again."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return ask_if_old(request) or view(request, *args, **kwargs)

    return asked


def ask_if_old(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that asks again, None within a quarter of an hour of showing who one is."""
    if clock.now().timestamp() - request.session.get(accounts.PROVED_AT, 0) <= LASTS:
        return None
    target = request.get_full_path() if request.method == "GET" else reverse("office:account")
    return redirect(f"{reverse('office:account-confirm')}?{urlencode({'next': target})}")


@act("office.account")
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the present password once more."""
    at, form, status = clock.now(), ConfirmForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                right = _is_right(request, form.cleaned_data["password"])
            except TooMany as refusal:
                add_refusal(form, refusal)
                status = refusal.http_status
            else:
                if right:
                    request.session[accounts.PROVED_AT] = int(at.timestamp())
                    return redirect(_target(request))
                form.add_error("password", str(WrongCredentials()))
    context = {"form": form, "next": _target(request)}
    return page(request, "office/account/confirm.html", context, here="office:account", status=status)


def _is_right(request: HttpRequest, typed: str) -> bool:
    at, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    attempt = services.begin_attempt(
        scope="sign-in", name=request.user.get_username(), address=address, at=at,
        device=request.COOKIES.get("motcua_device", ""),
    )  # fmt: skip
    right = accounts.is_password(user_id=request.user.pk or 0, typed=typed)
    if right:
        services.attempt_succeeded(attempt, address=address)
    return right


def _target(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if safe else reverse("office:account")
