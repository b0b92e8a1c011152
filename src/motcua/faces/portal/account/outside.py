"""Signing in at the national sign-on (VNeID) or another one, by OpenID Connect."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.faces.portal.account.sign_in import NEXT, enter, wanted_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import SignInMethod, SignOnFailed, SignOnUnknown, StaffSignInElsewhere
from motcua.foundation.core import clock


@act("portal.sign_in", public=True)
@never_cache
@require_GET
def there(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lead to the provider."""
    provider = accounts.sign_on(code, "citizens")
    request.session[NEXT] = wanted_of(request)
    back_to = request.build_absolute_uri(reverse("portal:sign-on-back", args=[code]))
    try:
        return services.go_there(request, provider=provider, back=back_to)
    except SignOnFailed as refusal:
        return _refused(request, refusal)


@act("portal.sign_in", public=True)
@never_cache
@require_GET
def back(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the provider's answer; whoever comes for the first time gets an account."""
    at, provider = clock.now(), accounts.sign_on(code, "citizens")
    try:
        user = services.citizen_of(services.come_back(request, provider=provider), at=at)
        return enter(request, user, method=SignInMethod.OUTSIDE, at=at)
    except (SignOnFailed, SignOnUnknown, StaffSignInElsewhere) as refusal:
        return _refused(request, refusal)


def _refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("portal:login")
