"""The second page of signing in: the second factor, or setting one up where the post demands it."""

import json
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.faces.design.account_forms import CodeForm, SecondCodeForm, add_refusal
from motcua.faces.design.brand import brand
from motcua.faces.office.session.pending import Pending, finish, pending_of, start_again
from motcua.faces.office.session.where import home_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.accounts.types import SecondFactors, SignInMethod, WrongCode
from motcua.foundation.core import clock, personal_data
from motcua.foundation.core.types import Refusal, TooMany

PASSKEY, RECOVERY = "signing_in_passkey", "account.recovery_codes"
_PURPOSE = "office.recovery"


@act("office.sign_in", public=True)
@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, and finish."""
    at = clock.now()
    pending = pending_of(request, at=at)
    if pending is None:
        return start_again()
    factors = accounts.second_factors(pending.user.pk, on=clock.civil_day(at))
    if not factors.has_any:
        return redirect("office:second-set-up")
    form, status = SecondCodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if request.POST.get("passkey"):
            form = SecondCodeForm()
        try:
            if request.POST.get("passkey") or form.is_valid():
                how = _check(request, pending, at=at)
                return finish(
                    request, pending.user, method=pending.method, wanted=pending.wanted, at=at, second_factor=how
                )
        except (WrongCode, TooMany) as refusal:
            status = refusal.http_status
            form = _with_error(request, refusal)
    return render(request, "office/session/second.html", _context(request, pending, factors, form, at), status=status)


def _check(request: HttpRequest, pending: Pending, *, at: datetime) -> str:
    """Return how the second factor was shown; every attempt counts."""
    address = request.META.get("REMOTE_ADDR", "")
    attempt = services.begin_attempt(
        scope="second", name=pending.user.username, address=address, at=at,
        device=request.COOKIES.get("motcua_device", ""),
    )  # fmt: skip
    user_id = pending.user.pk
    if request.POST.get("passkey"):
        services.check_passkey(
            user_id=user_id, host=request.get_host(), site=brand().name, at=at,
            state=request.session.pop(PASSKEY, {}), answer=request.POST["passkey"],
        )  # fmt: skip
        how: str = SignInMethod.PASSKEY
    else:
        how = services.check_second_code(user_id=user_id, typed=request.POST["code"], at=at)
    services.attempt_succeeded(attempt, address=address)
    return how


def _with_error(request: HttpRequest, refusal: Refusal) -> SecondCodeForm:
    by_key = bool(request.POST.get("passkey"))
    form = SecondCodeForm({"code": request.POST.get("code", "")})
    form.errors.clear()
    add_refusal(form, refusal, field=None if by_key or isinstance(refusal, TooMany) else "code")
    return form


def _context(
    request: HttpRequest, pending: Pending, factors: SecondFactors, form: forms.Form, at: datetime
) -> dict[str, Any]:
    context = {"form": form, "factors": factors, "passkey_options": ""}
    context["shown_code"] = accounts.current_code(user_id=pending.user.pk, at=at) if factors.has_authenticator else ""
    if factors.passkeys:
        options, state = services.begin_passkey_check(
            user_id=pending.user.pk, host=request.get_host(), site=brand().name
        )
        request.session[PASSKEY] = state
        context["passkey_options"] = json.dumps(options)
    return context


@act("office.sign_in", public=True)
@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Let somebody whose post demands a second factor set one up before the session opens."""
    at = clock.now()
    pending = pending_of(request, at=at)
    if pending is None:
        return start_again()
    if accounts.second_factors(pending.user.pk, on=clock.civil_day(at)).has_any:
        return redirect("office:second")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        try:
            codes, how = set_up_factor(request, user_id=pending.user.pk, form=form, at=at)
        except Refusal as refusal:
            form, status = add_to(form, refusal), refusal.http_status
        else:
            if how:
                answer = finish(request, pending.user, method=pending.method, wanted="", at=at, second_factor=how)
                if not _has_desk(pending, at):
                    onward = pending.wanted or home_of(pending.user.pk, at=at)
                    return render(request, "office/session/codes.html", {"codes": codes, "onward": onward})
                keep_recovery_codes(request, codes)
                request.session["account.wanted"] = pending.wanted
                answer["Location"] = redirect("office:account-codes")["Location"]
                return answer
            status = 422
    context = set_up_context(request, user_id=pending.user.pk, username=pending.user.username, at=at)
    return render(request, "office/session/set_up.html", context | {"form": form}, status=status)


def _has_desk(pending: Pending, at: datetime) -> bool:
    """Tell whether the office's own pages open for them; those who look after the installation have none."""
    return may(accounts.actor_for_user(pending.user.pk, on=clock.civil_day(at)), "office.account")


def set_up_factor(request: HttpRequest, *, user_id: int, form: forms.Form, at: datetime) -> tuple[tuple[str, ...], str]:
    """Set up what the form of the set-up page gives; return (recovery codes to be shown once, how) or ((), '')."""
    if request.POST.get("passkey"):
        services.add_passkey(
            user_id=user_id, host=request.get_host(), site=brand().name, state=request.session.pop(PASSKEY, {}),
            answer=request.POST["passkey"], name=request.POST.get("name", ""), at=at,
        )  # fmt: skip
        return services.recovery_codes_if_none(user_id=user_id), SignInMethod.PASSKEY
    if not form.is_valid():
        return (), ""
    return services.confirm_authenticator(user_id=user_id, typed=request.POST["code"], at=at), SignInMethod.TOTP


def add_to(form: forms.Form, refusal: Refusal) -> CodeForm:
    """Return the form with the refusal at its field."""
    shown = CodeForm({"code": form.data.get("code", "")})
    shown.errors.clear()
    add_refusal(shown, refusal, field="code" if form.data.get("code") else None)
    return shown


def set_up_context(request: HttpRequest, *, user_id: int, username: str, at: datetime) -> dict[str, Any]:
    """Return what the set-up page shows: QR code, secret in groups, options of a passkey, the demonstration's code."""
    context: dict[str, Any] = {"passkey_options": "", "qr": "", "secret": ""}
    secret = services.begin_authenticator(user_id=user_id, at=at)
    if secret:
        address = accounts.authenticator_address(secret=secret, username=username, issuer=brand().short_name)
        context["qr"] = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
        context["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["shown_code"] = accounts.current_code(user_id=user_id, at=at)
    if not _is_number(request.get_host()):
        options, state = services.begin_passkey(user_id=user_id, host=request.get_host(), site=brand().name)
        request.session[PASSKEY] = state
        context["passkey_options"] = json.dumps(options)
    return context


def _is_number(host: str) -> bool:
    """Tell whether the site is visited by its number: passkeys belong to names."""
    name = host.rpartition(":")[0] or host
    return name.startswith("[") or all(part.isdigit() for part in name.split("."))


def keep_recovery_codes(request: HttpRequest, codes: tuple[str, ...]) -> None:
    """Keep new recovery codes for the one page that shows them, encrypted."""
    if codes:
        sealed = personal_data.encrypt(" ".join(codes), purpose=_PURPOSE)
        request.session[RECOVERY] = b64encode(sealed).decode()


def take_recovery_codes(request: HttpRequest) -> tuple[str, ...]:
    """Return the codes that were kept, and forget them."""
    held = request.session.pop(RECOVERY, "")
    return tuple(personal_data.decrypt(b64decode(held), purpose=_PURPOSE).split()) if held else ()


def onward_of(request: HttpRequest, *, at: datetime) -> str:
    """Return where to go after the recovery codes were read."""
    wanted = request.session.pop("account.wanted", None)
    if wanted is None:
        return redirect("office:account")["Location"]
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and safe else home_of(request.user.pk or 0, at=at)
