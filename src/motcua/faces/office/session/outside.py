"""Signing staff in at an outside sign-on, by OpenID Connect."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.faces.office.session.forms import SignInForm
from motcua.faces.office.session.pending import after_first_factor
from motcua.faces.office.session.where import wanted_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import SignInMethod, SignOnFailed, SignOnUnknown
from motcua.foundation.core import clock

WANTED = "signing_in_wanted"


@act("office.sign_in", public=True)
@never_cache
@require_GET
def there(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lead to the provider."""
    provider = accounts.sign_on(code, "staff")
    request.session[WANTED] = wanted_of(request)
    back = request.build_absolute_uri(reverse("office:sign-on-back", args=[code]))
    try:
        return services.go_there(request, provider=provider, back=back)
    except SignOnFailed as refusal:
        return _refused(request, refusal)


@act("office.sign_in", public=True)
@never_cache
@require_GET
def back(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the provider's answer."""
    at, provider = clock.now(), accounts.sign_on(code, "staff")
    try:
        user = services.staff_of(services.come_back(request, provider=provider), at=at)
    except (SignOnFailed, SignOnUnknown) as refusal:
        return _refused(request, refusal)
    wanted = request.session.pop(WANTED, "")
    return after_first_factor(
        request, user, method=SignInMethod.OUTSIDE, wanted=wanted, at=at, has_second=provider.has_second_factor
    )


def _refused(request: HttpRequest, refusal: SignOnFailed | SignOnUnknown) -> HttpResponse:
    form = SignInForm({})
    form.errors.clear()
    form.add_error(None, str(refusal))
    context = {"form": form, "next": "", "sign_ons": accounts.sign_ons("staff")}
    return render(request, "office/session/sign_in.html", context, status=refusal.http_status)
