"""Where somebody goes after signing in."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import ActorKind
from motcua.foundation.core import clock


def wanted_of(request: HttpRequest) -> str:
    """Return where the person was heading, when that lies on this site."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else ""


def home_of(user_id: int, *, at: datetime) -> str:
    """Return the home page of a user: the office for staff, one's dossiers for citizens."""
    actor = accounts.actor_for_user(user_id, on=clock.civil_day(at))
    if actor.kind == ActorKind.STAFF:
        return reverse("office:home")
    try:
        return reverse("portal:my")
    except NoReverseMatch:
        return portal_home() or "/"


def portal_home() -> str:
    """Return the portal's home, '' where there is no portal."""
    try:
        return reverse("portal:home")
    except NoReverseMatch:
        return ""
