"""Sets one preference by a plain link and goes back to where it was pressed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from motcua.faces.design import preferences
from motcua.foundation.accounts.registry import act


@require_safe
@act("portal.preferences", public=True)
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the wish in a cookie; an address elsewhere is not followed."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = preferences.remember(request, HttpResponseRedirect(back))
    if request.GET.get("lang") in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, request.GET["lang"], max_age=preferences.YEAR, samesite="Lax"
        )
    return response
