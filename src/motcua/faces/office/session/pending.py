"""Between the password and the second factor: who is half signed in, kept in the session for ten minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from motcua.faces.office.session.where import home_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.types import SignInMethod
from motcua.foundation.core import clock

KEY, LASTS = "signing_in", 600


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose password was right."""

    user: Any
    method: str
    wanted: str


def after_first_factor(
    request: HttpRequest, user: Any, *, method: str, wanted: str, at: datetime, has_second: bool = False
) -> HttpResponse:
    """Go on to the second factor where there is one or has to be one, else finish.

    Args:
        has_second: an outside sign-on has asked for a second factor itself.
    """
    factors = accounts.second_factors(user.pk, on=clock.civil_day(at))
    if has_second or not (factors.has_any or factors.is_required):
        return finish(request, user, method=method, wanted=wanted, at=at)
    request.session.cycle_key()
    request.session[KEY] = {
        "user": user.pk, "hash": user.get_session_auth_hash(), "method": method, "wanted": wanted,
        "at": int(at.timestamp()),
    }  # fmt: skip
    return redirect("office:second" if factors.has_any else "office:second-set-up")


def pending_of(request: HttpRequest, *, at: datetime) -> Pending | None:
    """Return who is half signed in here; None after ten minutes, or when the password was changed meanwhile."""
    held = request.session.get(KEY)
    if not held or at.timestamp() - held["at"] > LASTS:
        return None
    user = get_user_model().objects.filter(pk=held["user"], is_active=True).first()
    if user is None or not constant_time_compare(held["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user, held["method"], held["wanted"])


def finish(
    request: HttpRequest, user: Any, *, method: str, wanted: str, at: datetime, second_factor: str = ""
) -> HttpResponse:
    """Open the session and go where the person was heading."""
    services.open_session(request, user=user, method=method, second_factor=second_factor, at=at)
    chooses = method == SignInMethod.PASSWORD and user.start_password_until is not None
    answer = redirect("office:account-password" if chooses else wanted or home_of(user.pk, at=at))
    services.remember_device(request, answer, username=user.username, at=at)
    return answer


def start_again() -> HttpResponse:
    """Lead back to the first page: the ten minutes are over."""
    return redirect(reverse("office:login"))
